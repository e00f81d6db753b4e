import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import { execa } from 'execa';

import { PrerequisiteError } from '../build/build-errors.mjs';

/**
 * @typedef {object} XzSettings
 * @property {number} preset 0 to 9
 * @property {boolean} x86 whether to convert x86 jumps first, which machine code gains from
 * @property {number} dictionary bytes in which repetitions are found; packing takes about 8 times
 *   as much memory, unpacking as much
 */

/** @throws {PrerequisiteError} when xz does not run */
export async function requireXz() {
  const answer = await execa('xz', ['--version'], {
    cwd: '/',
    reject: false,
    stdin: 'ignore',
    timeout: 20_000,
  });
  if (!answer.failed) return;
  throw new PrerequisiteError([
    {
      what: 'No xz: xz does not run (it packs the libraries).',
      remedy: 'Debian/Ubuntu: apt-get install xz-utils · Fedora: dnf install xz',
    },
  ]);
}

/**
 * Packs a range of a file to an .xz stream with one thread.
 *
 * @param {string} file
 * @param {{from: number, bytes: number}} range
 * @param {string} target
 * @param {XzSettings} settings
 * @param {(done: number) => void} progress told the bytes read so far
 * @throws {Error} when xz fails, as for want of memory
 */
export async function packRange(file, { from, bytes }, target, settings, progress) {
  const filters = [
    ...(settings.x86 ? ['--x86'] : []),
    `--lzma2=preset=${settings.preset},dict=${settings.dictionary}`,
  ];
  const xz = execa('xz', ['--threads=1', '--format=xz', '--check=crc32', ...filters, '--stdout'], {
    buffer: false,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
  });
  const input = createReadStream(file, { start: from, end: from + bytes - 1, highWaterMark: 1 << 20 });
  let done = 0;
  await Promise.all([
    pipeline(
      input,
      async function* (chunks) {
        for await (const chunk of chunks) {
          done += chunk.length;
          progress(done);
          yield chunk;
        }
      },
      xz.stdin,
    ),
    pipeline(xz.stdout, createWriteStream(target, { flags: 'wx' })),
    xz,
  ]);
}
