/**
 * A subject: whether a machine may be without it, and whether it shows a part of a delegate alone,
 * because it takes no options and no second load.
 *
 * @typedef {object} Entry
 * @property {string} name
 * @property {boolean} isOptional
 * @property {boolean} isPartial
 */

/**
 * The subjects that have each version of ExecuTorch. The released delegate and its runner hold
 * 1.4.1, and in the library of the first our delegate can take its place; the suite's own host and
 * Python's package are 1.5.1.
 *
 * @type {Readonly<Record<string, readonly Entry[]>>}
 */
export const SUBJECTS_OF = {
  '1.4.1': [
    { name: 'native-1.4.1', isOptional: false, isPartial: false },
    { name: 'upstream', isOptional: false, isPartial: false },
    { name: 'upstream-runner', isOptional: false, isPartial: true },
  ],
  '1.5.1': [
    { name: 'native', isOptional: false, isPartial: false },
    { name: 'python', isOptional: true, isPartial: true },
  ],
};

/**
 * The versions that a list such as `1.4.1,1.5.1` names, each once; null when it names one that no
 * subject has.
 *
 * @param {string} list
 * @returns {readonly string[] | null}
 */
export function versionsIn(list) {
  const versions = [...new Set(list.split(',').map((version) => version.trim()))];
  return versions.every((version) => Object.hasOwn(SUBJECTS_OF, version)) ? versions : null;
}
