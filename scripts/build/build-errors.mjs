/**
 * @typedef {object} Missing one thing that has to be there before the build can go on
 * @property {string} what what is missing, and why that is known: one line
 * @property {string} remedy how to get it: one line
 */

/** Something outside the package has to be installed or mended first; nothing was written. */
export class PrerequisiteError extends Error {
  code = 'ERR_PREREQUISITE';

  /** @param {readonly Missing[]} missing never empty */
  constructor(missing) {
    super(missing.map(({ what, remedy }) => `${what}\n    ${remedy}`).join('\n'));
    this.name = 'PrerequisiteError';
    this.missing = missing;
  }
}

/** A compiler, linker or type checker said no. `details` is its output. */
export class BuildError extends Error {
  code = 'ERR_BUILD';

  /**
   * @param {string} message
   * @param {string} details
   */
  constructor(message, details) {
    super(details === '' ? message : `${message}\n${details}`);
    this.name = 'BuildError';
    this.details = details;
  }
}
