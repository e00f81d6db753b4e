import { copyFile, mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeFileAtomically } from '../build/write-file-atomically.mjs';
import { PrerequisiteError } from '../build/build-errors.mjs';
import { cutPieces } from './cut-pieces.mjs';
import { readInstalledTensorRt } from './installed-tensorrt.mjs';
import { packLibraries } from './pack-libraries.mjs';
import { withTemporaryFolder } from './temporary-folder.mjs';
import { requireXz } from './xz.mjs';

const JOIN_SCRIPT = 'join-tensorrt.py';
const JOIN_SOURCE = fileURLToPath(new URL(JOIN_SCRIPT, import.meta.url));

/**
 * Packs the libraries of an unpacked release and cuts the result into pieces, for a machine that
 * can fetch nothing. The folder then holds the pieces, manifest.json, and the script that joins
 * them there. All or nothing: the folder is moved into place at the end.
 *
 * @param {object} options
 * @param {string} options.from folder of the libraries, with its receipt
 * @param {string} options.to must not exist or be empty
 * @param {number} options.pieceBytes
 * @param {boolean} options.runtimeOnly without what only building engines takes
 * @param {(message: string) => void} options.say
 * @throws {PrerequisiteError} no xz, no libraries, or the folder is not empty
 */
export async function splitTensorRt({ from, to, pieceBytes, runtimeOnly, say }) {
  await requireXz();
  const installed = await readInstalledTensorRt(from);
  if (installed === null) {
    throw new PrerequisiteError([
      {
        what: `There are no TensorRT libraries in ${from}.`,
        remedy: 'npm run tensorrt:fetch -- --version 10.6',
      },
    ]);
  }
  const target = path.resolve(to);
  await requireEmpty(target);
  await mkdir(path.dirname(target), { recursive: true });
  await withTemporaryFolder(`${target}.new-`, async (temporary) => {
    const libraries = runtimeOnly ? installed.libraries.slice(0, 1) : installed.libraries;
    const parts = path.join(temporary, 'parts');
    const result = path.join(temporary, 'result');
    await Promise.all([mkdir(parts), mkdir(result)]);
    say(`packing ${libraries.map(({ name }) => name).join(', ')} with xz (some minutes)`);
    const packed = await packLibraries({ folder: from, libraries, target: parts, say });
    const pieces = await cutPieces(packed.files, pieceBytes, result);
    const { version, artifact } = installed;
    const manifest = { format: 1, version, artifact, libraries: packed.libraries, pieces };
    await writeFileAtomically(path.join(result, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await copyFile(JOIN_SOURCE, path.join(result, JOIN_SCRIPT));
    await rename(result, target);
    const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
    say(`${pieces.length} pieces, ${bytes} bytes in all, are in ${to}`);
    say(`there: python3 ${JOIN_SCRIPT} FOLDER`);
  });
}

/** @param {string} folder */
async function requireEmpty(folder) {
  const names = await readdir(folder).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (names === null) return;
  if (names.length === 0) return rmdir(folder);
  throw new PrerequisiteError([
    { what: `${folder} is not empty.`, remedy: 'Name a new folder for the pieces, or remove it first.' },
  ]);
}
