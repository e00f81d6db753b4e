import { BACKEND, BUDGET } from '../model/names.js';
import {
  type GeneratedCase,
  type GeneratedEngine,
  type GeneratedEntry,
  type GeneratedStep,
  type GeneratedValue,
  METHOD_NAMES,
  PLAIN_CASE,
  PLAIN_ENGINE,
} from './generated-case.js';

type Options = readonly GeneratedEntry[] | null;

/** The options of a load: none, an empty map, other keys, budgets, one that is refused. */
const MAPS: readonly Options[] = [
  null,
  [],
  map(text('301')),
  map(text('302')),
  map({ type: 'int', value: 303 }),
  map(text('4x')),
];
const PLAIN_MAPS = MAPS.slice(0, 4);

/** The longest sequence that is taken in steps of one, and longer ones: loads of one method. */
const LOADS = [...Array.from({ length: 17 }, (_, at) => at + 1), 24, 32, 33, 40];

/** Three methods: with a compile spec, with another, with none. */
const METHODS: readonly GeneratedEngine[] = [
  { ...PLAIN_ENGINE, specs: [{ key: BUDGET, value: digits('11') }] },
  { ...PLAIN_ENGINE, specs: [{ key: BUDGET, value: digits('22') }], method: 1, streamable: 2048n },
  { ...PLAIN_ENGINE, method: 2, streamable: 4096n, automatic: 33n },
];
const ALIKE = METHODS.map((engine) => ({ ...engine, streamable: 1024n, automatic: 512n }));

/**
 * The sequences that every run begins with: each three maps for three loads of a method, with and
 * without unloading between; the methods in each order, each with a map of its own, loaded again;
 * long runs of loads, by turns with and without options; executions before, between and behind;
 * budgets that are changed before, between and behind loads, and refused by each engine in turn.
 */
export function firstSequences(): GeneratedCase[] {
  return [...threeLoads(), ...threeMethods(), ...manyLoads(), ...orders(), ...executions(), ...changes()];
}

function threeLoads(): GeneratedCase[] {
  return triples(MAPS).flatMap((maps): GeneratedCase[] => {
    const [engine = PLAIN_ENGINE] = METHODS;
    return [
      sequence(
        [engine],
        maps.flatMap((options) => [load(0, options), unload(0)]),
      ),
      sequence(
        [PLAIN_ENGINE],
        maps.map((options) => load(0, options)),
      ),
    ];
  });
}

function threeMethods(): GeneratedCase[] {
  return triples(PLAIN_MAPS).flatMap((maps): GeneratedCase[] => {
    const loads = maps.map((options, method) => load(method, options));
    const again = maps.flatMap((options, at): GeneratedStep[] => [
      unload((at + 1) % METHOD_NAMES.length),
      load((at + 1) % METHOD_NAMES.length, options),
    ]);
    return [
      sequence(METHODS, [...loads, ...again]),
      sequence(ALIKE, [...loads, ...again]),
      { ...sequence(METHODS, [...loads, ...again]), module: { options: map(text('305')) } },
    ];
  });
}

/**
 * Loads of one method, each with a budget of its own; by turns without one; and with equal ones.
 */
function manyLoads(): GeneratedCase[] {
  const [engine = PLAIN_ENGINE] = METHODS;
  return LOADS.flatMap((count) =>
    [
      (at: number): Options => map(text(String(100 + at))),
      (at: number): Options => (at % 2 === 0 ? map(text(String(100 + at))) : null),
      (at: number): Options => (at % 3 === 2 ? map(text(String(100 + at))) : null),
      (at: number): Options => map(text(at === count - 1 ? '99' : '100')),
    ].map((options) =>
      sequence([engine], Array.from({ length: count }, (_, at) => [load(0, options(at)), unload(0)]).flat()),
    ),
  );
}

