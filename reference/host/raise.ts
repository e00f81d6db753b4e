import type { ClauseId } from '../outcome/clause-id.js';
import type { FailureName } from '../outcome/error-code.js';
import type { ProgramFault } from '../program/program-fault.js';
import { logsBudget } from './logs-budget.js';
import { UndefinedBehaviourError } from './undefined-behaviour-error.js';

/** How a step fails, and the clause that says so. */
export interface Failure {
  readonly error: FailureName;
  readonly clause: ClauseId;
}

/**
 * The error that ExecuTorch gives for a fault.
 *
 * @throws UndefinedBehaviourError when there is none.
 */
export function raise(fault: ProgramFault): Failure {
  if (fault.error === null) throw new UndefinedBehaviourError(fault);
  return { error: fault.error, clause: fault.clause };
}

/**
 * As {@link raise}; `warn` is called when ExecuTorch logs something with it that names the budget.
 */
export function raiseLogged(fault: ProgramFault, warn: (because: ClauseId) => void): Failure {
  if (fault.logs?.some(logsBudget) === true) warn(fault.clause);
  return raise(fault);
}
