import type { DecisionCase } from '../../../reference/rules/decide.js';
import { cText } from '../../../reference/rules/c-string.js';
import { bytesFromName } from '../../../reference/text/name-bytes.js';
import { BUDGET } from '../../model/names.js';

/** A class: from a number to a number, both included. */
type Span = readonly [name: string, from: bigint, to: bigint];

/** The classes of a dimension, and the numbers of a case that they are told by. */
interface Classes {
  readonly spans: readonly Span[];
  readonly numbersOf: (subject: DecisionCase) => readonly bigint[];
}

const MOST = 2n ** 63n - 1n;
const ZERO = 0x30;

const SIZES: readonly Span[] = [
  ['-2^63', -MOST - 1n, -MOST - 1n],
  ['-2^63 + 1 to -2^53', -MOST, -(2n ** 53n)],
  ['-2^53 + 1 to -2^31', -(2n ** 53n) + 1n, -(2n ** 31n)],
  ['-2^31 + 1 to -1', -(2n ** 31n) + 1n, -1n],
  ['0', 0n, 0n],
  ['1', 1n, 1n],
  ...[31n, 32n, 53n, 62n].flatMap((bits): Span[] => [
    [`2^${bits} - 1`, 2n ** bits - 1n, 2n ** bits - 1n],
    [`2^${bits}`, 2n ** bits, 2n ** bits],
    [`2^${bits} + 1`, 2n ** bits + 1n, 2n ** bits + 1n],
  ]),
  ['2^63 - 2', MOST - 1n, MOST - 1n],
  ['2^63 - 1', MOST, MOST],
];

const BYTES: readonly Span[] = [
  ...exactly(0, 1, 18, 19, 20, 63, 64, 127, 128, 254, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025),
  ...exactly(4095, 4096, 4097),
  ['4,098 to 64,999', 4098n, 64_999n],
  ['65,000 and more', 65_000n, MOST],
];

const NO_OPTION: readonly Span[] = [...exactly(0, 1, 2, 3, 4), ['5 to 13', 5n, 13n], ...exactly(14, 15)];
const NO_SPEC: readonly Span[] = [
  ...exactly(0, 1, 2, 3, 4, 8, 9, 16, 17, 32, 33, 64, 65, 128, 129),
  ['130 to 253', 130n, 253n],
  ...exactly(254, 255),
];
const NO_ENGINE: readonly Span[] = [
  ...exactly(1, 2, 3, 4, 8, 9, 16, 17, 31, 32, 33),
  ['34 to 62', 34n, 62n],
  ...exactly(63, 64),
];
const DISTANCES: readonly Span[] = [...exactly(1, 2, 3, 4), ['5 to 12', 5n, 12n], ['13 and more', 13n, MOST]];
const COPIES: readonly Span[] = [...exactly(2, 3, 4, 5), ['6 to 14', 6n, 14n], ['15 and more', 15n, MOST]];

/**
 * The classes of each dimension: what the cases of `dimensions.ts` cover, found from the cases and
 * not from how they were made.
 */
