import { MAX_BUDGET_TEXT, writeBudgetText } from './budget-text.js';
import {
  ENGINE_ANSWERS,
  ENGINE_AUTOMATIC,
  ENGINE_FLAGS,
  ENGINE_HEADER,
  ENGINE_SPECS,
  ENGINE_STREAMABLE,
  FLAG_CONTEXT_NULL,
  FLAG_DESERIALIZE_NULL,
  OPTION_ARRAY,
  OPTION_BOOL,
  OPTION_INT,
  RECORD_HEADER,
} from '../../wire/decision-format.js';
import { KEY_LENGTH, writeBudgetKey } from './key-bytes.js';
import type { Random } from '../../generators/random.js';
import type { Memory } from '../../wire/memory.js';

const FOREIGN_KEYS = [
  'weight_streaming_budget_',
  'weight_streaming_budge',
  'Weight_streaming_budget',
  'weight-streaming-budget',
  'target_device',
  'num_threads',
  'x',
].map((key) => new TextEncoder().encode(key));

/** A key that a C string compare takes for the budget's: what follows its NUL is not looked at. */
const KEY_WITH_TAIL = new TextEncoder().encode('weight_streaming_budget\0tail');

const INTS = [0, 1, 2, 77, 1023, 1024, 1025, 65_536, 0x7fffffff, -1, -2, -1024, -0x80000000];

/** Stands for 9 to 64 engines among {@link ENGINE_COUNTS}. */
const MANY = 9;

// Tables instead of comparisons: a branch that nobody can foresee costs more than a draw.
const weighted = (...weights: readonly (readonly [value: number, weight: number])[]): Uint8Array =>
  Uint8Array.from(weights.flatMap(([value, weight]) => Array<number>(weight).fill(value)));

const ENGINE_COUNTS = weighted([1, 72], [2, 36], [3, 6], [4, 6], [5, 2], [6, 2], [7, 2], [8, 1], [MANY, 1]);
/**
 * Mostly all true, which stands for what is missing; else the first, the first two, or any refused.
 */
const ANSWERS = weighted(
  [0xfe, 512],
  [0xfc, 256],
  ...Array.from({ length: 256 }, (_, answers) => [answers, 1] as const),
);
const FLAGS = weighted([FLAG_DESERIALIZE_NULL, 1], [FLAG_CONTEXT_NULL, 2], [0, 61]);

/**
 * From this size in bytes on a record takes no further engine, so that its size always fits in 16
 * bits.
 */
const FULL_RECORD = 60_000;

/** Bytes that one generated record can take at most: an engine more than a full one. */
export const MAX_GENERATED_RECORD = FULL_RECORD + ENGINE_HEADER + 3 * (64 + MAX_BUDGET_TEXT);

/**
 * Writes one generated decision record at `at`: options, engines and compile specs drawn so that
 * every class of every area comes up (see class-of-case.ts for the measure).
 *
 * @param simplest - true gives a small case: at most two engines, for the first blocks of a run
 * @returns the offset behind the record
 */
export function writeCase(random: Random, out: Memory, at: number, simplest: boolean): number {
  const wanted = simplest ? 1 + random.below(2) : engineCount(random);
  const streamable = drawStreamable(random);
  const start = at;
  at = writeOptions(random, out, at + RECORD_HEADER, start, streamable);
  let engines = 0;
  while (engines < wanted && at - start < FULL_RECORD) {
    at = writeEngine(random, out, at, engines === 0 ? streamable : drawStreamable(random));
    engines++;
  }
  out.bytes[start + 3] = engines;
  out.view.setUint16(start, at - start, true);
  return at;
}

/** Mostly one or two, now and then up to 8, rarely up to 64. */
function engineCount(random: Random): number {
  const count = ENGINE_COUNTS[random.below(ENGINE_COUNTS.length)] ?? 1;
  if (count !== MANY) return count;
  return 9 + random.below(random.below(4) === 0 ? 56 : 8);
}

/** Streamable bytes, as a number below 2^53; 0 and negative: the engine has none. */
function drawStreamable(random: Random): number {
  const draw = random.below(32);
  if (draw < 20) return 1 + random.below(4096);
  if (draw < 25) return 0;
  if (draw < 26) return -1 - random.below(2);
  if (draw < 27) return 1;
  if (draw < 29) return 0x7fffffff + random.below(4);
  return 4_194_560 * (1 + random.below(1024));
}

