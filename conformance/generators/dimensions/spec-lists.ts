import type { CompileSpec } from '../../../reference/rules/find-spec.js';
import { BUDGET } from '../../model/names.js';
import { inserted, type LazyCase, one, option, pairs, range, spec, text } from './decision-parts.js';

/** Compile specs that a record holds at most. */
const MOST_SPECS = 255;

/** Up to so many specs, each two places. */
const EVERY_PAIR = 10;

const COUNTS: readonly number[] = [
  ...range(1, 18),
  ...[31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 200, 254, 255],
];

/** Bytes of the value of another key, around buffers and up to what a record holds. */
const FOREIGN_BYTES: readonly number[] = [
  ...[0, 1, 63, 64, 127, 128, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2048, 4095, 4096, 4097],
  ...[8192, 16_384, 32_767, 32_768, 50_000, 65_000],
];

const OTHER_KEYS = ['target_device', 'x', '', 'weight_streaming_budget_', 'Weight_streaming_budget'];

/** The budget at each place among each number of compile specs under other keys. */
export function specPlaces(): LazyCase[] {
  const placed = COUNTS.flatMap((count) =>
    placesIn(count).flatMap((at): LazyCase[] => [
      () => one({ specs: inserted(foreign(count - 1), at, spec('700')) }),
      () => one({ specs: inserted(foreign(count - 1), at, spec('7x')) }),
    ]),
  );
  const absent = [0, ...COUNTS].flatMap((count): LazyCase[] => [
    () => one({ specs: foreign(count) }),
    () => one({ specs: foreign(count) }, [option(text('5'))]),
  ]);
  return [...placed, ...absent];
}

/** The budget before and behind another compile spec of each size. */
export function specBytes(): LazyCase[] {
  return FOREIGN_BYTES.flatMap((size) => {
    const large = spec(new Uint8Array(size).fill(0x37), 'processed');
    const lists: CompileSpec[][] = [
      [large],
      [large, spec('700')],
      [spec('700'), large],
      [spec('7'), large, spec('7')],
    ];
    return lists.map(
      (specs): LazyCase =>
        () =>
          one({ specs }),
    );
  });
}

/** The budget twice at each two places, with equal and other values; and many times. */
export function equalSpecs(): LazyCase[] {
  const near = range(2, EVERY_PAIR + 1).flatMap((count) =>
    placesOfTwo(count).map((at) => [count, at] as const),
  );
  const far = COUNTS.filter((count) => count > EVERY_PAIR).flatMap((count) =>
    [
      [0, 1],
      [0, count - 1],
      [count - 2, count - 1],
      [Math.floor(count / 2), count - 1],
      [1, Math.floor(count / 2)],
    ].map((at) => [count, at as [number, number]] as const),
  );
  const values = [
    ['7', '7'],
    ['7', '9'],
    ['7x', '9'],
    ['7', ''],
  ] as const;
  const placed = pairs([...near, ...far], values).map(([[count, [first, second]], [a, b]]): LazyCase => {
    return () => one({ specs: inserted(inserted(foreign(count - 2), first, spec(a)), second, spec(b)) });
  });
  return [...placed, ...copies(), ...masked()];
}

/**
 * So many equal keys: with equal values, each with its own, the last one under a key with a tail.
 */
function copies(): LazyCase[] {
  return [...range(2, 34), 63, 64, 65, 127, 128, 129, 254, MOST_SPECS].flatMap((count): LazyCase[] => [
    () => one({ specs: range(0, count).map(() => spec('7')) }),
    () => one({ specs: range(0, count).map((at) => spec(String(at))) }),
    () => one({ specs: [...range(1, count).map(() => spec('7')), spec('7', `${BUDGET}\0tail`)] }),
    () => one({ specs: range(0, count).flatMap(() => spec('')) }),
  ]);
}

/** Equal keys that an option hides. */
function masked(): LazyCase[] {
  return range(2, 20).flatMap((count): LazyCase[] => [
    () => one({ specs: range(0, count).map(() => spec('7')) }, [option(text('5'))]),
    () => one({ specs: range(0, count).map(() => spec('7')) }, [option(text(''))]),
    () => one({ specs: range(0, count).map(() => spec('7x')) }, [option({ type: 'int', value: 5 })]),
  ]);
}

function placesIn(count: number): readonly number[] {
  if (count <= EVERY_PAIR) return range(0, count);
  return [0, 1, 2, 3, Math.floor(count / 2), count - 3, count - 2, count - 1];
}

function placesOfTwo(count: number): [number, number][] {
  return range(0, count).flatMap((at) =>
    range(at + 1, count).map((behind): [number, number] => [at, behind]),
  );
}

function foreign(count: number): CompileSpec[] {
  return range(0, count).map((at) =>
    spec(at % 3 === 2 ? '' : String(at), OTHER_KEYS[at % OTHER_KEYS.length]),
  );
}
