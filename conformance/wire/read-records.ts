import { WireError } from './wire-error.js';

/** The smallest record: its size, its version and two more bytes. */
const LEAST_BYTES = 8;

/**
 * Where the records of a batch lie: `[start, end)` in bytes of each, in order. Throws
 * {@link WireError} when a size does not fit what is left.
 */
export function readRecords(batch: Uint8Array): [start: number, end: number][] {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.length);
  const records: [number, number][] = [];
  for (let at = 0; at < batch.length;) {
    const left = batch.length - at;
    const size = left < LEAST_BYTES ? 0 : view.getUint32(at, true);
    if (size < LEAST_BYTES || size > left) {
      throw new WireError(`a record says it has ${size} bytes, but ${left} are left`, at);
    }
    records.push([at, at + size]);
    at += size;
  }
  return records;
}