function drawAutomatic(random: Random, streamable: number): number {
  const draw = random.below(16);
  if (draw < 6) return streamable > 0 ? Math.floor(streamable / 2) : 0;
  if (draw < 9) return streamable;
  if (draw < 11) return 0;
  if (draw < 13) return -1 - random.below(3);
  if (draw < 15) return streamable + 1 + random.below(64);
  return 9_007_199_254_740_992;
}

/** Writes a whole number of at most 2^53 in magnitude as an int64. */
function writeInt64(view: DataView, at: number, value: number): void {
  const small = value | 0;
  if (small === value) {
    view.setInt32(at, small, true);
    view.setInt32(at + 4, small >> 31, true);
    return;
  }
  const high = Math.floor(value / 4_294_967_296);
  view.setUint32(at, value - high * 4_294_967_296, true);
  view.setInt32(at + 4, high, true);
}

function writeOptions(random: Random, out: Memory, at: number, start: number, streamable: number): number {
  const draw = random.below(16);
  let count = 0;
  if (draw >= 14 || draw === 0) {
    at = writeOption(random, out, at, foreignKey(random), streamable);
    count++;
  }
  if (draw >= 7) {
    at = writeOption(random, out, at, null, streamable);
    count++;
  }
  if (draw === 13 || draw === 15) {
    at = writeOption(random, out, at, null, streamable);
    count++;
  }
  out.bytes[start + 2] = count;
  return at;
}

function foreignKey(random: Random): Uint8Array | null {
  return FOREIGN_KEYS[random.below(FOREIGN_KEYS.length)] ?? null;
}

function writeOption(
  random: Random,
  out: Memory,
  at: number,
  key: Uint8Array | null,
  streamable: number,
): number {
  const { bytes, view } = out;
  at = writeKey(out, at, key);
  const draw = random.below(32);
  if (draw < 3) {
    bytes[at] = OPTION_BOOL;
    bytes[at + 1] = random.below(2);
    return at + 2;
  }
  if (draw < 10) {
    bytes[at] = OPTION_INT;
    view.setInt32(at + 1, INTS[random.below(INTS.length)] ?? 0, true);
    return at + 5;
  }
  bytes[at] = OPTION_ARRAY;
  if (draw < 12) {
    view.setUint16(at + 1, 0, true);
    return at + 3;
  }
  const end = Math.min(writeBudgetText(random, bytes, at + 3, streamable), at + 3 + 256);
  view.setUint16(at + 1, end - at - 3, true);
  return end;
}

/** Writes a key behind its length; null stands for the budget's. */
function writeKey({ bytes, view }: Memory, at: number, key: Uint8Array | null): number {
  if (key === null) {
    bytes[at] = KEY_LENGTH;
    writeBudgetKey(view, at + 1);
    return at + 1 + KEY_LENGTH;
  }
  bytes[at] = key.length;
  for (let i = 0; i < key.length; i++) bytes[at + 1 + i] = key[i] ?? 0;
  return at + 1 + key.length;
}

function writeEngine(random: Random, out: Memory, at: number, streamable: number): number {
  const { bytes, view } = out;
  writeInt64(view, at + ENGINE_STREAMABLE, streamable);
  writeInt64(view, at + ENGINE_AUTOMATIC, drawAutomatic(random, streamable));
  bytes[at + ENGINE_ANSWERS] = ANSWERS[random.below(4 * ANSWERS.length)] ?? 0xff;
  bytes[at + ENGINE_FLAGS] = FLAGS[random.below(FLAGS.length)] ?? 0;
  const specs = at + ENGINE_SPECS;
  at += ENGINE_HEADER;
  const draw = random.below(32);
  let count = 0;
  if (draw >= 28 || draw === 0) {
    at = writeSpec(random, out, at, foreignKey(random), streamable);
    count++;
  }
  if (draw >= 13) {
    at = writeSpec(random, out, at, random.below(24) === 0 ? KEY_WITH_TAIL : null, streamable);
    count++;
  }
  if (draw >= 24 && draw < 28) {
    at = writeSpec(random, out, at, null, streamable);
    count++;
  }
  bytes[specs] = count;
  return at;
}

function writeSpec(
  random: Random,
  out: Memory,
  at: number,
  key: Uint8Array | null,
  streamable: number,
): number {
  at = writeKey(out, at, key);
  const end = writeBudgetText(random, out.bytes, at + 2, streamable);
  out.view.setUint16(at, end - at - 2, true);
  return end;
}
