import {
  BUDGET_KEY,
  ENGINE_ANSWERS,
  ENGINE_HEADER,
  ENGINE_SPECS,
  OPTION_ARRAY,
  RECORD_HEADER,
} from '../../wire/decision-format.js';

/** Through which channel a value reaches the delegate. */
export type Channel = 'compile-spec' | 'option';

/** Streamable bytes of the one engine: large enough that every small value shows as it was parsed. */
const STREAMABLE_HIGH = 0x7fffffff;

/** The values whose neighbours are all tried: the largest budget, the first that is too large, and zero. */
const CENTRES = ['9223372036854775807', '9223372036854775808', '0'];

/** How many values {@link shortValues} gives for values of at most `length` bytes. */
export function countShortValues(length: number): number {
  let count = 0;
  for (let size = 0; size <= length; size++) count += 256 ** size;
  return count;
}

/**
 * Writes the `index`-th value of at most 3 bytes to `out` at `at`: the empty value, then every byte, then every
 * pair and every triple.
 *
 * @returns the length of the value
 */
export function writeShortValue(index: number, out: Uint8Array, at: number): number {
  let length = 0;
  let rest = index;
  for (let size = 1; rest >= size; size *= 256) {
    rest -= size;
    length++;
  }
  for (let i = length - 1; i >= 0; i--) {
    out[at + i] = rest & 0xff;
    rest >>>= 8;
  }
  return length;
}

/** Every one-byte change, insertion and deletion of 2^63 - 1, 2^63 and 0. */
export function neighbours(): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const centre of CENTRES.map((text) => new TextEncoder().encode(text))) {
    for (let at = 0; at <= centre.length; at++) {
      for (let byte = 0; byte < 256; byte++) {
        found.push(Uint8Array.from([...centre.subarray(0, at), byte, ...centre.subarray(at)]));
        if (at < centre.length) found.push(centre.with(at, byte));
      }
      if (at < centre.length) {
        found.push(Uint8Array.from([...centre.subarray(0, at), ...centre.subarray(at + 1)]));
      }
    }
  }
  return found;
}

/**
 * Writes the decision record of one value: one streaming engine, the value as its compile spec or as the load-time
 * option. `writeValue` puts the value where it is told and returns its length in bytes.
 *
 * @returns the offset behind the record
 */
export function writeValueRecord(
  channel: Channel,
  out: Uint8Array,
  view: DataView,
  start: number,
  writeValue: (out: Uint8Array, at: number) => number,
): number {
  const byOption = channel === 'option';
  let at = start + RECORD_HEADER;
  out[start + 2] = byOption ? 1 : 0;
  out[start + 3] = 1;
  if (byOption) {
    at = writeKey(out, at);
    out[at] = OPTION_ARRAY;
    const length = writeValue(out, at + 3);
    view.setUint16(at + 1, length, true);
    at += 3 + length;
  }
  out.fill(0, at, at + ENGINE_HEADER);
  view.setInt32(at + 4, STREAMABLE_HIGH, true);
  out[at + ENGINE_ANSWERS] = 0xff;
  out[at + ENGINE_SPECS] = byOption ? 0 : 1;
  at += ENGINE_HEADER;
  if (!byOption) {
    at = writeKey(out, at);
    const length = writeValue(out, at + 2);
    view.setUint16(at, length, true);
    at += 2 + length;
  }
  view.setUint16(start, at - start, true);
  return at;
}

function writeKey(out: Uint8Array, at: number): number {
  out[at] = BUDGET_KEY.length;
  out.set(BUDGET_KEY, at + 1);
  return at + 1 + BUDGET_KEY.length;
}
