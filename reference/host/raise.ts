import type { FailureName } from '../outcome/error-code.js';
import type { ProgramFault } from '../program/program-fault.js';
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
