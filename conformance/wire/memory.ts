/**
 * Bytes, and a view of the same: both are made once, where records are written and read in large
 * numbers.
 */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** So many new bytes. */
export function newMemory(size: number): Memory {
  return memoryOf(new Uint8Array(size));
}

/** Bytes that are there. */
export function memoryOf(bytes: Uint8Array): Memory {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}
