import type { Depth } from '../model/depth.js';

/**
 * Cases that are sent together: records (spec/wire-format.md, spec/decision-format.md), one behind
 * the other.
 */
export class CaseBatch {
  private constructor(
    readonly depth: Depth,
    readonly bytes: Uint8Array,
    /** Where each record begins, and behind the last one where it ends. */
    private readonly offsets: readonly number[],
  ) {}

  /** The batch of whole records in `bytes`, which are not copied. */
  static of(depth: Depth, bytes: Uint8Array): CaseBatch {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const offsets = [0];
    for (let at = 0; at < bytes.length;) {
      at += depth === 'program' ? view.getUint32(at, true) : view.getUint16(at, true);
      offsets.push(at);
    }
    return new CaseBatch(depth, bytes, offsets);
  }

  /** The cases of several batches of one depth. */
  static join(depth: Depth, batches: readonly CaseBatch[]): CaseBatch {
    return CaseBatch.of(depth, Buffer.concat(batches.map(({ bytes }) => bytes)));
  }

  get count(): number {
    return this.offsets.length - 1;
  }

  /** The cases `[first, end)`. */
  part(first: number, end = this.count): CaseBatch {
    const offsets = this.offsets.slice(first, end + 1);
    const start = offsets[0] ?? 0;
    const bytes = this.bytes.subarray(start, offsets.at(-1));
    return new CaseBatch(
      this.depth,
      bytes,
      offsets.map((offset) => offset - start),
    );
  }

  /** The same cases in memory of their own. */
  copy(): CaseBatch {
    return new CaseBatch(this.depth, this.bytes.slice(), this.offsets);
  }

  /** The record of the case at `index`. */
  record(index: number): Uint8Array {
    return this.bytes.subarray(this.offsets[index], this.offsets[index + 1]);
  }
}