export const DIMENSION_CLASSES: Readonly<Record<string, Classes>> = {
  'streamable size': spans(SIZES, ({ engines }) => engines.map(({ streamable }) => streamable)),
  'automatic budget': spans(SIZES, ({ engines }) => engines.map(({ automatic }) => automatic)),
  'bytes of a compile spec': spans(BYTES, ({ engines }) =>
    engines.flatMap(({ specs }) => specs.map(({ value }) => BigInt(value.length))),
  ),
  'bytes of an option': spans(BYTES.slice(0, 12), (subject) =>
    arrays(subject).map(({ length }) => BigInt(length)),
  ),
  'zeros before a budget': spans(
    [
      ...exactly(0, 1, 2, 18, 19, 20, 63, 128, 254, 255),
      ['256 to 4,095', 256n, 4095n],
      ['more', 4096n, MOST],
    ],
    (subject) => texts(subject).map((text) => BigInt(zerosOf(text))),
  ),
  'NUL in an option': spans([...exactly(0, 1, 19, 127, 254, 255)], (subject) =>
    arrays(subject).map((text) => BigInt(text.indexOf(0))),
  ),
  'NUL in an option key': spans(
    [...exactly(...Array.from({ length: BUDGET.length + 1 }, (_, at) => at))],
    ({ options }) => options.map(({ key }) => BigInt(key.indexOf('\0'))),
  ),
  'bytes of an option key': spans(exactly(0, 1, 22, 23, 24, 31, 32, 62, 63), ({ options }) =>
    options.map(({ key }) => BigInt(bytesFromName(key).length)),
  ),
  'bytes of a compile spec key': spans(exactly(0, 1, 22, 23, 24, 63, 64, 127, 128, 254, 255), ({ engines }) =>
    engines.flatMap(({ specs }) => specs.map(({ key }) => BigInt(bytesFromName(key).length))),
  ),
  options: spans(NO_OPTION, ({ options }) => [BigInt(options.length)]),
  'compile specs': spans(NO_SPEC, ({ engines }) => engines.map(({ specs }) => BigInt(specs.length))),
  engines: spans(NO_ENGINE, ({ engines }) => [BigInt(engines.length)]),
  'equal options': spans(COPIES, ({ options }) => [BigInt(placesOf(options).length)]),
  'distance of equal options': spans(DISTANCES, ({ options }) => distances(placesOf(options))),
  'equal compile specs': spans(COPIES, ({ engines }) =>
    engines.map(({ specs }) => BigInt(placesOf(specs).length)),
  ),
  'distance of equal compile specs': spans(DISTANCES, ({ engines }) =>
    engines.flatMap(({ specs }) => distances(placesOf(specs))),
  ),
  'last place of a budget': spans(
    [...exactly(0, 1, 2, 3, 7, 8, 14, 15, 16, 31, 32, 63, 64, 127, 128, 253, 254)],
    ({ engines }) => engines.map(({ specs }) => BigInt(placesOf(specs).at(-1) ?? -1)),
  ),
};

/** Cases that each class has at least. */
export const LEAST_CASES = 2;

/** How many of the cases are of each class of each dimension. */
export function countClasses(
  cases: Iterable<DecisionCase>,
): readonly { readonly dimension: string; readonly name: string; readonly cases: number }[] {
  const dimensions = Object.entries(DIMENSION_CLASSES).map(([dimension, { spans: own, numbersOf }]) => {
    return { dimension, own, numbersOf, counts: own.map(() => 0) };
  });
  for (const subject of cases) {
    for (const { own, numbersOf, counts } of dimensions) {
      const numbers = new Set(numbersOf(subject));
      for (const [at, [, from, to]] of own.entries()) {
        if (hasOne(numbers, from, to)) counts[at] = (counts[at] ?? 0) + 1;
      }
    }
  }
  return dimensions.flatMap(({ dimension, own, counts }) =>
    own.map(([name], at) => ({ dimension, name, cases: counts[at] ?? 0 })),
  );
}

function hasOne(numbers: ReadonlySet<bigint>, from: bigint, to: bigint): boolean {
  if (from === to) return numbers.has(from);
  for (const number of numbers) if (number >= from && number <= to) return true;
  return false;
}

function spans(list: readonly Span[], numbersOf: Classes['numbersOf']): Classes {
  return { spans: list, numbersOf };
}

function exactly(...numbers: readonly number[]): Span[] {
  return numbers.map((number) => [number.toLocaleString('en'), BigInt(number), BigInt(number)]);
}

function arrays({ options }: DecisionCase): readonly Uint8Array[] {
  return options.flatMap(({ value }) => (value.type === 'array' ? [value.bytes] : []));
}

function texts(subject: DecisionCase): readonly Uint8Array[] {
  return [...arrays(subject), ...subject.engines.flatMap(({ specs }) => specs.map(({ value }) => value))];
}

function zerosOf(text: Uint8Array): number {
  const end = text.findIndex((byte) => byte !== ZERO);
  return end < 0 ? text.length : end;
}

/** The places of the budget among keys. */
function placesOf(list: readonly { readonly key: string }[]): number[] {
  return list.flatMap(({ key }, at) => (cText(key) === BUDGET ? [at] : []));
}

function distances(places: readonly number[]): bigint[] {
  return places.slice(1).map((place, at) => BigInt(place - (places[at] ?? 0)));
}
