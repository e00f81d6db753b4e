/** Bytes of an input that are noted at most. */
const MOST_BYTES = 1 << 20;
const SIZE_BYTES = 4;

/** Memory that two threads share, with the input that is being read. */
export type NotedInput = SharedArrayBuffer;

/** Memory that holds no input yet. */
export function newNotedInput(): NotedInput {
  return new SharedArrayBuffer(SIZE_BYTES + MOST_BYTES);
}

/** Notes the input that is about to be read. */
export function noteInput(noted: NotedInput, input: Uint8Array): void {
  const size = Math.min(input.length, MOST_BYTES);
  new DataView(noted).setUint32(0, size);
  new Uint8Array(noted, SIZE_BYTES).set(input.subarray(0, size));
}

/** The input that was noted last. */
export function notedInput(noted: NotedInput): Uint8Array {
  return new Uint8Array(noted, SIZE_BYTES, new DataView(noted).getUint32(0)).slice();
}
