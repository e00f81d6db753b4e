import type { TopLevelSpec } from 'vega-lite';
import type { SoakedDepth } from './soak.js';

/** The memory of runner and subject over the cases of each depth, in MB, one below the other. */
export function soakChart(depths: readonly SoakedDepth[]): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    vconcat: depths.map(({ depth, samples }) => ({
      width: 520,
      height: 160,
      title: `${depth} depth`,
      data: {
        values: samples.flatMap(({ cases, runner, subject }) => [
          { of: 'runner', cases: cases / 1e6, megabytes: runner / 1e6 },
          ...(subject === 0 ? [] : [{ of: 'subject', cases: cases / 1e6, megabytes: subject / 1e6 }]),
        ]),
      },
      mark: { type: 'line', interpolate: 'step-after' },
      encoding: {
        x: { field: 'cases', type: 'quantitative', title: 'millions of cases' },
        y: { field: 'megabytes', type: 'quantitative', title: 'MB in memory', scale: { zero: true } },
        color: { field: 'of', type: 'nominal', title: null },
      },
    })),
  } as unknown as TopLevelSpec;
}
