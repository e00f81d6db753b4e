import type { ClauseId } from '../outcome/clause-id.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { type ExportRequest, EXECUTORCH_FORMAT, type GivenBudget } from './export-request.js';
import { STANDARD_EXPORT_RULES } from './export-rules.js';
import { isTarget } from './target-device.js';

/** Why a request has to be refused: the error, and the clause that says so. */
export interface Refusal {
  readonly error: 'TypeError' | 'ValueError';
  readonly clause: ClauseId;
}

/**
 * All that a request has to be refused for; empty for one that has to be carried out. Which of them
 * an exporter looks at first is left open.
 */
export function refusalsOf({
  way,
  format,
  budget,
  compileSpecs,
  methods,
}: ExportRequest): readonly Refusal[] {
  if (format !== EXECUTORCH_FORMAT) return [];
  const { readBudget, isBudgetKey, takesTargets } = STANDARD_EXPORT_RULES;
  const read = readBudget(budget);
  const keys = compileSpecs.map(({ key }) => key).filter(isBudgetKey);
  const misses = methods.some(
    ({ name }) =>
      !takesTargets(
        compileSpecs
          .filter((spec) => isTarget(spec) && (spec.method === null || spec.method === name))
          .map(({ value }) => value),
      ),
  );
  return [
    ...(read.kind === 'refused' ? [{ error: read.error, clause: valueClause(read.error, budget) }] : []),
    ...(keys.length > 0 ? [{ error: 'ValueError', clause: keyClause(way, keys) } as const] : []),
    ...(misses ? [{ error: 'ValueError', clause: 'WSB-EXPORT-23' } as const] : []),
  ];
}

/** Types of libraries, and what can be turned into an integer. */
const CONVERTIBLE = /^(?:numpy\.|index$)/;

function valueClause(error: Refusal['error'], budget: GivenBudget | null): ClauseId {
  if (error === 'ValueError') return 'WSB-EXPORT-12';
  return CONVERTIBLE.test(budget?.type ?? '') ? 'WSB-EXPORT-11' : 'WSB-EXPORT-10';
}

function keyClause(way: ExportRequest['way'], keys: readonly string[]): ClauseId {
  if (!keys.includes(BUDGET_KEY)) return 'WSB-EXPORT-17';
  return way === 'partitioner' ? 'WSB-EXPORT-18' : 'WSB-EXPORT-16';
}
