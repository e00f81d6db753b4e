import { stat } from 'node:fs/promises';
import { freemem } from 'node:os';
import path from 'node:path';

import { packRange } from './xz.mjs';

const MIB = 1 << 20;
const JOBS = 2;
const LONGEST_PART = 768 * MIB;
/** Memory that xz takes to pack, as a multiple of its dictionary. */
const MEMORY_FACTOR = 8;

/**
 * How each kind of library is packed. The resource of the builder is thousands of kernels that
 * resemble each other over hundreds of MiB: there a long dictionary counts and effort hardly does.
 */
const PRESETS = Object.freeze({
  runtime: { preset: 6, x86: true },
  builder: { preset: 1, x86: false },
});

/**
 * @typedef {object} Part a range of a library, packed on its own so that parts unpack side by side
 * @property {number} bytes
 * @property {number} packedBytes
 *
 * @typedef {import('./installed-tensorrt.mjs').Library & {parts: readonly Part[]}} PackedLibrary
 *
 * @typedef {object} Packed
 * @property {readonly PackedLibrary[]} libraries
 * @property {readonly string[]} files the packed parts of all libraries, in order
 */

/**
 * Packs libraries with xz, two parts at a time. Some minutes for TensorRT 10.6 with its builder.
 *
 * @param {object} options
 * @param {string} options.folder of the libraries
 * @param {readonly import('./installed-tensorrt.mjs').Library[]} options.libraries the first is the
 * runtime
 * @param {string} options.target an empty folder for the packed parts
 * @param {(message: string) => void} options.say
 * @returns {Promise<Packed>}
 */
export async function packLibraries({ folder, libraries, target, say }) {
  const jobs = libraries.flatMap((library, index) =>
    rangesOf(library.bytes).map((range) => ({
      library,
      range,
      kind: index === 0 ? PRESETS.runtime : PRESETS.builder,
      file: path.join(target, `${library.name}.${range.from}.xz`),
    })),
  );
  // The longest first, so that none is left over at the end.
  const queue = [...jobs].sort((a, b) => b.range.bytes - a.range.bytes);
  const all = jobs.reduce((sum, { range }) => sum + range.bytes, 0);
  const progress = sayProgress(all, say);
  const memory = freemem() / JOBS / MEMORY_FACTOR;
  const worker = async () => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const { library, range, kind, file } = job;
      const settings = { ...kind, dictionary: dictionaryFor(range.bytes, memory) };
      await packRange(path.join(folder, library.name), range, file, settings, progress(file));
    }
  };
  await Promise.all(Array.from({ length: JOBS }, worker));
  const sizes = new Map(
    await Promise.all(jobs.map(async ({ file }) => /** @type {const} */ ([file, (await stat(file)).size]))),
  );
  return {
    libraries: libraries.map((library) => ({
      ...library,
      parts: jobs
        .filter((job) => job.library === library)
        .map(({ range, file }) => ({ bytes: range.bytes, packedBytes: sizes.get(file) ?? 0 })),
    })),
    files: jobs.map(({ file }) => file),
  };
}

/**
 * Ranges of about the same length that cover a library.
 *
 * @param {number} bytes
 * @returns {{from: number, bytes: number}[]}
 */
export function rangesOf(bytes) {
  const count = Math.max(1, Math.ceil(bytes / LONGEST_PART));
  const length = Math.ceil(bytes / count);
  return Array.from({ length: count }, (_, index) => {
    const from = index * length;
    return { from, bytes: Math.min(length, bytes - from) };
  });
}

/**
 * @param {number} bytes
 * @param {number} memory what a dictionary may be without running out of memory
 */
function dictionaryFor(bytes, memory) {
  const whole = Math.ceil(bytes / MIB);
  return Math.max(1, Math.min(whole, Math.floor(memory / MIB))) * MIB;
}

/**
 * @param {number} all
 * @param {(message: string) => void} say
 * @returns {(file: string) => (done: number) => void}
 */
function sayProgress(all, say) {
  /** @type {Map<string, number>} */
  const doneBy = new Map();
  let last = performance.now();
  return (file) => (done) => {
    doneBy.set(file, done);
    if (performance.now() - last < 15_000) return;
    last = performance.now();
    const sum = [...doneBy.values()].reduce((total, bytes) => total + bytes, 0);
    say(`packed ${Math.floor((100 * sum) / all)} %`);
  };
}
