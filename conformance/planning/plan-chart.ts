import type { TopLevelSpec } from 'vega-lite';
import { streamedBytes } from './engine-need.js';
import type { BudgetPlan, Choice } from './budget-plan.js';

const GIGABYTE = 1e9;

/**
 * The chart of a plan: for each engine what is resident and what is streamed, with one budget for
 * all and with one for each.
 */
export function planChart(plan: BudgetPlan): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    data: { values: [...rows(plan, 'one for all', plan.one), ...rows(plan, 'one for each', plan.each)] },
    facet: { row: { field: 'budget', type: 'nominal', title: null } },
    spec: {
      width: 480,
      height: { step: 18 },
      mark: 'bar',
      encoding: {
        y: { field: 'engine', type: 'nominal', title: null, sort: null },
        x: { field: 'gigabytes', type: 'quantitative', title: 'weights, GB' },
        color: {
          field: 'part',
          type: 'nominal',
          title: null,
          scale: { domain: ['resident', 'streamed'], range: ['#1f77b4', '#ffbb78'] },
        },
        order: { field: 'place', type: 'quantitative' },
      },
    },
  };
}

function rows({ engines }: BudgetPlan, budget: string, choice: Choice | null): object[] {
  if (choice === null) return [];
  return engines.flatMap((engine, at) => {
    const streamed = streamedBytes(engine, choice.budgets[at] ?? 0n);
    const row = (part: string, place: number, bytes: bigint): object => ({
      ...{ budget, part, place, engine: engine.engine.name, gigabytes: Number(bytes) / GIGABYTE },
    });
    return [row('resident', 0, engine.streamable - streamed), row('streamed', 1, streamed)];
  });
}
