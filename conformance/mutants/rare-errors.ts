import { STANDARD_RULES, type Rules } from '../../reference/index.js';
import { applyBudget } from '../../reference/rules/apply-budget.js';
import type { BudgetEngine } from '../../reference/rules/budget-engine.js';
import { BUDGET_KEY } from '../../reference/rules/budget-key.js';
import { cString, cText } from '../../reference/rules/c-string.js';
import { chooseBudget } from '../../reference/rules/choose-budget.js';
import type { DeliveredOption } from '../../reference/rules/delivered-option.js';
import type { CompileSpec } from '../../reference/rules/find-spec.js';
import { parseBudget, type ParsedBudget } from '../../reference/rules/parse-budget.js';

/**
 * Errors that show in few cases: at one size, one length, one count, one place. Each is the rules
 * of a delegate that makes it, by a word for it.
 */
export type RareErrors = Readonly<Record<string, Rules>>;

const MOST = 2n ** 63n - 1n;
const ZERO = 0x30;
const TOO_LARGE: ParsedBudget = { ok: false, fault: 'too-large', at: 0 };

/** How a budget's text is read wrongly. */
export const RARE_PARSERS: RareErrors = {
  ...each('refuses a text of more bytes than', [20, 31, 64, 127, 255, 256, 512, 1024, 4096, 32_768], (most) =>
    parsing((text) => (text.length > most ? TOO_LARGE : parseBudget(text))),
  ),
  ...each('refuses more leading zeros than', [1, 2, 5, 18, 19, 31, 63, 127, 200, 254], (most) =>
    parsing((text) => (zerosOf(text) > most ? TOO_LARGE : parseBudget(text))),
  ),
  ...each('refuses a text of so many digits:', [10, 15, 16, 17, 18, 19], (count) =>
    parsing((text) => (text.length === count ? TOO_LARGE : parseBudget(text))),
  ),
  ...each('does not look at the byte at place', [0, 1, 2, 8, 9, 17, 18, 63, 128, 254, 255], (at) =>
    parsing((text) =>
      parseBudget(text.map((byte, index) => (index === at && text.length > 1 ? ZERO : byte))),
    ),
  ),
  ...each('takes for a digit the byte', [0x2f, 0x3a, 0x2c, 0x5f, 0x27, 0xb0, 0xb7, 0xff, 0x0b, 0x7f], (odd) =>
    parsing((text) => parseBudget(text.map((byte) => (byte === odd ? ZERO + (odd & 7) : byte)))),
  ),
  'reads through a double': reading((budget) => BigInt(Number(budget))),
  'reads through a float': reading((budget) => BigInt(Math.fround(Number(budget)))),
  'refuses the largest budget': parsing((text) => {
    const parsed = parseBudget(text);
    return parsed.ok && parsed.budget === MOST ? TOO_LARGE : parsed;
  }),
  'takes 2^63 for the largest': parsing((text) => {
    const digits = Buffer.from(text).toString('latin1').replace(/^0+/, '');
    return digits === String(MOST + 1n) ? { ok: true, budget: MOST } : parseBudget(text);
  }),
  ...each('wraps at bit', [65, 66, 96, 128], (bits) =>
    parsing((text) => {
      const digits = Buffer.from(text).toString('latin1');
      if (!/^[0-9]+$/.test(digits) || BigInt(digits) < 2n ** BigInt(bits - 1)) return parseBudget(text);
      const budget = BigInt.asUintN(bits - 1, BigInt(digits));
      return budget <= MOST ? { ok: true, budget } : TOO_LARGE;
    }),
  ),
  'takes the high bit off each byte': parsing((text) => parseBudget(text.map((byte) => byte & 0x7f))),
};

