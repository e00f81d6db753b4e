import type { DeliveredOption, DeliveredValue } from '../../../reference/rules/delivered-option.js';
import { inserted, type LazyCase, one, option, pairs, range, spec, text } from './decision-parts.js';

/** Options that a record holds at most. */
const MOST_OPTIONS = 15;

/** Every kind of value that an option can have. */
export const VALUES: readonly DeliveredValue[] = [
  text('700'),
  text('0'),
  text(''),
  text('7x'),
  text('9223372036854775807'),
  text('\0' + '5'),
  { type: 'int', value: 70 },
  { type: 'int', value: 0 },
  { type: 'int', value: -1 },
  { type: 'int', value: -(2 ** 31) },
  { type: 'bool', value: true },
  { type: 'bool', value: false },
];

const SPEC = [spec('300')];

/** The budget at each place among each number of options under other keys, and none of it. */
export function optionPlaces(): LazyCase[] {
  const counts = range(0, MOST_OPTIONS + 1);
  const placed = counts.slice(1).flatMap((count) =>
    range(0, count).map(
      (at): LazyCase =>
        () =>
          one({ specs: SPEC }, inserted(foreign(count - 1), at, option(text('700')))),
    ),
  );
  const absent = counts.flatMap((count): LazyCase[] => [
    () => one({ specs: SPEC }, foreign(count)),
    () => one({}, foreign(count)),
  ]);
  const rejected = counts.slice(1).map(
    (count): LazyCase =>
      () =>
        one({ specs: SPEC }, inserted(foreign(count - 1), count - 1, option(text('7x')))),
  );
  return [...placed, ...absent, ...rejected];
}

/** Two budgets at each two places, and of each two kinds; and as many as there is room for. */
export function equalOptions(): LazyCase[] {
  const kinds = pairs(VALUES, VALUES).flatMap(([first, second]): LazyCase[] => [
    () => one({ specs: SPEC }, [option(first), option(second)]),
    () => one({}, [...foreign(1), option(first), ...foreign(3), option(second)]),
  ]);
  const placed = range(0, MOST_OPTIONS).flatMap((at) =>
    range(at + 1, MOST_OPTIONS).map((behind): LazyCase => {
      return () => {
        const list = foreign(MOST_OPTIONS - 2);
        return one(
          { specs: SPEC },
          inserted(inserted(list, at, option(text('7'))), behind, option(text('9'))),
        );
      };
    }),
  );
  const copies = range(2, MOST_OPTIONS + 1).flatMap((count): LazyCase[] => [
    () =>
      one(
        {},
        range(0, count).map((at) => option(text(String(at + 1)))),
      ),
    () =>
      one(
        { specs: SPEC },
        range(0, count).map(() => option(text('7'))),
      ),
    () =>
      one(
        {},
        range(0, count).map((at) => option(text(at === count - 1 ? '7x' : '7'))),
      ),
  ]);
  return [...kinds, ...copies, ...placed];
}

function foreign(count: number): DeliveredOption[] {
  return range(0, count).map((at) => option(VALUES[at % VALUES.length] ?? text('1'), `foreign_${at}`));
}
