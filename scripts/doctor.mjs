import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { findCMake } from './build/cmake.mjs';
import { checkCppCompiler, findCppCompiler } from './build/cpp-compiler.mjs';
import { inspectNative } from './build/build-native.mjs';
import { inspectTypeScript } from './build/build-typescript.mjs';
import { locateExecuTorch } from './build/executorch.mjs';
import { isCheckout, NATIVE_HOME } from './build/native-home.mjs';
import { displayPath, packagePaths } from './build/package-paths.mjs';
import { checkPython, findPython } from './build/python.mjs';

const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/**
 * @typedef {'node' | 'typescript' | 'folder' | 'compiler' | 'cmake' | 'python' | 'executorch' |
 * 'native'} ComponentId
 *
 * @typedef {object} Component one thing that a full run needs
 * @property {ComponentId} id
 * @property {string} name
 * @property {'ok' | 'stale' | 'missing'} status stale: built from other sources than those there
 * now
 * @property {boolean} needed false when the others make it superfluous: no compiler is needed once
 * all is built
 * @property {string} detail what was found, or what is missing
 * @property {string | null} remedy how to get it; null when there is nothing to do
 *
 * @typedef {object} Inspection
 * @property {boolean} ready whether everything that is needed is there
 * @property {readonly Component[]} components
 */

/**
 * Looks at what is there and what is missing for a run on the native subject. Reads only; runs the
 * compiler and Python to ask for their versions.
 *
 * @returns {Promise<Inspection>}
 */
export async function inspect() {
  const [compiler, tools, python, typescript, native, unwritable] = await Promise.all([
    findCppCompiler(),
    findCMake(),
    findPython(),
    inspectTypeScript(),
    inspectNative(),
    findUnwritable(),
  ]);
  const runtime = locateExecuTorch();
  const executorch = 'found' in runtime ? runtime.found : null;
  const isBuilt = native === 'fresh';
  const hasCMake = tools.cmake !== null && tools.ninja !== null;
  const isCompiled = typescript === 'fresh' || typescript === 'shipped';
  const noCompiler = await checkCppCompiler(compiler);
  const noPython = checkPython(python);

  /** @type {Component[]} */
  const components = [
    {
      id: 'node',
      name: 'Node',
      status: 'ok',
      needed: true,
      detail: process.versions.node,
      remedy: null,
    },
    {
      id: 'typescript',
      name: 'TypeScript build',
      status: typescript === 'stale' || typescript === 'missing' ? typescript : 'ok',
      needed: true,
      detail: { fresh: 'dist', shipped: 'dist', stale: 'dist is older than the sources', missing: 'no dist' }[
        typescript
      ],
      remedy: typescript === 'stale' || typescript === 'missing' ? 'npm run build' : null,
    },
    {
      id: 'folder',
      name: 'folder to build in',
      status: unwritable === null ? 'ok' : 'missing',
      needed: !isBuilt || !isCompiled,
      detail:
        unwritable === null
          ? 'can be written'
          : `${displayPath(unwritable) || 'the folder of the suite'} cannot be written by this user`,
      remedy: unwritable === null ? null : whereToBuild(),
    },
    {
      id: 'compiler',
      name: 'C++17 compiler',
      status: noCompiler === null ? 'ok' : 'missing',
      needed: !isBuilt,
      detail: noCompiler?.what ?? compiler?.id ?? '',
      remedy: noCompiler?.remedy ?? null,
    },
    {
      id: 'cmake',
      name: 'CMake and Ninja',
      status: hasCMake ? 'ok' : 'missing',
      needed: !isBuilt,
      detail: hasCMake ? `${tools.cmake}, ${tools.ninja}` : 'not on the PATH, or too old, and not fetched',
      remedy: hasCMake ? null : 'npx trt-conformance build fetches them with pip',
    },
    {
      id: 'python',
      name: 'Python with pip',
      status: noPython === null ? 'ok' : 'missing',
      needed: executorch === null || (!isBuilt && !hasCMake),
      detail: noPython?.what ?? `${python?.command} ${python?.version}, pip ${python?.pip}`,
      remedy: noPython?.remedy ?? null,
    },
    {
      id: 'executorch',
      name: 'ExecuTorch runtime',
      status: executorch === null ? 'missing' : 'ok',
      needed: true,
      detail: 'found' in runtime ? displayPath(runtime.found.root) : runtime.missing.what,
      remedy: 'found' in runtime ? null : runtime.missing.remedy,
    },
    {
      id: 'native',
      name: 'native part',
      status: isBuilt ? 'ok' : native,
      needed: true,
      detail: {
        fresh: displayPath(packagePaths.nativeBuild),
        stale: `${displayPath(packagePaths.nativeBuild)} is older than the sources`,
        missing: 'not built',
      }[native],
      remedy: isBuilt ? null : 'npx trt-conformance build',
    },
  ];
  return { ready: components.every(({ status, needed }) => status === 'ok' || !needed), components };
}

