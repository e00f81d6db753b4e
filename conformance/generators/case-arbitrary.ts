import fc, { type Arbitrary } from 'fast-check';
import { DRAWN_CALLS } from '../../reference/request/load-request.js';
import { BUDGET } from '../model/names.js';
import {
  BACKENDS,
  BUDGET_NUMBERS,
  FREE_BYTES,
  KEYS,
  MAX_BODY_BYTES,
  MAX_ZEROS,
  NEAR_BUDGETS,
  ODD_AUTOMATICS,
  ODD_BYTES,
  SIZES,
  ZERO_RUNS,
} from './domain.js';
import { METHOD_NAMES, SCRIPTS, STEP_KINDS, TROUBLES } from './generated-case.js';
import { ioArbitrary } from './io-arbitrary.js';
import type {
  GeneratedCase,
  GeneratedEngine,
  GeneratedEntry,
  GeneratedStep,
  GeneratedText,
  GeneratedValue,
} from './generated-case.js';

const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;
const ZERO = 0x30;

/** Steps of a sequence at most; a request holds no more than 255. */
const MOST_STEPS = 128;

/*
 * Every arbitrary here is structural: records, arrays, integers and choices, no mapping that cannot
 * be undone. So fast-check shrinks values that it did not make itself, those of the fast generator
 * among them. Of a choice, the first that could have made a value shrinks it: the widest range
 * stands first.
 */

/** Bytes at and beside the limits of a budget. */
export function textArbitrary(): Arbitrary<GeneratedText> {
  const digit = fc.integer({ min: ZERO, max: ZERO + 9 });
  const byte = fc.oneof(
    { arbitrary: digit, weight: 8 },
    fc.constantFrom(...ODD_BYTES),
    fc.integer({ min: 0, max: 255 }),
  );
  return fc.record({
    zeros: fc.oneof(
      fc.integer({ min: 0, max: MAX_ZEROS }),
      { arbitrary: fc.constant(0), weight: 6 },
      fc.constantFrom(...ZERO_RUNS),
    ),
    body: fc.oneof(
      bytes(fc.integer({ min: 0, max: 255 }), MAX_BODY_BYTES),
      { arbitrary: bytes(digit, 19), weight: 4 },
      { arbitrary: fc.constantFrom(...BUDGET_NUMBERS.map((number) => ascii(String(number)))), weight: 4 },
      { arbitrary: fc.constantFrom(...NEAR_BUDGETS.map(ascii)), weight: 2 },
      { arbitrary: bytes(byte, 8), weight: 3 },
    ),
  });
}

/** The whole domain of generated cases. */
export function caseArbitrary(): Arbitrary<GeneratedCase> {
  const options = fc.option(fc.array(entryArbitrary(), { maxLength: 9, size: 'small' }), { nil: null });
  return fc.record({
    engines: fc.array(engineArbitrary(), { minLength: 1, maxLength: 8, size: 'small' }),
    options,
    module: fc.option(fc.record({ options }), { nil: null, freq: 2 }),
    script: fc.constantFrom(...SCRIPTS),
    sequence: fc.option(sequenceArbitrary(), { nil: null, freq: 2 }),
    fault: fc.option(
      fc.record({ call: fc.constantFrom(...DRAWN_CALLS), occurrence: fc.integer({ min: 1, max: 4 }) }),
      { nil: null, freq: 2 },
    ),
    free: fc.constantFrom(...FREE_BYTES),
    minimal: fc.boolean(),
  });
}

/** Loads, executions and unloads of all methods, and options of the process, in any order. */
function sequenceArbitrary(): Arbitrary<readonly GeneratedStep[]> {
  const options = fc.option(fc.array(entryArbitrary(), { maxLength: 9, size: 'xsmall' }), { nil: null });
  const step = fc.record({
    op: fc.constantFrom(...STEP_KINDS),
    method: fc.integer({ min: 0, max: METHOD_NAMES.length - 1 }),
    options,
  });
  return fc.array(step, { minLength: 1, maxLength: MOST_STEPS, size: 'xsmall' });
}

function engineArbitrary(): Arbitrary<GeneratedEngine> {
  const spec = fc.record({ key: keyArbitrary(), value: textArbitrary() });
  return fc.record({
    specs: fc.array(spec, { maxLength: 3 }),
    streamable: sizeArbitrary(SIZES),
    automatic: sizeArbitrary([...SIZES, ...ODD_AUTOMATICS]),
    answers: fc.array(fc.boolean(), { maxLength: 3 }),
    trouble: fc.oneof({ arbitrary: fc.constant('none' as const), weight: 8 }, fc.constantFrom(...TROUBLES)),
    method: fc.integer({ min: 0, max: METHOD_NAMES.length - 1 }),
    inline: fc.boolean(),
    modelled: fc.boolean(),
    io: fc.oneof({ arbitrary: fc.constant(null), weight: 2 }, ioArbitrary()),
  });
}

function entryArbitrary(): Arbitrary<GeneratedEntry> {
  const option = fc.record({ key: keyArbitrary(), value: valueArbitrary() });
  return fc.record({
    options: fc.array(option, { maxLength: 9, size: 'small' }),
    backend: fc.oneof(
      { arbitrary: fc.constantFrom(...BACKENDS.slice(0, 1)), weight: 6 },
      fc.constantFrom(...BACKENDS),
    ),
    via: fc.constantFrom('builder' as const, 'span' as const),
  });
}

function valueArbitrary(): Arbitrary<GeneratedValue> {
  const int = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.constantFrom(0, -1, 5));
  return fc.oneof(
    fc.record({ type: fc.constant('int' as const), value: int }),
    fc.record({ type: fc.constant('bool' as const), value: fc.boolean() }),
    { arbitrary: fc.record({ type: fc.constant('string' as const), text: textArbitrary() }), weight: 3 },
    { arbitrary: fc.record({ type: fc.constant('array' as const), text: textArbitrary() }), weight: 2 },
  );
}

function keyArbitrary(): Arbitrary<string> {
  return fc.oneof({ arbitrary: fc.constant(BUDGET), weight: 6 }, fc.constantFrom(...KEYS));
}

function sizeArbitrary(limits: readonly bigint[]): Arbitrary<bigint> {
  return fc.oneof(
    fc.bigInt({ min: LEAST, max: GREATEST }),
    fc.bigInt({ min: 0n, max: 4096n }),
    fc.constantFrom(...limits),
  );
}

function bytes(byte: Arbitrary<number>, maxLength: number): Arbitrary<Uint8Array> {
  return fc.array(byte, { maxLength, size: 'max' }).map(
    (list) => Uint8Array.from(list),
    (value) => [...(value as Uint8Array)],
  );
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