/** How options and compile specs are looked for wrongly. */
export const RARE_CHOICES: RareErrors = {
  ...each('looks at so many options alone:', [1, 2, 3, 4, 7, 8, 9, 14], (most) =>
    optionsAs((options) => options.slice(0, most)),
  ),
  ...each('looks at so many compile specs alone:', [1, 2, 3, 4, 8, 15, 16, 32, 63, 128, 254], (most) =>
    specsAs((specs) => specs.slice(0, most)),
  ),
  ...each('accepts so many equal compile specs:', [2, 3, 4, 5, 6, 8, 9, 12, 16, 32, 255], (count) =>
    specsAs((specs) => (own(specs).length === count ? own(specs).slice(0, 1) : specs)),
  ),
  ...each('notices no duplicate further away than', [1, 2, 3, 4, 8, 16, 100], (most) =>
    specsAs((specs) => {
      const places = specs.flatMap((one, at) => (isOwn(one) ? [at] : []));
      const near = places.some((at, n) => n > 0 && at - (places[n - 1] ?? 0) <= most);
      return near ? specs : own(specs).slice(0, 1);
    }),
  ),
  'notices a duplicate of the first compile spec alone': duplicatesAt((specs) => specs[0]),
  'notices a duplicate of the last compile spec alone': duplicatesAt((specs) => specs.at(-1)),
  'notices no duplicate but of the last': specsAs((specs) => {
    const [last, ...others] = own(specs).reverse();
    return last !== undefined && isOwn(specs.at(-1)) ? [last, ...others] : own(specs).slice(0, 1);
  }),
  'compares all bytes of an option key': optionsAs((options) =>
    options.filter(({ key }) => key === cText(key)),
  ),
  ...each('compares so many letters of an option key:', [1, 8, 16, 20, 22], (count) =>
    optionsAs((options) =>
      options.map((one) => renamed(one, cText(one.key).startsWith(BUDGET_KEY.slice(0, count)))),
    ),
  ),
  'compares the end of an option key': optionsAs((options) =>
    options.map((one) => renamed(one, cText(one.key).endsWith(BUDGET_KEY))),
  ),
  'compares option keys without case': optionsAs((options) =>
    options.map((one) => renamed(one, cText(one.key).toLowerCase() === BUDGET_KEY)),
  ),
  'compares all bytes of a spec key': specsAs((specs) => specs.filter(({ key }) => key === cText(key))),
  ...each('compares so many letters of a spec key:', [1, 8, 16, 20, 22], (count) =>
    specsAs((specs) =>
      specs.map((one) => renamed(one, cText(one.key).startsWith(BUDGET_KEY.slice(0, count)))),
    ),
  ),
  'compares the end of a spec key': specsAs((specs) =>
    specs.map((one) => renamed(one, cText(one.key).endsWith(BUDGET_KEY))),
  ),
  'takes the last of more than two equal options': optionsAs((options) =>
    options.filter(({ key }) => cText(key) === BUDGET_KEY).length > 2 ? [...options].reverse() : options,
  ),
  ...each('cuts an option at byte', [20, 32, 63, 64, 127, 128, 254, 255], (most) =>
    optionsAs((options) =>
      options.map(({ key, value }) =>
        value.type === 'array'
          ? { key, value: { ...value, bytes: cString(value.bytes, most) } }
          : { key, value },
      ),
    ),
  ),
  ...each(
    'refuses a foreign compile spec of more bytes than',
    [255, 512, 1024, 4096, 32_767, 60_000],
    (most) =>
      specsAs((specs) => (specs.some(({ value }) => value.length > most) ? [...specs, ...BAD] : specs)),
  ),
  ...each('refuses more compile specs than', [4, 8, 16, 32, 64, 128, 254], (most) =>
    specsAs((specs) => (specs.length > most ? [...specs, ...BAD] : specs)),
  ),
  ...each('refuses an integer of more than', [24, 2 ** 15 - 1, 2 ** 16, 2 ** 24, 2 ** 30], (most) =>
    optionsAs((options) =>
      options.map(({ key, value }) =>
        value.type === 'int' && value.value > most
          ? { key, value: { type: 'bool', value: true } }
          : { key, value },
      ),
    ),
  ),
};

const BAD: readonly CompileSpec[] = [
  { key: BUDGET_KEY, value: new Uint8Array(0) },
  { key: BUDGET_KEY, value: new Uint8Array(0) },
];

