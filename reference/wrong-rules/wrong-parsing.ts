import { MAX_BUDGET, parseBudget, type ParsedBudget } from '../rules/parse-budget.js';

type Parser = typeof parseBudget;

/**
 * How bytes, as Latin-1, are read: a budget, other text for the right parser, or null for a value
 * that is too large.
 */
type Reading = (text: string) => bigint | string | null;

const MAX_INT32 = 2n ** 31n - 1n;
const DIGITS = /^[0-9]+$/;
const MINUS_ZERO = /^-0+$/;
const C_NUMBER = /^[ \t\n\v\f\r]*([+-]?[0-9]+)(?:\0|$)/;

const READINGS: Readonly<Record<string, Reading>> = {
  'accept-plus': (text) => (text.length > 1 && text.startsWith('+') ? text.slice(1) : text),
  'accept-minus-zero': (text) => (MINUS_ZERO.test(text) ? 0n : text),
  'leading-blank': (text) => text.replace(/^ +(?=[^])/, ''),
  'trailing-blank': (text) => text.replace(/(?<=[^]) $/, ''),
  strtoll: (text) => {
    const number = BigInt(C_NUMBER.exec(text)?.[1] ?? -1);
    return number < 0n ? text : number < MAX_BUDGET ? number : MAX_BUDGET;
  },
  'trailing-nul': (text) => text.replace(/(?<=[^])\0[^]*$/, ''),
  'trailing-junk': (text) => /^[0-9]+/.exec(text)?.[0] ?? text,
  'int32-range': (text) => (DIGITS.test(text) && BigInt(text) > MAX_INT32 ? null : text),
  'twenty-digits': (text) => (text.length > 20 ? null : text),
  'over-512-bytes': (text) => (text.length > 512 ? null : text),
  'empty-is-zero': (text) => (text === '' ? 0n : text),
  'overflow-saturates': (text) => (DIGITS.test(text) && BigInt(text) > MAX_BUDGET ? MAX_BUDGET : text),
  'overflow-wraps': (text) => (DIGITS.test(text) ? BigInt.asIntN(64, BigInt(text)) : text),
  'uint32-wraps': (text) => (DIGITS.test(text) ? BigInt.asUintN(32, BigInt(text)) : text),
};

/** Parsers, by the name of the wrong implementation that has them. */
export const WRONG_PARSERS: Readonly<Record<string, Parser>> = Object.fromEntries(
  Object.entries(READINGS).map(([name, reading]) => [name, parserOf(reading)]),
);

function parserOf(reading: Reading): Parser {
  return (bytes): ParsedBudget => {
    if (bytes === null) return parseBudget(bytes);
    const read = reading(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    if (read === null) return { ok: false, fault: 'too-large', at: bytes.length - 1 };
    if (typeof read === 'bigint') return { ok: true, budget: read };
    return parseBudget(Uint8Array.from(read, (char) => char.charCodeAt(0)));
  };
}
