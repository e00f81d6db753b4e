import type { ClauseId } from '../outcome/clause-id.js';
import type { FailureName } from '../outcome/error-code.js';

/**
 * The steps of a delegate's init that can fail, in their order, each with the error that it ends
 * with and the clause that says so. A step with several clauses names the one that it met.
 */
export const INIT_STEPS = {
  'read-blob': { error: 'InvalidProgram', clause: 'WSB-FAIL-01' },
  'select-device': { error: 'InvalidProgram', clause: 'WSB-FAIL-11' },
  'create-event': { error: 'InvalidProgram', clause: 'WSB-FAIL-12' },
  'create-runtime': { error: 'InvalidProgram', clause: 'WSB-FAIL-06' },
  'make-room': { error: 'InvalidProgram', clause: 'WSB-AUTO-07' },
  'deserialize-engine': { error: 'InvalidProgram', clause: 'WSB-FAIL-02' },
  'choose-budget': { error: 'InvalidProgram', clause: 'WSB-PREC-07' },
  'apply-budget': { error: 'InvalidProgram', clause: 'WSB-APPLY-03' },
  'name-bindings': { error: 'InvalidProgram', clause: 'WSB-BLOB-12' },
  'create-context': { error: 'InvalidProgram', clause: 'WSB-FAIL-03' },
  'match-names': { error: 'InvalidProgram', clause: 'WSB-BLOB-25' },
  'link-aliases': { error: 'InvalidProgram', clause: 'WSB-BLOB-14' },
  'read-profiles': { error: 'InvalidProgram', clause: 'WSB-LIFE-12' },
} as const satisfies Record<string, { error: FailureName; clause: ClauseId }>;

/** A step of init that failed, and with what. */
export interface InitFault {
  readonly step: keyof typeof INIT_STEPS;
  readonly error: FailureName;
  readonly clause: ClauseId;
}

/** The fault of a step, with the clause given or else the step's own. */
export function initFault(
  step: keyof typeof INIT_STEPS,
  clause: ClauseId = INIT_STEPS[step].clause,
): InitFault {
  return { step, error: INIT_STEPS[step].error, clause };
}
