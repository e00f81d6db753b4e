import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { openPromise } from 'yauzl';

import { PrerequisiteError } from '../build/build-errors.mjs';
import { displayPath, packagePaths } from '../build/package-paths.mjs';
import { readInstalledTensorRt, tensorRtFolder, writeReceipt } from './installed-tensorrt.mjs';
import { copyJarWithMaven } from './maven.mjs';
import { coordinatesOf } from './releases.mjs';
import { withTemporaryFolder } from './temporary-folder.mjs';

/**
 * Fetches a release with Maven, checks its sha256 and unpacks its libraries into the package. Does
 * nothing when they are there. All or nothing: the folder is moved into place at the end.
 *
 * @param {object} options
 * @param {import('./choose-release.mjs').PinnedRelease} options.release
 * @param {string | null} options.jar a jar that was fetched before; null to fetch it
 * @param {boolean} options.force although the libraries are there
 * @param {(message: string) => void} options.say progress, a line a message
 * @returns {Promise<string>} the folder
 * @throws {PrerequisiteError} no jar to be had, or another one than the pinned one
 */
export async function fetchTensorRt({ release, jar, force, say }) {
  const folder = tensorRtFolder(release.version);
  if (!force && (await readInstalledTensorRt(folder)) !== null) {
    say(`TensorRT ${release.version} is in ${displayPath(folder)} already`);
    return folder;
  }
  await mkdir(packagePaths.dependencies, { recursive: true });
  await withTemporaryFolder(path.join(packagePaths.dependencies, 'fetching-tensorrt-'), async (temporary) => {
    if (jar === null) {
      say(`fetching ${coordinatesOf(release)} with Maven (${gigabytes(release.jar.bytes)} GB; some minutes)`);
    }
    const file = jar ?? (await copyJarWithMaven(release, temporary));
    say('checking its sha256');
    await verify(file, release);
    const unpacked = path.join(temporary, 'unpacked');
    await mkdir(unpacked);
    await unpack(file, release, unpacked, say);
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
  });
  say(`TensorRT ${release.version} is in ${displayPath(folder)}`);
  return folder;
}

/**
 * @param {string} file
 * @param {import('./choose-release.mjs').PinnedRelease} release
 */
async function verify(file, release) {
  const found = await stat(file).catch(() => null);
  if (found === null) {
    throw new PrerequisiteError([
      { what: `There is no ${file}.`, remedy: `--jar has to name the jar of ${coordinatesOf(release)}.` },
    ]);
  }
  const { sha256, bytes } = release.jar;
  const difference =
    found.size !== bytes
      ? `${found.size} bytes, expected ${bytes}`
      : await hashOfFile(file).then((actual) =>
          actual === sha256 ? null : `sha256 ${actual}, expected ${sha256}`,
        );
  if (difference === null) return;
  throw new PrerequisiteError([
    {
      what: `${path.basename(file)} is another file than the pinned ${coordinatesOf(release)} (${difference}).`,
      remedy:
        'Ask whoever runs the repository or mirror why, or delete it from the local repository of Maven and try again; nothing of that file was unpacked.',
    },
  ]);
}

/**
 * SHA-256 of a file of any size.
 *
 * @param {string} file
 * @returns {Promise<string>} hex
 */
async function hashOfFile(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), async (chunks) => {
    for await (const chunk of chunks) hash.update(chunk);
  });
  return hash.digest('hex');
}

/**
 * @param {string} jar
 * @param {import('./choose-release.mjs').PinnedRelease} release
 * @param {string} folder
 * @param {(message: string) => void} say
 */
async function unpack(jar, release, folder, say) {
  const names = [release.runtimeLibrary, ...release.builderLibraries];
  const zip = await openPromise(jar);
  const found = new Map();
  for await (const entry of zip.eachEntry()) {
    const name = path.posix.basename(entry.fileName);
    if (!names.includes(name)) continue;
    say(`unpacking ${name} (${gigabytes(entry.uncompressedSize)} GB)`);
    const hash = createHash('sha256');
    await pipeline(
      await zip.openReadStreamPromise(entry),
      async function* (chunks) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(path.join(folder, name), { flags: 'wx' }),
    );
    found.set(name, { name, bytes: entry.uncompressedSize, sha256: hash.digest('hex') });
  }
  const missing = names.find((name) => !found.has(name));
  if (missing !== undefined) throw new Error(`${jar} holds no ${missing}, although it is the pinned jar.`);
  const libraries = names.map((name) => found.get(name));
  await writeReceipt(folder, { version: release.version, artifact: coordinatesOf(release), libraries });
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return (bytes / 1e9).toFixed(2);
}
