import { BuildError } from './build-errors.mjs';

/**
 * The text of a source file with the deliberate error of a wrong implementation in it.
 *
 * @param {string} name of the wrong implementation
 * @param {string} file the source file, as `patch` names it
 * @param {readonly import('./build-mutants.mjs').Patch[]} patch what is for other files is left out
 * @param {string} source
 * @returns {string}
 * @throws {BuildError} unless each text to find occurs exactly once
 */
export function applyPatch(name, file, patch, source) {
  return patch
    .filter((part) => part.file === file)
    .reduce((text, { find, replace }) => {
      const parts = text.split(find);
      if (find !== '' && parts.length === 2) return parts.join(replace);
      const times = parts.length === 1 ? 'does not occur' : 'occurs more than once';
      throw new BuildError(
        `Mutant "${name}": its text to find ${times} in ${file}. Mend it in the catalogue:`,
        find,
      );
    }, source);
}
