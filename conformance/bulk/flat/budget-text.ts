import type { Random } from '../../generators/random.js';

/** Room that a budget text may take, in bytes: a few more than an option can hold. */
export const MAX_BUDGET_TEXT = 320;

/** Up to so many bytes a loop is faster than a call of `fill`. */
const SHORT = 32;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

const BLANKS = [0x20, 0x09, 0x0a, 0x0d, 0x0b, 0x0c];
const POWERS_OF_TWO = ['2147483647', '2147483648', '4294967295', '4294967296', '9007199254740993'].map(ascii);
const LARGEST = ['9223372036854775806', '9223372036854775807'].map(ascii);
const TOO_LARGE = [
  '9223372036854775808',
  '9223372036854775809',
  '10000000000000000000',
  '18446744073709551615',
  '18446744073709551616',
  '18446744073709551617',
  '92233720368547758070',
  '99999999999999999999999',
  '340282366920938463463374607431768211456',
].map(ascii);
const NEAR_NUMBERS = [
  '0x10',
  '0X1F',
  '0b11',
  '1.5',
  '1.',
  '.5',
  '1e3',
  '1E3',
  '1_000',
  '1,000',
  "1'000",
  '5u',
  '5L',
  '5KB',
  '50%',
  '1 GiB',
].map(ascii);
const WORDS = ['auto', 'none', 'null', 'max', 'true', 'automatic', 'NaN', 'inf', '-inf', 'O', 'l0'].map(
  ascii,
);
/** Fullwidth 5, Arabic-Indic 5, superscript 2, circled 1, a lone continuation byte, 0xff. */
const FOREIGN_DIGITS = [
  [0xef, 0xbc, 0x95],
  [0xd9, 0xa5],
  [0xc2, 0xb2],
  [0xe2, 0x91, 0xa0],
  [0x35, 0xb5],
  [0xff, 0x35],
].map((bytes) => Uint8Array.from(bytes));

/**
 * Writes a budget text at `at`, aiming at so many streamable bytes; returns the offset behind it.
 */
type Write = (random: Random, out: Uint8Array, at: number, streamable: number) => number;

/** Every kind of budget text, each with how much it weighs. */
const WEIGHTS: readonly (readonly [weight: number, write: Write])[] = [
  [6, (random, out, at) => writeNumber(out, at, random.below(random.below(2) === 0 ? 16 : 4096))],
  [5, (random, out, at, size) => writeNumber(out, at, Math.max(0, size + random.below(3) - 1))],
  [2, (_random, out, at) => writeByte(out, at, 0x30)],
  [2, (random, out, at) => writeDigits(random, out, at, 1 + random.below(18))],
  [1, (random, out, at) => writeOneOf(random, out, at, POWERS_OF_TWO)],
  [1, (random, out, at) => writeOneOf(random, out, at, LARGEST)],
  [2, writeLeadingZeros],
  [2, writeTooLarge],
  [1, (random, out, at) => writeNumber(out, writeByte(out, at, 0x2b), random.below(64))],
  [1, (random, out, at) => writeNumber(out, writeByte(out, at, 0x2d), 1 + random.below(64))],
  [1, (random, out, at) => writeZeros(out, writeByte(out, at, 0x2d), 1 + random.below(2))],
  [1, (random, out, at) => writeNumber(out, writeBlank(random, out, at), random.below(64))],
  [1, (random, out, at) => writeBlank(random, out, writeNumber(out, at, random.below(64)))],
  [1, writeNul],
  [1, (_random, _out, at) => at],
  [1, (random, out, at) => writeOneOf(random, out, at, NEAR_NUMBERS)],
  [1, (random, out, at) => writeOneOf(random, out, at, WORDS)],
  [1, (random, out, at) => writeOneOf(random, out, at, FOREIGN_DIGITS)],
  [1, writeOneByteOff],
  [2, writeLong],
];

/** Every kind, as often as it weighs. */
const KINDS = WEIGHTS.flatMap(([weight, write]) => Array<Write>(weight).fill(write));

