import type { ProgressStream } from '../report/progress.js';

/** Where a command writes: what was asked for to `out`, everything else to `err`. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: ProgressStream;
}

/** The standard streams of the process. */
export const STANDARD_OUTPUT: Output = {
  out: (text) => {
    process.stdout.write(text);
  },
  err: process.stderr,
};

/** The command line asks for something that there is not. The message says what there is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'ERR_USAGE';
}
