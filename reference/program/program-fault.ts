import type { ClauseId } from '../outcome/clause-id.js';
import type { FailureName } from '../outcome/error-code.js';

/**
 * What can be wrong with a program file, with the error that ExecuTorch 1.5.1 gives for it and the
 * clause that it breaks. `crash-hazard` has no error: the runtime reads memory that it must not, so
 * anything can happen.
 */
const FAULTS = {
  'too-short': { error: 'InvalidArgument', clause: 'WSB-PROG-01' },
  'bad-header': { error: 'InvalidProgram', clause: 'WSB-PROG-01' },
  'wrong-identifier': { error: 'InvalidProgram', clause: 'WSB-PROG-01' },
  'unknown-version': { error: 'InvalidProgram', clause: 'WSB-PROG-15' },
  truncated: { error: 'InvalidProgram', clause: 'WSB-PROG-02' },
  'out-of-file': { error: 'InvalidArgument', clause: 'WSB-PROG-13' },
  'segment-out-of-file': { error: 'InvalidArgument', clause: 'WSB-PROG-07' },
  'offset-overflow': { error: 'InvalidProgram', clause: 'WSB-PROG-07' },
  inconsistent: { error: 'InvalidProgram', clause: 'WSB-PROG-02' },
  'crash-hazard': { error: null, clause: 'WSB-PROG-02' },
  'missing-field': { error: 'InvalidProgram', clause: 'WSB-PROG-02' },
  'bad-index': { error: 'InvalidProgram', clause: 'WSB-PROG-02' },
  'bad-value': { error: 'InvalidProgram', clause: 'WSB-PROG-02' },
  'no-segments': { error: 'InvalidArgument', clause: 'WSB-PROG-02' },
  'no-such-method': { error: 'InvalidArgument', clause: 'WSB-METHOD-10' },
  'no-such-segment': { error: 'NotFound', clause: 'WSB-PROG-06' },
  'no-such-inline-data': { error: 'NotFound', clause: 'WSB-PROG-06' },
  'unknown-placement': { error: 'Internal', clause: 'WSB-PROG-16' },
  'unsupported-value': { error: 'NotSupported', clause: 'WSB-PROG-02' },
  'no-tensor': { error: 'InvalidType', clause: 'WSB-PROG-02' },
  'no-such-constant': { error: 'InvalidArgument', clause: 'WSB-PROG-02' },
  'bad-tensor': { error: 'Internal', clause: 'WSB-PROG-02' },
  'no-external-data': { error: 'InvalidExternalData', clause: 'WSB-PROG-02' },
  'no-data-map': { error: 'InvalidState', clause: 'WSB-PROG-02' },
  'bad-memory-plan': { error: 'InvalidArgument', clause: 'WSB-PROG-02' },
  'memory-plan-too-small': { error: 'MemoryAllocationFailed', clause: 'WSB-PROG-02' },
  'too-large': { error: 'MemoryAllocationFailed', clause: 'WSB-PROG-02' },
  'long-operator': { error: 'Internal', clause: 'WSB-PROG-02' },
  'no-chain': { error: 'InvalidProgram', clause: 'WSB-PROG-09' },
  'operator-missing': { error: 'OperatorMissing', clause: 'WSB-DEV-06' },
} as const satisfies Record<string, { error: FailureName | null; clause: ClauseId }>;

/** The stable code of a fault of a program file. */
export type ProgramFaultCode = keyof typeof FAULTS;

/** A fault of a program file. `error` is null when the runtime's behaviour is undefined. */
export interface ProgramFault {
  readonly code: ProgramFaultCode;
  readonly error: FailureName | null;
  readonly clause: ClauseId;
  /** What is wrong, and with what; a sentence without its full stop. */
  readonly message: string;
  /**
   * What of the file the runtime writes to its log at Error level; absent where it writes nothing
   * of it.
   */
  readonly logs?: readonly string[];
}

/** Something read from a program file, or why it cannot be read. */
export type Readable<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: ProgramFault };

/** A fault with its error and clause. */
export function programFault(code: ProgramFaultCode, message: string): ProgramFault {
  return { code, ...FAULTS[code], message };
}

/** A fault as the result of a read. */
export function unreadable(
  code: ProgramFaultCode,
  message: string,
): { readonly ok: false; readonly fault: ProgramFault } {
  return { ok: false, fault: programFault(code, message) };
}
