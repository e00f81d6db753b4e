import type { TopLevelSpec } from 'vega-lite';
import type { SectionResult } from '../../model/run-result.js';
import { VERDICTS, type Verdict } from '../../model/verdict.js';
import { CHART_CONFIG, COLOURS } from './chart-style.js';

/** Verdicts that are drawn alike. */
const CLASSES = ['passed', 'failed', 'no outcome', 'known to fail', 'not run'] as const;
const CLASS_OF: Readonly<Record<Verdict, (typeof CLASSES)[number]>> = {
  pass: 'passed',
  'self-check': 'passed',
  fail: 'failed',
  'unexpected-pass': 'failed',
  crashed: 'no outcome',
  'timed-out': 'no outcome',
  'protocol-error': 'no outcome',
  'expected-fail': 'known to fail',
  unsupported: 'not run',
  inconclusive: 'not run',
};
const RANGE = [COLOURS.good, COLOURS.bad, 'var(--broken)', COLOURS.open, COLOURS.plain];

/** The least share of a bar that is still seen. */
const LEAST = 0.012;

/**
 * The cases of each area by class of verdict, as shares of a bar. What is there at all is wide
 * enough to be seen: five of a million as well.
 */
export function casesChart(areas: readonly SectionResult[]): TopLevelSpec {
  const values = areas.flatMap(({ name, cases, verdicts }) => {
    const counts = CLASSES.map((kind) => ({
      kind,
      count: VERDICTS.reduce((sum, one) => sum + (CLASS_OF[one] === kind ? verdicts[one] : 0), 0),
    })).filter(({ count }) => count > 0);
    const shares = counts.map(({ count }) => Math.max(LEAST, count / cases));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    let from = 0;
    return counts.map(({ kind }, at) => {
      const to = from + (shares[at] ?? 0) / whole;
      const bar = { area: name, kind, from, to };
      from = to;
      return bar;
    });
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 460,
    height: { step: 19 },
    data: { values },
    mark: { type: 'bar', height: 12 },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        scale: { domain: [0, 1] },
        axis: { format: '%', title: 'share of the cases of an area', tickCount: 5 },
      },
      x2: { field: 'to' },
      y: { field: 'area', type: 'nominal', sort: areas.map(({ name }) => name), title: null },
      fill: { field: 'kind', type: 'nominal', scale: { domain: CLASSES, range: RANGE }, title: null },
    },
    config: CHART_CONFIG,
  } as unknown as TopLevelSpec;
}
