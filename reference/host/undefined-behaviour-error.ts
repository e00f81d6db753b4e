import type { ProgramFault } from '../program/program-fault.js';

/**
 * The request makes ExecuTorch read memory that it must not, so no outcome can be expected: it may
 * crash. Such a request can only run in a process of its own.
 */
export class UndefinedBehaviourError extends Error {
  readonly code = 'ERR_UNDEFINED_BEHAVIOUR';

  constructor(readonly fault: ProgramFault) {
    super(
      `The behaviour of ExecuTorch is undefined for this program: ${fault.message} (${fault.clause}). ` +
        'Run it in a process of its own.',
    );
    this.name = 'UndefinedBehaviourError';
  }
}
