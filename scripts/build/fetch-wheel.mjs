import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import { BuildError, PrerequisiteError } from './build-errors.mjs';
import { displayPath, packagePaths } from './package-paths.mjs';
import { describePipFailure } from './pip-failure.mjs';
import { checkPython, findPython, ISOLATED } from './python.mjs';

/**
 * @typedef {import('./wheels.mjs').Wheel & {tag: string, sha256: string}} PinnedWheel for this
 * platform
 */

const UNPACK = `
import pathlib, re, sys, zipfile
wheel, target, wanted = sys.argv[1], pathlib.Path(sys.argv[2]), re.compile(sys.argv[3])
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        match = wanted.fullmatch(entry.filename)
        if not match or entry.is_dir() or '..' in entry.filename.split('/'):
            continue
        file = target / next(group for group in match.groups() if group)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(archive.read(entry))
`;

const PIP_DOWNLOAD = [
  ...['-m', 'pip', 'download', '--quiet', '--no-input', '--disable-pip-version-check', '--no-cache-dir'],
  ...['--retries', '2', '--no-deps', '--only-binary=:all:'],
  ...['--implementation', 'cp', '--python-version', '3.12', '--abi', 'cp312'],
];

/**
 * Fetches a wheel with pip (so that mirrors, proxies and certificates work as they are set up for
 * pip), checks its sha256 and unpacks a part of it. All or nothing: `target` is moved into place at
 * the end. To be called by the owner of the build lock.
 *
 * @param {PinnedWheel} wheel
 * @param {string} target folder, absolute
 * @param {string} [file] the wheel, when it need not be downloaded
 * @returns {Promise<void>}
 * @throws {BuildError} the wheel can't be unpacked, as on a full disk
 * @throws {PrerequisiteError} no Python or pip, no index reached, or another file than the pinned
 * one
 */
export async function fetchWheel(wheel, target, file) {
  const python = await findPython();
  const missing = checkPython(python);
  if (python === null || missing !== null) throw new PrerequisiteError(missing === null ? [] : [missing]);

  await mkdir(packagePaths.dependencies, { recursive: true });
  await removeLeftovers();
  const temporary = await mkdtemp(path.join(packagePaths.dependencies, 'fetching-'));
  try {
    const archive = file ?? (await download(python.command, wheel, temporary));
    await verify(archive, wheel, file !== undefined);
    const unpacked = path.join(temporary, 'unpacked');
    await unpack(python.command, archive, unpacked, wheel);
    for (const name of wheel.executables) await chmod(path.join(unpacked, name), 0o755);
    await stat(path.join(unpacked, wheel.proof));
    await rm(target, { recursive: true, force: true });
    await rename(unpacked, target);
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
 * @param {PinnedWheel} wheel
 * @param {string} folder
 * @returns {Promise<string>} the file
 */
async function download(python, { what, project, version, tag, command, offline }, folder) {
  const result = await execa(
    python,
    [...ISOLATED, ...PIP_DOWNLOAD, '--platform', tag, '--dest', folder, `${project}==${version}`],
    // In the empty folder no file of the project can shadow a module of Python's.
    { cwd: folder, env: { PIP_REQUIRE_VIRTUALENV: '0' }, reject: false, stdin: 'ignore', timeout: 600_000 },
  );
  const files = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
  const [name] = files;
  if (!result.failed && name !== undefined) return path.join(folder, name);
  throw new PrerequisiteError([
    {
      what: `No ${what}: ${project} ${version} was not downloaded. ${describePipFailure(result.stderr)}`,
      remedy: `Check that pip reaches its package index (PIP_INDEX_URL for a mirror, HTTPS_PROXY for a proxy) and try ${command} again · offline: ${offline}`,
    },
  ]);
}

/**
 * @param {string} python
 * @param {string} archive
 * @param {string} target
 * @param {PinnedWheel} wheel
 */
async function unpack(python, archive, target, { project, members }) {
  const result = await execa(python, [...ISOLATED, '-c', UNPACK, archive, target, members], {
    cwd: path.dirname(target),
    reject: false,
    stdin: 'ignore',
  });
  if (result.failed) {
    throw new BuildError(
      `The wheel of ${project} could not be unpacked to ${displayPath(target)}:`,
      result.stderr,
    );
  }
}

/**
 * @param {string} archive
 * @param {PinnedWheel} wheel
 * @param {boolean} given by hand, rather than downloaded
 */
async function verify(archive, { what, project, version, sha256, offline }, given) {
  const content = await readFile(archive).catch(() => null);
  if (content === null) {
    throw new PrerequisiteError([
      { what: `No ${what}: there is no file ${archive}.`, remedy: `To work offline, ${offline}` },
    ]);
  }
  const actual = createHash('sha256').update(content).digest('hex');
  if (actual === sha256) return;
  throw new PrerequisiteError([
    {
      what: given
        ? `No ${what}: ${archive} is not the wheel of ${project} ${version} that is pinned (sha256 ${actual}, expected ${sha256}).`
        : `No ${what}: the package index gave another ${path.basename(archive)} than the pinned one (sha256 ${actual}, expected ${sha256}).`,
      remedy: given
        ? 'Give the wheel with the sha256 that is expected, or none to have it fetched with pip.'
        : 'Ask whoever runs the index or mirror why; nothing of that file was unpacked.',
    },
  ]);
}
