import { execa } from 'execa';

import { INSTALL_HINTS } from './install-hints.mjs';

/**
 * @typedef {object} CppCompiler
 * @property {string} command the program
 * @property {readonly string[]} args what always precedes other arguments (from `CXX="ccache g++"`)
 * @property {string} id command and version: changes when the compiler does
 */

const CANDIDATES = ['g++', 'clang++', 'c++'];

/**
 * Finds the C++ compiler: `CXX` when it is set, else the first of g++, clang++, c++ that answers.
 * Takes a few milliseconds.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<CppCompiler | null>} null when there is none
 */
export async function findCppCompiler(env = process.env) {
  const chosen = env['CXX']?.trim();
  const candidates = chosen ? [chosen] : CANDIDATES;
  for (const candidate of candidates) {
    const [command = '', ...args] = candidate.split(/\s+/);
    const answer = await execa(command, [...args, '--version'], {
      env: { LC_ALL: 'C' },
      reject: false,
      stdin: 'ignore',
      timeout: 20_000,
    });
    if (answer.failed) continue;
    const version = answer.stdout.split('\n', 1)[0] ?? '';
    return { command, args, id: `${candidate}: ${version}` };
  }
  return null;
}

/**
 * What is wrong with a compiler, as a prerequisite that is missing; null when it compiles C++17.
 * Runs it once.
 *
 * @param {CppCompiler | null} compiler
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<import('./build-errors.mjs').Missing | null>}
 */
export async function checkCppCompiler(compiler, env = process.env) {
  if (compiler === null) {
    const chosen = env['CXX']?.trim();
    const what = chosen
      ? `No C++ compiler: CXX is "${chosen}", which does not run.`
      : `No C++ compiler: none of ${CANDIDATES.join(', ')} is on the PATH.`;
    return { what, remedy: INSTALL_HINTS.compiler };
  }
  const answer = await execa(
    compiler.command,
    [...compiler.args, '-std=c++17', '-fsyntax-only', '-x', 'c++', '-'],
    {
      input:
        '#include <charconv>\n#include <optional>\n#include <string_view>\nstatic_assert(__cplusplus >= 201703L);\n',
      env: { LC_ALL: 'C' },
      reject: false,
      timeout: 60_000,
    },
  );
  if (!answer.failed) return null;
  const reason = answer.stderr.split('\n').find((line) => line.includes('error')) ?? 'no reason given';
  return {
    what: `The C++ compiler (${compiler.id}) does not compile C++17: ${reason.trim()}`,
    remedy: INSTALL_HINTS.compiler,
  };
}
