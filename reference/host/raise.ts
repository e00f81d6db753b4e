import type { FailureName } from '../outcome/error-code.js';
import type { ProgramFault } from '../program/program-fault.js';
import { logsBudget } from './logs-budget.js';
import { UndefinedBehaviourError } from './undefined-behaviour-error.js';

/**
 * The error that ExecuTorch gives for a fault; `warn` is called when it logs something that names the budget.
 *
 * @throws UndefinedBehaviourError when there is none.
 */
export function raise(fault: ProgramFault, warn: () => void): FailureName {
  if (fault.error === null) throw new UndefinedBehaviourError(fault);
  if (fault.logs?.some(logsBudget) === true) warn();
  return fault.error;
}
