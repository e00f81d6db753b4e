import { describe, expect, it } from 'vitest';
import { runReference, STANDARD_RULES, type Rules } from '../../reference/index.js';
import { applyBudget } from '../../reference/rules/apply-budget.js';
import { parseBudget, type ParsedBudget } from '../../reference/rules/parse-budget.js';
import type { DeliveredOption } from '../../reference/rules/delivered-option.js';
import { firstSequences } from '../generators/first-sequences.js';
import { loadRequests } from '../generators/load-requests.js';
import { encodedOutcome } from '../wire/encode-outcome.js';

/** Makes the rules of a delegate that keeps something, for one process. */
type Keeping = () => Rules;

/**
 * Options of the n-th load, from 1, in place of those that are given; `earlier` holds all before.
 */
function onLoad(
  change: (
    own: readonly DeliveredOption[],
    load: number,
    earlier: (readonly DeliveredOption[])[],
  ) => readonly DeliveredOption[],
): Keeping {
  return () => {
    const earlier: (readonly DeliveredOption[])[] = [];
    let load = 0;
    return {
      ...STANDARD_RULES,
      optionsOf: (own, engine) => {
        if (engine === 0) {
          load++;
          earlier.push(own);
        }
        return change(own, load, earlier);
      },
    };
  };
}

/** Budgets that are kept by something of the engine or the choice, and given again. */
function keptBy(key: (streamable: bigint, budget: bigint) => string): Keeping {
  return () => {
    const kept = new Map<string, bigint>();
    return {
      ...STANDARD_RULES,
      applyBudget: (choice, engine, ...rest) => {
        if (choice.kind === 'automatic') return applyBudget(choice, engine, ...rest);
        const own = key(engine.getStreamableWeightsSize(), choice.budget);
        const budget = kept.get(own) ?? choice.budget;
        kept.set(own, budget);
        return applyBudget({ ...choice, budget }, engine, ...rest);
      },
    };
  };
}

/** Texts that are read once for each key, and taken from there afterwards. */
function readOnce(key: (text: Uint8Array) => string): Keeping {
  return () => {
    const kept = new Map<string, ParsedBudget>();
    return {
      ...STANDARD_RULES,
      parseBudget: (text) => {
        if (text === null) return parseBudget(text);
        const parsed = kept.get(key(text)) ?? parseBudget(text);
        kept.set(key(text), parsed);
        return parsed;
      },
    };
  };
}

const COUNTS = [2, 3, 4, 5, 8, 12, 16, 17, 32];

const ERRORS: readonly (readonly [name: string, keeping: Keeping])[] = [
  ...COUNTS.map(
    (n) =>
      [
        `load ${n} has the options of the first`,
        onLoad((own, load, earlier) => (load === n ? (earlier[0] ?? own) : own)),
      ] as const,
  ),
  ...COUNTS.map(
    (n) =>
      [
        `load ${n} has the options of the one before`,
        onLoad((own, load, earlier) => (load === n ? (earlier[load - 2] ?? own) : own)),
      ] as const,
  ),
  ...COUNTS.map(
    (n) => [`load ${n} ignores its options`, onLoad((own, load) => (load === n ? [] : own))] as const,
  ),
  ['even loads ignore their options', onLoad((own, load) => (load % 2 === 0 ? [] : own))],
  ['each third load ignores its options', onLoad((own, load) => (load % 3 === 0 ? [] : own))],
  [
    'loads from the third on have the options of the first',
    onLoad((own, load, [first = own]) => (load >= 3 ? first : own)),
  ],
  [
    'a load without options has the last that there were',
    onLoad((own, _, earlier) => (own.length > 0 ? own : (earlier.findLast((one) => one.length > 0) ?? own))),
  ],
  [
    'a load without options has the first that there were',
    onLoad((own, _, earlier) => (own.length > 0 ? own : (earlier.find((one) => one.length > 0) ?? own))),
  ],
  [
    'a load after one with options ignores its own',
    onLoad((own, load, earlier) => ((earlier[load - 2]?.length ?? 0) > 0 ? [] : own)),
  ],
  ['a budget is kept by the streamable size', keptBy((streamable) => String(streamable))],
  ['a budget is kept by the number of its digits', keptBy((_, budget) => String(String(budget).length))],
  ['one budget is kept for all', keptBy(() => '')],
  ['a text is read once for each length', readOnce((text) => String(text.length))],
  ['a text is read once for each first byte', readOnce((text) => String(text[0]))],
  ['a text is read once for each last byte', readOnce((text) => String(text.at(-1)))],
];

const REQUESTS = loadRequests(firstSequences());
const RIGHT = REQUESTS.map((request) => Buffer.from(encodedOutcome(runReference(request))));

describe('what a delegate keeps from one load to another shows in the first sequences of every run', () => {
  it.each(ERRORS)('%s', (_, keeping) => {
    const found = REQUESTS.some((request, at) => {
      const own = encodedOutcome(runReference(request, { rules: keeping() }));
      return RIGHT[at]?.equals(own) === false;
    });
    expect(found).toBe(true);
  });
});
