import { EXIT } from '../run/exit-code.js';

/** What is said of an option of a bench that nobody can mean. */
export class OptionError extends Error {}

/**
 * The whole number that an option gives, as digits or as `1e8`.
 *
 * @param least it may be
 * @throws OptionError when it gives none from `least` on.
 */
export function wholeNumberOption(name: string, text: string, least: number): number {
  const number = /^\d+(?:e\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new OptionError(`--${name} takes a whole number from ${least} on, such as 1e6, not "${text}".`);
}

/** What `read` makes of the options; where nobody can mean them the process ends and says why. */
export function readOrEnd<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exit(EXIT.usage);
  }
}