/** What to do about a folder that cannot be written. */
function whereToBuild() {
  return isCheckout(packagePaths.root)
    ? 'build as the user who owns it, or use a copy of your own'
    : `let ${NATIVE_HOME} name a folder that can be written`;
}

/**
 * @param {string} folder absolute
 * @returns {string} itself, or the nearest one above it that is there
 */
function nearest(folder) {
  return existsSync(folder) ? folder : nearest(path.dirname(folder));
}

/** @returns {Promise<string | null>} the first folder that a build writes and this user cannot */
async function findUnwritable() {
  const { root, dist, nativeBuild } = packagePaths;
  for (const folder of isCheckout(root) ? [root, dist, nativeBuild] : [nearest(nativeBuild)]) {
    const refused = await access(folder, constants.W_OK).then(
      () => false,
      // One that is not there yet is made.
      (error) => /** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT',
    );
    if (refused) return folder;
  }
  return null;
}

/**
 * An inspection as lines of text, what is missing with how to get it.
 *
 * @param {Inspection} inspection
 * @returns {string} ends with a newline
 */
export function formatInspection({ ready, components }) {
  const width = Math.max(...components.map(({ name }) => name.length));
  const lines = components.map(shown).flatMap(({ name, status, needed, detail, remedy }) => {
    const optional = status !== 'ok' && !needed ? ' (not needed now)' : '';
    const line = `${status.padEnd('missing'.length)}  ${name.padEnd(width)}  ${detail}${optional}`;
    return remedy === null || !needed ? [line] : [line, `${' '.repeat(width + 11)}→ ${remedy}`];
  });
  return `${[...lines, '', ready ? 'Everything is there.' : 'Something is missing.'].join('\n')}\n`;
}

/**
 * @param {Component} component
 * @returns {Component} with what a terminal would obey, of a path or of what a tool says, as its
 * number
 */
function shown(component) {
  return {
    ...component,
    detail: visible(component.detail),
    remedy: component.remedy && visible(component.remedy),
  };
}

/**
 * As visibleLine of conformance/model/visible-text.ts, which is not built yet.
 *
 * @param {string} text
 */
function visible(text) {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/**
 * The command `trt-conformance doctor [--json]`.
 *
 * @param {string[]} argv
 * @returns {Promise<number>} exit code: 0 everything is there, 2 usage, 4 something is missing
 */
export async function runDoctor(argv) {
  /** @type {{json?: boolean | undefined, help?: boolean | undefined}} */
  let options;
  try {
    options = parseArgs({
      args: argv,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    process.stderr.write(`${visible(error instanceof Error ? error.message : String(error))}\n`);
    process.stderr.write('usage: trt-conformance doctor [--json]\n');
    return 2;
  }
  if (options.help) {
    process.stdout.write(
      'usage: trt-conformance doctor [--json]\n\nLists what this machine has, what is missing for a run, and how to get it.\nExit code 0 when everything is there, 4 when something is missing.\n',
    );
    return 0;
  }
  const inspection = await inspect();
  const text = options.json ? `${JSON.stringify(inspection, null, 2)}\n` : formatInspection(inspection);
  process.stdout.write(text);
  return inspection.ready ? 0 : 4;
}
