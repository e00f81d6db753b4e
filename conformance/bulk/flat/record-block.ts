/** A run of decision records in memory, however they were made. */
export interface RecordBlock {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Offset of each record; `count` of them are in use. */
  readonly offsets: Int32Array;
  readonly count: number;
  /** Offset behind the last record. */
  readonly end: number;
}

/** The records, in the block's own memory. */
export function recordsOf(block: RecordBlock): Uint8Array {
  return block.bytes.subarray(0, block.end);
}

/** A copy of the record at `index`. */
export function recordAt(block: RecordBlock, index: number): Uint8Array {
  const start = block.offsets[index] ?? 0;
  return block.bytes.slice(start, start + block.view.getUint16(start, true));
}
