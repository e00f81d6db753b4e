import { MAX_BUDGET, parseBudget, type ParsedBudget } from '../rules/parse-budget.js';

const PLUS = 0x2b;
const MINUS = 0x2d;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const MAX_INT32 = 2n ** 31n - 1n;

type Parser = typeof parseBudget;

/** A leading `+` is skipped. */
export const acceptPlus: Parser = (bytes) =>
  parseBudget(bytes !== null && bytes.length > 1 && bytes[0] === PLUS ? bytes.subarray(1) : bytes);

/** A minus sign before nothing but zeros is skipped, as a signed number parser does. */
export const acceptMinusZero: Parser = (bytes) => {
  const zeros = bytes !== null && bytes.length > 1 && bytes[0] === MINUS ? bytes.subarray(1) : null;
  return zeros?.every((byte) => byte === ZERO) === true ? { ok: true, budget: 0n } : parseBudget(bytes);
};

/** A blank behind the digits is dropped. */
export const acceptTrailingBlank: Parser = (bytes) =>
  parseBudget(bytes !== null && bytes.length > 1 && bytes.at(-1) === SPACE ? bytes.subarray(0, -1) : bytes);

/** The digits end at a NUL, as a C string does. */
export const stopAtNul: Parser = (bytes) => {
  const end = bytes?.indexOf(0) ?? -1;
  return parseBudget(bytes !== null && end > 0 ? bytes.subarray(0, end) : bytes);
};

/** The digits end at the first byte that is none; the rest is dropped. */
export const stopAtJunk: Parser = (bytes) => {
  const end = bytes?.findIndex((byte) => !isDigit(byte)) ?? -1;
  return parseBudget(bytes !== null && end > 0 ? bytes.subarray(0, end) : bytes);
};

/** A value from 2^31 on is refused, as a 32-bit number would be. */
export const int32Range: Parser = (bytes) => {
  const parsed = parseBudget(bytes);
  const isWide = bytes !== null && parsed.ok && parsed.budget > MAX_INT32;
  return isWide ? { ok: false, fault: 'too-large', at: bytes.length - 1 } : parsed;
};

/** An empty value is 0. */
export const emptyIsZero: Parser = (bytes) =>
  bytes?.length === 0 ? { ok: true, budget: 0n } : parseBudget(bytes);

/** A value above 2^63 − 1 is taken for 2^63 − 1. */
export const saturate: Parser = (bytes) => {
  const parsed = parseBudget(bytes);
  return bytes !== null && isTooLarge(parsed, bytes) ? { ok: true, budget: MAX_BUDGET } : parsed;
};

/** A value above 2^63 − 1 wraps around 64 bits, and is malformed only when that makes it negative. */
export const wrap: Parser = (bytes) => {
  const parsed = parseBudget(bytes);
  if (bytes === null || !isTooLarge(parsed, bytes)) return parsed;
  const wrapped = BigInt.asIntN(64, BigInt(String.fromCharCode(...bytes)));
  return wrapped < 0n ? parsed : { ok: true, budget: wrapped };
};

/** Digits of any number, modulo 2^32. */
export const uint32Wraps: Parser = (bytes) => {
  const parsed = parseBudget(bytes);
  if (bytes === null || (!parsed.ok && !isTooLarge(parsed, bytes))) return parsed;
  return { ok: true, budget: BigInt.asUintN(32, BigInt(String.fromCharCode(...bytes))) };
};

const C_NUMBER = /^[ \t\n\v\f\r]*([+-]?[0-9]+)$/;

/** As C's `strtoll` does when it reads all that comes before the first NUL: blanks before, and a sign; too large a number is the largest. */
export const strtoll: Parser = (bytes) => {
  if (bytes === null) return parseBudget(bytes);
  const [text = ''] = String.fromCharCode(...bytes).split('\0');
  const number = BigInt(C_NUMBER.exec(text)?.[1] ?? -1);
  if (number < 0n) return parseBudget(bytes);
  return { ok: true, budget: number < MAX_BUDGET ? number : MAX_BUDGET };
};

/** Whether a value is too large and nothing else is wrong with it. */
function isTooLarge(parsed: ParsedBudget, bytes: Uint8Array): boolean {
  return !parsed.ok && parsed.fault === 'too-large' && bytes.every(isDigit);
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
