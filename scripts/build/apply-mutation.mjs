import { BuildError } from './build-errors.mjs';

/**
 * A source with the deliberate error of a mutant in it.
 *
 * @param {import('./build-mutants.mjs').Mutant} mutant
 * @param {string} source text of the file that it changes
 * @returns {string}
 * @throws {BuildError} unless the text to find occurs exactly once
 */
export function applyMutation(mutant, source) {
  const parts = source.split(mutant.find);
  const [before, after] = parts;
  if (mutant.find !== '' && parts.length === 2 && before !== undefined && after !== undefined) {
    return before + mutant.replace + after;
  }
  const times = parts.length === 1 ? 'does not occur' : 'occurs more than once';
  throw new BuildError(
    `Mutant "${mutant.name}": its text to find ${times} in native/delegate/${mutant.file}. Mend it in native/mutants:`,
    mutant.find,
  );
}
