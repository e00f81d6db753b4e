import type { DecisionEngine } from '../../../reference/rules/decide.js';
import type { DeliveredOption } from '../../../reference/rules/delivered-option.js';
import {
  ACCEPTS,
  engine,
  type LazyCase,
  MOST,
  option,
  pairs,
  range,
  REFUSES,
  REFUSES_ONE,
  spec,
  text,
} from './decision-parts.js';
import { VALUES } from './option-lists.js';

/** Engines that a record holds at most. */
const MOST_ENGINES = 64;

/** Every way in which the budget of an engine can come about, or not. */
export const ENGINES: readonly DecisionEngine[] = [
  engine({ specs: [spec('7')] }),
  engine({ specs: [spec('5000')] }),
  engine({ specs: [spec('0')] }),
  engine(),
  engine({ setAnswers: REFUSES_ONE }),
  engine({ streamable: 0n, specs: [spec('7')] }),
  engine({ streamable: -1n }),
  engine({ streamable: MOST, automatic: MOST, specs: [spec(String(MOST))] }),
  engine({ specs: [spec('7x')] }),
  engine({ specs: [spec('7'), spec('7')] }),
  engine({ setAnswers: REFUSES }),
  engine({ specs: [spec('7')], setAnswers: REFUSES }),
  engine({ streamable: 0n, specs: [spec('7x')] }),
];

/**
 * One that is not as the others, at the first, the last and a middle place of each number of
 * engines.
 */
export function engineCounts(): LazyCase[] {
  return range(1, MOST_ENGINES + 1).flatMap((count) => [
    () => ({ options: [], engines: equal(count) }),
    () => ({ options: [option(text('5'))], engines: own(count) }),
    () => ({ options: [], engines: own(count) }),
    () => ({ options: [option(text('7x'))], engines: own(count) }),
    ...pairs([...new Set([0, count >> 1, count - 1])], [0, 5, 7, 8, 11]).map(([at, kind]): LazyCase => {
      return () => ({ options: [], engines: replaced(own(count), at, kind) });
    }),
    ...[0, count - 1].map((at): LazyCase => {
      return () => ({ options: [option(text('5'))], engines: replaced(own(count), at, 11) });
    }),
  ]);
}

/** One that is not as the others at each place of as many engines as there can be. */
export function enginePlaces(): LazyCase[] {
  return pairs(range(0, MOST_ENGINES), [0, 5, 7, 8, 10]).map(([at, kind]): LazyCase => {
    return () => ({ options: [], engines: replaced(equal(MOST_ENGINES), at, kind) });
  });
}

/** Each two kinds of engine side by side, with each kind of option and with none. */
export function enginePairs(): LazyCase[] {
  const lists: (readonly DeliveredOption[])[] = [[], ...VALUES.map((value) => [option(value)])];
  return pairs(pairs(ENGINES, ENGINES), lists).map(([engines, options]): LazyCase => () => ({
    options,
    engines,
  }));
}

/** Engines whose sizes together are more than 64 bits hold. */
export function engineSums(): LazyCase[] {
  const sizes = [2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 61n, 2n ** 62n, MOST];
  return pairs(sizes, [2, 3, 4, 5, 8, 9, 64]).flatMap(([streamable, count]): LazyCase[] => {
    const all = (parts: Partial<DecisionEngine>): DecisionEngine[] =>
      range(0, count).map(() => engine({ streamable, automatic: streamable, ...parts }));
    return [
      () => ({ options: [], engines: all({}) }),
      () => ({ options: [option(text(String(streamable - 1n)))], engines: all({}) }),
      () => ({ options: [], engines: all({ specs: [spec(String(MOST))] }) }),
    ];
  });
}

/** All answers that TensorRT can give to the sets of an engine. */
export function setAnswers(): LazyCase[] {
  return range(0, 256).flatMap((mask): LazyCase[] => {
    const answers = ACCEPTS.map((_, at) => ((mask >> at) & 1) === 1);
    return [[], [spec('700')], [spec('0')]].map((specs) => () => ({
      options: [],
      engines: [engine({ setAnswers: answers, specs }), engine({ specs: [spec('3')] })],
    }));
  });
}

function equal(count: number): DecisionEngine[] {
  return range(0, count).map(() => engine());
}

/** Engines each with a size and a budget of its own. */
function own(count: number): DecisionEngine[] {
  return range(0, count).map((at) =>
    engine({ streamable: 1000n + BigInt(at), automatic: BigInt(at), specs: [spec(String(100 + at))] }),
  );
}

function replaced(engines: readonly DecisionEngine[], at: number, kind: number): DecisionEngine[] {
  return engines.map((one, index) => (index === at ? (ENGINES[kind] ?? one) : one));
}
