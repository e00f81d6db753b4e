import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

/**
 * @typedef {object} Piece
 * @property {string} name
 * @property {number} bytes
 * @property {string} sha256
 */

/**
 * Cuts the concatenation of files into pieces of `pieceBytes`, the last one shorter.
 *
 * @param {readonly string[]} files
 * @param {number} pieceBytes
 * @param {string} folder where piece-00, piece-01, … are written
 * @returns {Promise<Piece[]>}
 */
export async function cutPieces(files, pieceBytes, folder) {
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {Buffer[]} */
  let pending = [];
  let pendingBytes = 0;
  const flush = async () => {
    const name = `piece-${String(pieces.length).padStart(2, '0')}`;
    const hash = createHash('sha256');
    const handle = await open(path.join(folder, name), 'wx');
    try {
      for (const chunk of pending) {
        hash.update(chunk);
        await handle.writeFile(chunk);
      }
    } finally {
      await handle.close();
    }
    pieces.push({ name, bytes: pendingBytes, sha256: hash.digest('hex') });
    pending = [];
    pendingBytes = 0;
  };
  for (const file of files) {
    /** @type {AsyncIterable<Buffer>} */
    const chunks = createReadStream(file, { highWaterMark: 1 << 20 });
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length;) {
        const taken = chunk.subarray(at, at + pieceBytes - pendingBytes);
        pending.push(taken);
        pendingBytes += taken.length;
        at += taken.length;
        if (pendingBytes === pieceBytes) await flush();
      }
    }
  }
  if (pendingBytes > 0) await flush();
  return pieces;
}