/**
 * Writes one budget text at `at`: valid, on a boundary, or just beside one.
 *
 * @param streamable - bytes the engine can stream, to aim at; a number below 2^53
 * @returns the offset behind the text, at most `at + MAX_BUDGET_TEXT`
 */
export function writeBudgetText(random: Random, out: Uint8Array, at: number, streamable: number): number {
  const write = KINDS[random.below(KINDS.length)];
  return write === undefined ? at : write(random, out, at, streamable);
}

function writeByte(out: Uint8Array, at: number, byte: number): number {
  out[at] = byte;
  return at + 1;
}

function writeBytes(out: Uint8Array, at: number, bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) out[at + i] = bytes[i] ?? 0;
  return at + bytes.length;
}

function writeOneOf(random: Random, out: Uint8Array, at: number, choices: readonly Uint8Array[]): number {
  return writeBytes(out, at, choices[random.below(choices.length)] ?? new Uint8Array());
}

function writeZeros(out: Uint8Array, at: number, count: number): number {
  const end = at + count;
  if (count > SHORT) out.fill(0x30, at, end);
  else for (; at < end; at++) out[at] = 0x30;
  return end;
}

function writeBlank(random: Random, out: Uint8Array, at: number): number {
  return writeByte(out, at, BLANKS[random.below(BLANKS.length)] ?? 0x20);
}

/** Writes a non-negative integer below 2^53 in decimal. */
export function writeNumber(out: Uint8Array, at: number, value: number): number {
  let end = at + 1;
  for (let limit = 10; value >= limit; limit *= 10) end++;
  let rest = value;
  let i = end;
  for (; rest > 0x7fffffff; rest = Math.floor(rest / 10)) out[--i] = 0x30 + (rest % 10);
  // From here on in 32 bits, which takes a fraction of the time.
  for (let small = rest | 0; i > at; small = (small / 10) | 0) out[--i] = 0x30 + (small % 10);
  return end;
}

/** Four digits come of one draw. */
function writeDigits(random: Random, out: Uint8Array, at: number, count: number): number {
  const end = at + count;
  while (at < end) {
    for (let drawn = random.below(10_000), left = 4; left > 0 && at < end; left--) {
      out[at++] = 0x30 + (drawn % 10);
      drawn = (drawn / 10) | 0;
    }
  }
  return end;
}

function writeLeadingZeros(random: Random, out: Uint8Array, at: number, streamable: number): number {
  const zeros = random.below(4) === 0 ? random.below(270) : 1 + random.below(4);
  const end = writeZeros(out, at, zeros);
  return random.below(2) === 0 ? writeNumber(out, end, streamable) : writeOneOf(random, out, end, LARGEST);
}

function writeTooLarge(random: Random, out: Uint8Array, at: number): number {
  if (random.below(4) !== 0) return writeOneOf(random, out, at, TOO_LARGE);
  return writeDigits(random, out, writeByte(out, at, 0x31 + random.below(9)), 19 + random.below(6));
}

function writeNul(random: Random, out: Uint8Array, at: number): number {
  switch (random.below(3)) {
    case 0:
      return writeByte(out, writeNumber(out, at, random.below(64)), 0);
    case 1:
      return writeNumber(out, writeByte(out, writeNumber(out, at, random.below(64)), 0), random.below(64));
    default:
      return writeNumber(out, writeByte(out, at, 0), random.below(64));
  }
}

/** A number with one byte replaced by one that is not a digit, often a neighbour of the digits. */
function writeOneByteOff(random: Random, out: Uint8Array, at: number): number {
  const end = writeDigits(random, out, at, 1 + random.below(10));
  const wrong = random.below(256);
  const edge = random.below(2) === 0 ? 0x2f : 0x3a;
  const isDigit = wrong >= 0x30 && wrong <= 0x39;
  out[at + random.below(end - at)] = random.below(2) === 0 || isDigit ? edge : wrong;
  return end;
}

/**
 * Around the 256 bytes that an option can hold: all zeros, and a last digit that tells who read it.
 */
function writeLong(random: Random, out: Uint8Array, at: number): number {
  const end = writeZeros(out, at, 254 + random.below(4));
  out[end - 1] = 0x31 + random.below(9);
  return end;
}