/** The methods in each order, loaded and then unloaded in each order. */
function orders(): GeneratedCase[] {
  const all = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const own = (method: number): GeneratedStep => load(method, PLAIN_MAPS[method + 1] ?? null);
  return all.flatMap((loads) =>
    all.map((unloads) =>
      sequence(METHODS, [
        ...loads.map(own),
        ...unloads.flatMap((method, at): GeneratedStep[] => [
          unload(method),
          load(method, PLAIN_MAPS[at] ?? null),
        ]),
      ]),
    ),
  );
}

/** Executions before a load, between two and after the end; the budget stays as it was set. */
function executions(): GeneratedCase[] {
  return [1, 2, 3, 8].flatMap((times) =>
    PLAIN_MAPS.flatMap((options) => {
      const runs = Array.from({ length: times }, () => execute(0));
      return [
        sequence(METHODS, [...runs, load(0, options), ...runs, unload(0), ...runs, load(0, null), ...runs]),
        sequence(METHODS, [
          load(0, options),
          load(1, null),
          ...runs,
          execute(1),
          unload(1),
          ...runs,
          load(0, null),
        ]),
        sequence(METHODS, [load(0, map(text('4x'))), ...runs, load(0, options), ...runs, load(2, options)]),
      ];
    }),
  );
}

/** What `set_option` is given: all that it takes and refuses. */
const CHANGES: readonly Options[] = [
  null,
  ...['', '0', '5', '11', '1024', '5000', '+5', '4x'].map((budget) => map(text(budget))),
  ...[{ type: 'int', value: 7 } as const, { type: 'int', value: -1 } as const].map(map),
  map({ type: 'bool', value: true }),
];

/** Answers to the load, to a change and to what takes it back. */
const ANSWERS: readonly (readonly boolean[])[] = [[], [true, false], [true, true, false]];

/** A budget that is set before, between and behind loads; engines that refuse it in turn. */
function changes(): GeneratedCase[] {
  const loads = [load(0, null), load(1, map(text('301'))), load(2, null)];
  const runs = [execute(0), execute(1), execute(2)];
  const both = CHANGES.flatMap((options) => [
    sequence(METHODS, [
      set(options),
      GET,
      ...loads,
      ...runs,
      set(map(text('9'))),
      set(options),
      GET,
      ...runs,
    ]),
    sequence(METHODS, [...loads, set(options), unload(1), set(map(text(''))), GET, load(1, null), ...runs]),
  ]);
  const refusals = METHODS.flatMap((_, at) =>
    ANSWERS.flatMap((before) =>
      ANSWERS.map((answers) => {
        const engines = METHODS.map((engine, n) => ({ ...engine, answers: n === at ? answers : before }));
        const again = [set(map(text('6'))), ...runs, unload(0), load(0, null), GET];
        return sequence(engines, [...loads, set(map(text('5'))), ...runs, ...again]);
      }),
    ),
  );
  return [...both, ...refusals];
}

function sequence(engines: readonly GeneratedEngine[], steps: readonly GeneratedStep[]): GeneratedCase {
  return { ...PLAIN_CASE, engines, sequence: steps };
}

function triples<T>(list: readonly T[]): [T, T, T][] {
  return list.flatMap((a) => list.flatMap((b) => list.map((c): [T, T, T] => [a, b, c])));
}

function load(method: number, options: Options): GeneratedStep {
  return { op: 'load', method, options };
}

function unload(method: number): GeneratedStep {
  return { op: 'unload', method, options: null };
}

function set(options: Options): GeneratedStep {
  return { op: 'set-option', method: 0, options };
}

const GET: GeneratedStep = { op: 'get-option', method: 0, options: null };

function execute(method: number): GeneratedStep {
  return { op: 'execute', method, options: null };
}

function map(value: GeneratedValue): readonly GeneratedEntry[] {
  return [{ backend: BACKEND, via: 'builder', options: [{ key: BUDGET, value }] }];
}

function text(value: string): GeneratedValue {
  return { type: 'string', text: digits(value) };
}

function digits(value: string): { readonly zeros: number; readonly body: Uint8Array } {
  return { zeros: 0, body: Uint8Array.from(value, (character) => character.charCodeAt(0)) };
}
