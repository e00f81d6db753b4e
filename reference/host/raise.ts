import type { FailureName } from '../outcome/error-code.js';
import type { ProgramFault } from '../program/program-fault.js';
import { logsBudget } from './logs-budget.js';
import { UndefinedBehaviourError } from './undefined-behaviour-error.js';

/**
 * The error that ExecuTorch gives for a fault.
 *
 * @throws UndefinedBehaviourError when there is none.
 */
export function raise(fault: ProgramFault): FailureName {
  if (fault.error === null) throw new UndefinedBehaviourError(fault);
  return fault.error;
}

/** As {@link raise}; `warn` is called when ExecuTorch logs something with it that names the budget. */
export function raiseLogged(fault: ProgramFault, warn: () => void): FailureName {
  if (fault.logs?.some(logsBudget) === true) warn();
  return raise(fault);
}
