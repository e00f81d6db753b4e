import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} method
 * @property {number} compressedBytes
 * @property {number} bytes
 * @property {number} offset of its local header
 */

/**
 * The entries of a zip file (a jar is one) of less than 4 GiB.
 *
 * @param {string} file
 * @returns {Promise<ZipEntry[]>}
 * @throws {Error} when the file is no such zip file
 */
export async function readZipEntries(file) {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const tail = await readAt(handle, Math.max(0, size - END_BYTES - LONGEST_COMMENT), size);
    const end = lastIndexOf(tail, END_SIGNATURE);
    if (end < 0) throw new Error(`${file} is no zip file: it has no end record.`);
    const directoryBytes = tail.readUInt32LE(end + 12);
    const directoryOffset = tail.readUInt32LE(end + 16);
    if (directoryOffset === 0xffffffff) throw new Error(`${file} is a zip64 file, which is not supported.`);
    return parseDirectory(await readAt(handle, directoryOffset, directoryOffset + directoryBytes), file);
  } finally {
    await handle.close();
  }
}

/**
 * The content of an entry as a stream.
 *
 * @param {string} file
 * @param {ZipEntry} entry
 * @returns {Promise<NodeJS.ReadableStream>}
 * @throws {Error} when it is compressed in another way than deflate
 */
export async function openZipEntry(file, entry) {
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new Error(`${entry.name} in ${file} is compressed by method ${entry.method}, not by deflate.`);
  }
  const handle = await open(file);
  const header = await readAt(handle, entry.offset, entry.offset + LOCAL_BYTES).finally(() => handle.close());
  const start = entry.offset + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const raw = createReadStream(file, {
    start,
    end: start + entry.compressedBytes - 1,
    highWaterMark: 1 << 20,
  });
  if (entry.method === STORED) return raw;
  const inflated = createInflateRaw({ chunkSize: 1 << 20 });
  raw.on('error', (error) => inflated.destroy(error));
  return raw.pipe(inflated);
}

/**
 * @param {Buffer} directory
 * @param {string} file
 * @returns {ZipEntry[]}
 */
function parseDirectory(directory, file) {
  /** @type {ZipEntry[]} */
  const entries = [];
  for (let at = 0; at < directory.length;) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new Error(`${file} is a damaged zip file: its directory breaks off.`);
    }
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {number} start
 * @param {number} end
 */
async function readAt(handle, start, end) {
  const buffer = Buffer.alloc(end - start);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}

/**
 * @param {Buffer} bytes
 * @param {number} signature
 */
function lastIndexOf(bytes, signature) {
  for (let at = bytes.length - END_BYTES; at >= 0; at -= 1) {
    if (bytes.readUInt32LE(at) === signature) return at;
  }
  return -1;
}
