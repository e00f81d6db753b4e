import { OPTION_VALUE_BYTES } from '../../../reference/rules/limits.js';
import { bytes, type LazyCase, MOST, one, option, pairs, range, spec, text } from './decision-parts.js';

const ZERO = 0x30;
const NINE = 0x39;

/** Lengths at and beside those of buffers, in bytes; a record holds no longer value. */
export const LENGTHS: readonly number[] = [
  ...range(1, 270),
  ...[512, 1024, 2048, 4096, 8192, 16_384, 32_768].flatMap((length) => [length - 1, length, length + 1]),
  ...[400, 1000, 10_000, 50_000, 65_000, 65_400],
];

/** Values through both ways to give one; an option holds no more than 256 bytes. */
function bothWays(value: Uint8Array): LazyCase[] {
  const asSpec: LazyCase = () => one({ streamable: MOST, specs: [spec(value)] });
  if (value.length > OPTION_VALUE_BYTES) return [asSpec];
  return [asSpec, () => one({ streamable: MOST, specs: [spec('1')] }, [option(text(value))])];
}

/**
 * Zeros before a budget, before the largest, before one that is too large, and nothing but zeros.
 */
export function leadingZeros(): LazyCase[] {
  const zeros = (count: number): Uint8Array => new Uint8Array(count).fill(ZERO);
  const before = (count: number, body: string): Uint8Array =>
    Buffer.concat([zeros(count), Buffer.from(body, 'latin1')]);
  const bodies = ['7', String(MOST), String(MOST + 1n), '5x'];
  return [
    ...LENGTHS.flatMap((length) => bothWays(before(length - 1, '7'))),
    ...LENGTHS.flatMap((length) => bothWays(zeros(length))),
    ...pairs(
      LENGTHS.filter((length) => length < 33 || length > 230),
      bodies,
    ).flatMap(([length, body]) => bothWays(before(length, body))),
  ];
}

/** Budgets of each number of digits, with each digit at each place. */
export function digits(): LazyCase[] {
  const counted = range(1, 20).map((length) => '1234567890123456789'.slice(0, length));
  const placed = pairs(range(0, 19), range(0, 10)).map(([at, digit]) => {
    return `${'1'.repeat(at)}${digit}${'1'.repeat(18 - at)}`;
  });
  const nines = range(1, 19).map((length) => '9'.repeat(length));
  return [...counted, ...placed, ...nines].flatMap((value) => bothWays(bytes(value)));
}

/** Just beyond 2^63 - 1, beyond every wider power of two, and with more digits than any has. */
export function tooLarge(): LazyCase[] {
  const beyond = range(1, 12).map((more) => MOST + BigInt(more));
  const powers = range(63, 80)
    .concat([95, 96, 127, 128, 255, 256])
    .flatMap((exponent) => [0n, 1n, 5n, 1023n].map((more) => 2n ** BigInt(exponent) + more));
  const tens = range(19, 60).map((exponent) => 10n ** BigInt(exponent));
  const multiples = range(1, 20).map((factor) => BigInt(factor) * 2n ** 64n + 5n);
  return [...beyond, ...powers, ...tens, ...multiples].flatMap((value) => bothWays(bytes(String(value))));
}

/** Every byte that is no digit, at each end and in the middle of a number; alone, too. */
export function oddBytes(): LazyCase[] {
  const odd = range(0, 256).filter((byte) => byte < ZERO || byte > NINE);
  return odd.flatMap((byte) =>
    [[byte], [byte, 0x35], [0x35, byte], [0x31, byte, 0x32], [byte, byte], [byte, ZERO]].flatMap((value) =>
      bothWays(Uint8Array.from(value)),
    ),
  );
}

/** One byte that is no digit at each place of numbers of each length. */
export function oddPlaces(): LazyCase[] {
  const wrong = (length: number, at: number, byte: number): Uint8Array => {
    const value = new Uint8Array(length).fill(ZERO);
    value[length - 1] = 0x37;
    value[at] = byte;
    return value;
  };
  const short = range(1, 21).flatMap((length) => range(0, length).map((at) => wrong(length, at, 0x78)));
  const long = range(0, 256).flatMap((at) => [wrong(256, at, 0x78), wrong(256, at, 0)]);
  const far = LENGTHS.filter((length) => length > 256 && (length < 5000 || length > 65_000)).flatMap(
    (length) => [0, 254, 255, 256, length - 2, length - 1].map((at) => wrong(length, at, 0x78)),
  );
  return [...short, ...long, ...far].flatMap(bothWays);
}

/** Where the text of an option ends: at a NUL at each place, or after 256 bytes. */
export function optionEnds(): LazyCase[] {
  const ended = pairs(range(0, 256), ['9', 'x', '\0']).map(([at, behind]) => {
    const value = new Uint8Array(OPTION_VALUE_BYTES).fill(behind.charCodeAt(0));
    value.fill(ZERO, 0, at);
    if (at > 0) value[at - 1] = 0x37;
    value[at] = 0;
    return value;
  });
  return ended.map(
    (value): LazyCase =>
      () =>
        one({ streamable: MOST, specs: [spec('3')] }, [option(text(value))]),
  );
}
