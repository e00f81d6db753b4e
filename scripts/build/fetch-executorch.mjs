import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import { BuildError, PrerequisiteError } from './build-errors.mjs';
import { EXECUTORCH_VERSION, EXECUTORCH_WHEELS, FETCHED_EXECUTORCH } from './executorch.mjs';
import { displayPath, packagePaths } from './package-paths.mjs';
import { describePipFailure } from './pip-failure.mjs';
import { checkPython, findPython } from './python.mjs';

/** What is taken out of the wheel: headers, the runtime library, the schemas, flatc and the licence. */
const UNPACK = `
import pathlib, re, sys, zipfile
wheel, target = sys.argv[1], pathlib.Path(sys.argv[2])
wanted = re.compile(r'executorch/(include/.+|lib/libexecutorch\\.so|schema/[a-z_]+\\.fbs|data/bin/flatc)|executorch-[^/]+\\.dist-info/licenses/(LICENSE)')
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        match = wanted.fullmatch(entry.filename)
        if not match or entry.is_dir() or '..' in entry.filename.split('/'):
            continue
        file = target / (match.group(1) or match.group(2))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(archive.read(entry))
`;

const PIP_DOWNLOAD = [
  ...['-m', 'pip', 'download', '--quiet', '--no-input', '--disable-pip-version-check', '--no-cache-dir'],
  ...['--retries', '2', '--no-deps', '--only-binary=:all:'],
  ...['--implementation', 'cp', '--python-version', '3.12', '--abi', 'cp312'],
];

/**
 * Fetches the pinned ExecuTorch wheel with pip (so that mirrors, proxies and certificates work as they are set
 * up for pip), checks its sha256 and unpacks what the build needs into the package. All or nothing: the result
 * is moved into place at the end. To be called by the owner of the build lock.
 *
 * @returns {Promise<void>}
 * @throws {BuildError} the wheel can't be unpacked, as on a full disk
 * @throws {PrerequisiteError} no wheel for this platform, no Python or pip, no index reached, or another file
 *   than the pinned one
 */
export async function fetchExecuTorch() {
  const platform = `${process.platform}-${process.arch}`;
  const wheel = EXECUTORCH_WHEELS[platform];
  if (wheel === undefined) {
    throw new PrerequisiteError([
      {
        what: `No ExecuTorch runtime: no executorch ${EXECUTORCH_VERSION} wheel is pinned for ${platform}.`,
        remedy: `Pinned: ${Object.keys(EXECUTORCH_WHEELS).join(', ')}. Elsewhere EXECUTORCH_ROOT has to name a runtime of that version.`,
      },
    ]);
  }
  const python = await findPython();
  const missing = checkPython(python);
  if (python === null || missing !== null) throw new PrerequisiteError(missing === null ? [] : [missing]);

  await mkdir(packagePaths.dependencies, { recursive: true });
  await removeLeftovers();
  const temporary = await mkdtemp(path.join(packagePaths.dependencies, 'fetching-'));
  try {
    const file = await download(python.command, wheel.platformTag, temporary);
    await verify(file, wheel.sha256);
    const unpacked = path.join(temporary, 'unpacked');
    await unpack(python.command, file, unpacked);
    await chmod(path.join(unpacked, 'data/bin/flatc'), 0o755);
    await stat(path.join(unpacked, 'lib/libexecutorch.so'));
    await rm(FETCHED_EXECUTORCH, { recursive: true, force: true });
    await rename(unpacked, FETCHED_EXECUTORCH);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What a killed process left; nobody else fetches, because the caller owns the build lock. */
async function removeLeftovers() {
  const names = (await readdir(packagePaths.dependencies)).filter((name) => name.startsWith('fetching-'));
  for (const name of names) {
    await rm(path.join(packagePaths.dependencies, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} python
 * @param {string} platformTag
 * @param {string} folder
 * @returns {Promise<string>} the wheel
 */
async function download(python, platformTag, folder) {
  const result = await execa(
    python,
    [...PIP_DOWNLOAD, '--platform', platformTag, '--dest', folder, `executorch==${EXECUTORCH_VERSION}`],
    // In the empty folder no file of the project can shadow a module of Python's.
    { cwd: folder, env: { PIP_REQUIRE_VIRTUALENV: '0' }, reject: false, stdin: 'ignore', timeout: 600_000 },
  );
  const files = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
  const [name] = files;
  if (!result.failed && name !== undefined) return path.join(folder, name);
  throw new PrerequisiteError([
    {
      what: `No ExecuTorch runtime: executorch ${EXECUTORCH_VERSION} was not downloaded. ${describePipFailure(result.stderr)}`,
      remedy:
        'Check that pip reaches its package index (PIP_INDEX_URL for a mirror, HTTPS_PROXY for a proxy) and try npm run build again · offline: let EXECUTORCH_ROOT name the executorch folder of an installed wheel of that version',
    },
  ]);
}

/**
 * @param {string} python
 * @param {string} wheel
 * @param {string} target
 */
async function unpack(python, wheel, target) {
  const result = await execa(python, ['-c', UNPACK, wheel, target], {
    cwd: path.dirname(wheel),
    reject: false,
    stdin: 'ignore',
  });
  if (result.failed) {
    throw new BuildError(
      `The ExecuTorch wheel could not be unpacked to ${displayPath(target)}:`,
      result.stderr,
    );
  }
}

/**
 * @param {string} file
 * @param {string} sha256
 */
async function verify(file, sha256) {
  const actual = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  if (actual === sha256) return;
  throw new PrerequisiteError([
    {
      what: `No ExecuTorch runtime: the package index gave another ${path.basename(file)} than the pinned one (sha256 ${actual}, expected ${sha256}).`,
      remedy: 'Ask whoever runs the index or mirror why; nothing of that file was unpacked.',
    },
  ]);
}
