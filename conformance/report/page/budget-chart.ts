import type { TopLevelSpec } from 'vega-lite';
import type { BudgetPoint } from './budget-points.js';
import { CHART_CONFIG, COLOURS } from './chart-style.js';

const WRONG = 'should be otherwise';
const KINDS = { domain: ['as it should', WRONG], range: [COLOURS.good, COLOURS.bad] };

/**
 * Budgets that were applied, over the streamable size of their engine. The line is the rule
 * (WSB-APPLY-01): a budget may have the streamable size and no more, so nothing lies above it.
 */
export function budgetChart(points: readonly BudgetPoint[]): TopLevelSpec {
  const largest = Math.max(16, ...points.flatMap(({ streamable, applied }) => [streamable, applied]));
  const log = { type: 'symlog', domain: [0, largest * 4], nice: false } as const;
  const ticks = Array.from({ length: 7 }, (_, n) => 1000 ** (n + 1)).filter((size) => size <= largest * 4);
  const axis = { values: [0, ...ticks], labelExpr: "format(datum.value, '~s')" };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 460,
    height: 300,
    layer: [
      {
        data: { values: [0, ...ticks, largest * 4].map((size) => ({ size })) },
        mark: { type: 'line', color: COLOURS.rule, strokeWidth: 1.5, strokeDash: [5, 4] },
        encoding: {
          x: { field: 'size', type: 'quantitative', scale: log },
          y: { field: 'size', type: 'quantitative', scale: log },
        },
      },
      {
        data: { values: points },
        mark: { type: 'point', strokeWidth: 1.6, filled: false },
        encoding: {
          x: { field: 'streamable', type: 'quantitative', title: 'streamable bytes of the engine', axis },
          y: { field: 'applied', type: 'quantitative', title: 'budget applied, bytes', axis },
          stroke: { field: 'kind', type: 'nominal', scale: KINDS, title: null },
          size: { condition: { test: `datum.kind === '${WRONG}'`, value: 130 }, value: 46 },
          shape: {
            field: 'kind',
            type: 'nominal',
            scale: { domain: KINDS.domain, range: ['circle', 'cross'] },
            title: null,
          },
        },
      },
    ],
    config: CHART_CONFIG,
  } as unknown as TopLevelSpec;
}
