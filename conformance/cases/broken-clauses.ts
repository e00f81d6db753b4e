import type { RecordedPlans } from '../../reference/engine/simulated-tensorrt.js';
import { explainProgram } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { areaOf } from '../spec/areas.js';

/**
 * The clauses about programs (WSB-EXPORT) that a program breaks, sorted, as `explain` tells them.
 * Null when it cannot be read, so that nothing can be said of it. What is known of a plan that is
 * not a scripted one, `recordedPlan` says; nothing unless given.
 */
export function brokenClauses(
  program: Uint8Array,
  recordedPlan: RecordedPlans = () => null,
): readonly ClauseId[] | null {
  const explanation = explainProgram(program, null, { recordedPlan });
  if (explanation.kind === 'unreadable') return null;
  const { findings, methods } = explanation;
  const clauses = [
    ...findings,
    ...methods.flatMap((method) => method.delegates.flatMap((delegate) => delegate.findings)),
  ].flatMap(({ clause }) => (clause !== null && areaOf(clause)?.name === 'export' ? [clause] : []));
  return [...new Set(clauses)].sort();
}