/** Sizes at which a comparison may be off by one. */
const SIZES: readonly bigint[] = [
  ...[7n, 8n, 15n, 16n, 24n, 31n, 32n, 33n, 40n, 52n, 53n, 61n, 62n].flatMap((bits) => [
    2n ** bits - 1n,
    2n ** bits,
    2n ** bits + 1n,
  ]),
  MOST,
];

/** How a budget is applied wrongly at one size. */
export const RARE_APPLICATIONS: RareErrors = {
  ...each('clamps one byte too low at', SIZES, (size) =>
    setting((budget, engine) =>
      engine.getStreamableWeightsSize() === size && budget === size ? budget - 1n : budget,
    ),
  ),
  ...each('passes on one byte too much at', SIZES.slice(0, -1), (size) =>
    applying((choice, engine, ...rest) =>
      choice.kind === 'explicit' && engine.getStreamableWeightsSize() === size && choice.budget > size
        ? applyBudget(choice, withSizes(engine, size + 1n), ...rest)
        : applyBudget(choice, engine, ...rest),
    ),
  ),
  ...each('does not clamp to a size above', [2n ** 31n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 62n], (size) =>
    applying((choice, engine, ...rest) =>
      engine.getStreamableWeightsSize() > size
        ? applyBudget(choice, withSizes(engine, MOST), ...rest)
        : applyBudget(choice, engine, ...rest),
    ),
  ),
  ...each('takes for resident a size above', [2n ** 31n - 1n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 62n], (size) =>
    applying((choice, engine, ...rest) =>
      applyBudget(choice, engine.getStreamableWeightsSize() > size ? withSizes(engine, 0n) : engine, ...rest),
    ),
  ),
  'sets budgets through a double': setting((budget) => BigInt(Number(budget))),
  'sets budgets through 32 bits': setting((budget) => BigInt.asIntN(32, budget)),
  ...each('takes a negative size for a large one below', [-1n, -(2n ** 31n), -(2n ** 62n)], (size) =>
    applying((choice, engine, ...rest) =>
      engine.getStreamableWeightsSize() <= size
        ? applyBudget(choice, withSizes(engine, MOST), ...rest)
        : applyBudget(choice, engine, ...rest),
    ),
  ),
};

/** How an automatic budget is applied wrongly. */
export const RARE_AUTOMATICS: RareErrors = {
  'sets automatic budgets through a double': automatically((budget) => BigInt(Number(budget))),
  'sets automatic budgets through 32 bits': automatically((budget) => BigInt.asIntN(32, budget)),
  'sets the size of an automatic budget': automatically((budget) => (budget < 0n ? -budget : budget)),
  ...each('sets one byte less for the automatic budget', SIZES, (size) =>
    automatically((budget) => (budget === size ? budget - 1n : budget)),
  ),
  ...each(
    'has no fallback from',
    [-(2n ** 63n), -(2n ** 62n), -(2n ** 31n), -1n, 0n, 2n ** 53n + 1n, MOST],
    (size) => ({
      ...STANDARD_RULES,
      automaticBudget: {
        ...STANDARD_RULES.automaticBudget,
        *upstream(engine) {
          const budget = engine.getWeightStreamingAutomaticBudget();
          if (engine.setWeightStreamingBudgetV2(budget)) yield budget;
          else if (budget !== size && engine.setWeightStreamingBudgetV2(0n)) yield 0n;
        },
      },
    }),
  ),
};

/** How the engines of a load are told apart wrongly. */
export const RARE_ENGINES: RareErrors = {
  ...each('ignores the option from engine', [1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 33, 62, 63], (first) => ({
    ...STANDARD_RULES,
    optionsOf: (options, engine) => (engine >= first ? [] : options),
  })),
  ...each('ignores the option for engine', [0, 1, 2, 5, 9, 32, 63], (at) => ({
    ...STANDARD_RULES,
    optionsOf: (options, engine) => (engine === at ? [] : options),
  })),
  'takes a total that 64 bits do not hold for none': {
    ...STANDARD_RULES,
    shareBudget: (choice, spent) =>
      choice.kind === 'explicit' && spent + choice.budget > MOST ? { ...choice, budget: 0n } : choice,
  },
  ...each('takes as used up a total above', [2n ** 31n, 2n ** 32n, 2n ** 62n], (most) => ({
    ...STANDARD_RULES,
    shareBudget: (choice, spent) =>
      choice.kind === 'explicit' && spent > most ? { ...choice, budget: 0n } : choice,
  })),
};

