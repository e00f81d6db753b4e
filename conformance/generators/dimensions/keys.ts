import { BUDGET } from '../../model/names.js';
import { nameFromBytes } from '../../../reference/text/name-bytes.js';
import { bytes, type LazyCase, one, option, range, spec, text } from './decision-parts.js';

/** Bytes of an option's key at most, and of a compile spec's in a record. */
const OPTION_KEY = 63;
const SPEC_KEY = 255;

/**
 * Keys, each character one byte, that are nearly the budget's: cut, lengthened, with a letter in
 * the other case, replaced or with its high bit set; and those that a C string compare takes for
 * it, whatever stands behind the NUL.
 */
export const NEAR_KEYS: readonly string[] = [
  ...new Set([
    ...range(0, BUDGET.length).flatMap((at) => [
      BUDGET.slice(0, at),
      BUDGET.slice(at + 1),
      changed(at, (code) => code ^ 0x20),
      changed(at, (code) => code ^ 0x80),
      changed(at, (code) => code + 1),
      changed(at, () => 0),
      `${BUDGET.slice(0, at)}${BUDGET.slice(at + 1)}`,
      `${BUDGET.slice(0, at)}\0${BUDGET.slice(at)}`,
    ]),
    BUDGET.toUpperCase(),
    BUDGET.replaceAll('_', '-'),
    BUDGET.replaceAll('_', ''),
    ...['_', 's', ' ', '.', '0', '\u0001', '\u00ff', '_mb', '=5'].map((tail) => `${BUDGET}${tail}`),
    ...[' ', '_', '-', '\0', 'x', '\u00ef\u00bb\u00bf', 'tensorrt.', 'backend/'].map(
      (head) => `${head}${BUDGET}`,
    ),
    `${BUDGET}${BUDGET}`,
    'budget',
    'streaming_budget',
    'weight_streaming',
    'WEIGHT_STREAMING_BUDGET\0',
  ]),
];

/** Keys that are the budget's, with each number of bytes behind their NUL. */
const NUL_KEYS: readonly string[] = [
  ...range(0, OPTION_KEY - BUDGET.length).map((length) => `${BUDGET}\0${'junk'.repeat(60).slice(0, length)}`),
  `${BUDGET}\0\0\0x`,
  `${BUDGET}\0${BUDGET}`,
];

const LONG_KEYS: readonly string[] = [31, 32, 33, 61, 62, 63, 64, 65, 127, 128, 129, 254, 255].flatMap(
  (length) => ['k'.repeat(length), BUDGET.padEnd(length, 'x'), `${BUDGET}\0`.padEnd(length, 'x')],
);

/** Each key as that of an option: alone, before and behind the true one. */
export function optionKeys(): LazyCase[] {
  return withinBytes(OPTION_KEY).flatMap((key): LazyCase[] => [
    () => one({ specs: [spec('3')] }, [option(text('7'), key)]),
    () => one({}, [option(text('7'), key), option(text('9'))]),
    () => one({}, [option(text('9')), option(text('7'), key)]),
  ]);
}

/** Each key as that of a compile spec: alone, before and behind the true one. */
export function specKeys(): LazyCase[] {
  return withinBytes(SPEC_KEY).flatMap((key): LazyCase[] => [
    () => one({ specs: [spec('7', key)] }),
    () => one({ specs: [spec('7', key), spec('9')] }),
    () => one({ specs: [spec('9'), spec('7', key)] }),
  ]);
}

function withinBytes(most: number): readonly string[] {
  return [...NEAR_KEYS, ...NUL_KEYS, ...LONG_KEYS]
    .filter((key) => key.length <= most)
    .map((key) => nameFromBytes(bytes(key)));
}

function changed(at: number, change: (code: number) => number): string {
  const code = change(BUDGET.charCodeAt(at));
  return `${BUDGET.slice(0, at)}${String.fromCharCode(code)}${BUDGET.slice(at + 1)}`;
}
