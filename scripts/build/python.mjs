import { execa } from 'execa';

import { INSTALL_HINTS } from './install-hints.mjs';

/**
 * @typedef {object} Python
 * @property {string} command
 * @property {string} version such as `3.12.4`
 * @property {string | null} pip version of pip; null when this Python has none
 */

const PROBE =
  'import sys; assert sys.version_info >= (3, 8); print(".".join(map(str, sys.version_info[:3])))';

/**
 * Python's modules alone: nothing of the folder that it runs in, of PYTHON* variables, or of the
 * user's own packages can take the place of one.
 */
export const ISOLATED = ['-I'];

/**
 * Finds Python 3.8 or newer: the first of python3, python that answers, preferring one that has
 * pip.
 *
 * @returns {Promise<Python | null>}
 */
export async function findPython() {
  /** @type {Python | null} */
  let withoutPip = null;
  for (const command of ['python3', 'python']) {
    const answer = await execa(command, [...ISOLATED, '-c', PROBE], {
      cwd: '/',
      reject: false,
      stdin: 'ignore',
      timeout: 30_000,
    });
    if (answer.failed) continue;
    const pip = await execa(command, [...ISOLATED, '-m', 'pip', '--version'], {
      cwd: '/',
      reject: false,
      stdin: 'ignore',
      timeout: 60_000,
    });
    const version = answer.stdout.trim();
    if (!pip.failed) return { command, version, pip: pip.stdout.split(' ')[1] ?? 'unknown' };
    withoutPip ??= { command, version, pip: null };
  }
  return withoutPip;
}

/**
 * What is missing of Python with pip; null when both are there.
 *
 * @param {Python | null} python
 * @returns {import('./build-errors.mjs').Missing | null}
 */
export function checkPython(python) {
  if (python === null) {
    return {
      what: 'No Python: neither python3 nor python on the PATH is Python 3.8 or newer (it fetches what the native part is built with).',
      remedy: INSTALL_HINTS.python,
    };
  }
  if (python.pip === null) {
    return {
      what: `No pip: ${python.command} ${python.version} has no module pip (it fetches what the native part is built with).`,
      remedy: INSTALL_HINTS.pip,
    };
  }
  return null;
}