function each<T>(what: string, values: readonly T[], make: (value: T) => Rules): RareErrors {
  return Object.fromEntries(values.map((value) => [`${what} ${String(value)}`, make(value)]));
}

function parsing(parse: (text: Uint8Array) => ParsedBudget): Rules {
  return { ...STANDARD_RULES, parseBudget: (text) => (text === null ? parseBudget(null) : parse(text)) };
}

function reading(change: (budget: bigint) => bigint): Rules {
  return parsing((text) => {
    const parsed = parseBudget(text);
    return parsed.ok ? { ok: true, budget: change(parsed.budget) } : parsed;
  });
}

function zerosOf(text: Uint8Array): number {
  const end = text.findIndex((byte) => byte !== ZERO);
  return end < 0 ? text.length : end;
}

function optionsAs(change: (options: readonly DeliveredOption[]) => readonly DeliveredOption[]): Rules {
  return { ...STANDARD_RULES, chooseBudget: (options, ...rest) => chooseBudget(change(options), ...rest) };
}

function specsAs(change: (specs: readonly CompileSpec[]) => readonly CompileSpec[]): Rules {
  return {
    ...STANDARD_RULES,
    chooseBudget: (options, specs, ...rest) => chooseBudget(options, change(specs), ...rest),
  };
}

/** A duplicate is noticed only where the compile spec at a place is the budget. */
function duplicatesAt(place: (specs: readonly CompileSpec[]) => CompileSpec | undefined): Rules {
  return specsAs((specs) => (isOwn(place(specs)) ? specs : own(specs).slice(0, 1)));
}

function own(specs: readonly CompileSpec[]): CompileSpec[] {
  return specs.filter(isOwn);
}

function isOwn(spec: CompileSpec | undefined): boolean {
  return spec !== undefined && cText(spec.key) === BUDGET_KEY;
}

function renamed<T extends { readonly key: string }>(one: T, isBudget: boolean): T {
  return isBudget ? { ...one, key: BUDGET_KEY } : one;
}

function applying(apply: typeof applyBudget): Rules {
  return { ...STANDARD_RULES, applyBudget: apply };
}

function setting(change: (budget: bigint, engine: BudgetEngine) => bigint): Rules {
  return applying((choice, engine, ...rest) => {
    if (choice.kind === 'automatic') return applyBudget(choice, engine, ...rest);
    const changed: BudgetEngine = {
      ...withSizes(engine, engine.getStreamableWeightsSize()),
      setWeightStreamingBudgetV2: (budget, because) =>
        engine.setWeightStreamingBudgetV2(change(budget, engine), because),
    };
    return applyBudget(choice, changed, ...rest);
  });
}

function automatically(change: (budget: bigint) => bigint): Rules {
  return {
    ...STANDARD_RULES,
    automaticBudget: {
      ...STANDARD_RULES.automaticBudget,
      *upstream(engine) {
        const budget = change(engine.getWeightStreamingAutomaticBudget());
        if (engine.setWeightStreamingBudgetV2(budget)) yield budget;
        else if (engine.setWeightStreamingBudgetV2(0n)) yield 0n;
      },
    },
  };
}

function withSizes(engine: BudgetEngine, streamable: bigint): BudgetEngine {
  return {
    getStreamableWeightsSize: () => streamable,
    getWeightStreamingAutomaticBudget: (because) => engine.getWeightStreamingAutomaticBudget(because),
    setWeightStreamingBudgetV2: (budget, because) => engine.setWeightStreamingBudgetV2(budget, because),
  };
}
