import type { ProgressStream } from '../report/progress.js';
import type { VisibleText } from '../model/visible-text.js';

/** Where a command writes: what was asked for to `out`, everything else to `err`. */
export interface Output {
  readonly out: (text: VisibleText) => void;
  readonly err: ProgressStream;
}

/** The standard streams of the process: nothing else writes to them. */
/* eslint-disable no-restricted-properties */
export const STANDARD_OUTPUT: Output = {
  out: (text) => {
    process.stdout.write(text);
  },
  err: process.stderr,
};
/* eslint-enable no-restricted-properties */

/** The command line asks for something that there is not. The message says what there is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'ERR_USAGE';
}
