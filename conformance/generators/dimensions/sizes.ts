import {
  type LazyCase,
  ACCEPTS,
  MOST,
  one,
  option,
  pairs,
  range,
  REFUSES,
  REFUSES_ONE,
  spec,
  text,
} from './decision-parts.js';

/** At and beside every power of two up to 2^63, and every power of ten, in bytes. */
export const SIZES: readonly bigint[] = [
  ...new Set([
    0n,
    ...range(0, 63).flatMap((exponent) => around(2n ** BigInt(exponent))),
    ...range(1, 19).flatMap((exponent) => around(10n ** BigInt(exponent))),
    MOST - 1n,
    MOST,
  ]),
];

/** Where types and formats that are too narrow end. */
const EDGES: readonly bigint[] = [
  ...[1n, 1024n, 2n ** 15n, 2n ** 16n, 2n ** 24n, 2n ** 31n, 2n ** 32n, 2n ** 33n].flatMap(around),
  ...[2n ** 53n, 2n ** 54n, 2n ** 62n, 3n * 2n ** 61n].flatMap(around),
  MOST - 1n,
  MOST,
];

/** Streamable sizes of engines that stream nothing. */
export const RESIDENT: readonly bigint[] = [
  0n,
  ...[1n, 2n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 62n].map((size) => -size),
  -(2n ** 63n) + 1n,
  -(2n ** 63n),
];

/** Explicit budgets at and beside streamable sizes, by each way to give one. */
export function explicitSizes(): LazyCase[] {
  const clamped = SIZES.filter((size) => size > 0n).flatMap((streamable) =>
    [streamable - 1n, streamable, streamable + 1n, MOST].flatMap((budget) => given(budget, streamable)),
  );
  const whole = SIZES.flatMap((budget) => given(budget, MOST));
  const both = pairs(EDGES, EDGES).flatMap(([budget, streamable]) => given(budget, streamable));
  const resident = pairs(RESIDENT, [0n, 1n, 5n, 2n ** 32n, MOST]).flatMap(([streamable, budget]) =>
    given(budget, streamable),
  );
  return [...whole, ...clamped, ...both, ...resident];
}

/** Automatic budgets over all that 64 bits hold: accepted, refused once, and refused again. */
export function automaticSizes(): LazyCase[] {
  const answers = [...SIZES, ...SIZES.map((size) => -size), -(2n ** 63n)];
  const sizes = [1024n, 2n ** 53n + 1n, MOST];
  return [
    ...pairs([REFUSES_ONE, ACCEPTS, REFUSES], answers).map(
      ([setAnswers, automatic]): LazyCase =>
        () =>
          one({ streamable: MOST, automatic, setAnswers }),
    ),
    ...pairs(sizes, answers).map(
      ([streamable, automatic]): LazyCase =>
        () =>
          one({ streamable, automatic, setAnswers: REFUSES_ONE }),
    ),
    ...pairs(RESIDENT, [-1n, 0n, 1n, 512n, MOST]).map(
      ([streamable, automatic]): LazyCase =>
        () =>
          one({ streamable, automatic }),
    ),
    ...SIZES.filter((size) => size > 0n).map(
      (streamable): LazyCase =>
        () =>
          one({ streamable, automatic: streamable }),
    ),
  ];
}

/** Integers as options. */
export function integers(): LazyCase[] {
  const powers = range(0, 31).flatMap((exponent) => [2 ** exponent - 1, 2 ** exponent, 2 ** exponent + 1]);
  const values = [...powers, ...powers.map((value) => -value), -(2 ** 31)];
  return [...new Set(values.map((value) => value | 0))].flatMap((value): LazyCase[] =>
    [1024n, MOST].map(
      (streamable) => () => one({ streamable, specs: [spec('7')] }, [option({ type: 'int', value })]),
    ),
  );
}

/** A budget as option, as compile spec, and as an option that masks one; refused, too. */
function given(budget: bigint, streamable: bigint): LazyCase[] {
  if (budget > MOST) return [];
  const digits = String(budget);
  return [
    () => one({ streamable, specs: [spec(digits)] }),
    () => one({ streamable, specs: [spec('1')] }, [option(text(digits))]),
  ];
}

function around(size: bigint): bigint[] {
  return [size - 1n, size, size + 1n];
}
