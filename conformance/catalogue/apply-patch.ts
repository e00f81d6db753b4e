import type { Patch } from './catalogue.js';

/**
 * The text of a source file with the deliberate error of a wrong implementation in it.
 *
 * @param name of the wrong implementation
 * @param file the source file, as `patch` names it
 * @param patch what is for other files is left out
 * @throws Error unless each text to find occurs exactly once.
 */
export function applyPatch(name: string, file: string, patch: readonly Patch[], source: string): string {
  return patch
    .filter((part) => part.file === file)
    .reduce((text, { find, replace }) => {
      const parts = text.split(find);
      if (find !== '' && parts.length === 2) return parts.join(replace);
      const times = parts.length === 1 ? 'does not occur' : 'occurs more than once';
      throw new Error(`The text to find of ${name} ${times} in ${file}. Correct the catalogue: ${find}`);
    }, source);
}
