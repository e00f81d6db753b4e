/** The variable of the environment that tells the hook what to do: a {@link StepPlan} as JSON. */
export const STEP_PLAN = 'STEP_PLAN';

/** What the hook does at a step of a process, and where it tells of all of them. */
export interface StepPlan {
  readonly act: StepAct;
  /** At which step; at none where it is null. */
  readonly at: Step | null;
  /** A file to which each step is added as a line of JSON. */
  readonly log: string;
}

/**
 * A step at which a process touches what is outside of it. Two runs of a command take the same
 * ones, but not always in the same order: so each is counted among its like.
 */
export interface Step {
  /** What is done to what, such as `writeSync report.jsonl`: less what makes a name its own. */
  readonly like: string;
  /** Which of those, from 1. */
  readonly nth: number;
}

/** A step is of this kind, done to that file or process. */
export function likeOf(kind: string, what: string): string {
  const plain = what
    .replace(/^\/proc\/\d+\//, '/proc/N/')
    .replace(/\.lock\..*/, '.lock.TRY')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'UUID')
    .replace(/[0-9a-f]{16}\.json/, 'FINDING.json')
    .replace(/\/steps-\w+/, '')
    .replace(/.*\/[^/]+\.(schema\.json|md|pte)$/, '*.$1');
  return `${kind} ${plain.split('/').slice(-2).join('/')}`;
}

/**
 * Nothing; the process is ended by SIGKILL; or the operating system refuses the step with that
 * error.
 */
export type StepAct = 'tell' | 'kill' | ErrorCode;

/** Errors of the operating system, with the numbers and words of Linux. */
const ERRORS = {
  EIO: [5, 'i/o error'],
  EMFILE: [24, 'too many open files'],
  ENOSPC: [28, 'no space left on device'],
  EPIPE: [32, 'broken pipe'],
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Calls whose errors do not name the file, because they are given a descriptor. */
const BY_DESCRIPTOR = /^(?:read|write|fsync|ftruncate|fstat|fchmod)$/;

/** An error as Node makes it of one of the system. */
export function systemError(code: ErrorCode, syscall: string, path: string): Error {
  const [errno, words] = ERRORS[code];
  if (BY_DESCRIPTOR.test(syscall)) {
    return Object.assign(new Error(`${code}: ${words}, ${syscall}`), { errno: -errno, code, syscall });
  }
  const error = new Error(`${code}: ${words}, ${syscall} '${path}'`);
  return Object.assign(error, { errno: -errno, code, syscall, path });
}
