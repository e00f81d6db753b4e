import { createHash } from 'node:crypto';
import type { ByteSource } from '../../reference/index.js';

/** Bytes that are read and hashed in one go. */
const PIECE = 2 ** 22;

/** Told while a source is hashed: how many of its bytes are done. */
export type HashProgress = (done: number, size: number) => void;

/** SHA-256 of a source of any size, in hexadecimal. */
export function sha256OfSource(
  source: Pick<ByteSource, 'size' | 'read'>,
  onProgress: HashProgress = () => undefined,
): string {
  const hash = createHash('sha256');
  for (let at = 0; at < source.size; at += PIECE) {
    onProgress(at, source.size);
    hash.update(source.read(at, Math.min(PIECE, source.size - at)));
  }
  return hash.digest('hex');
}
