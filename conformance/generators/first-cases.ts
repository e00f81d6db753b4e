import { BACKEND, BUDGET } from '../model/names.js';
import { BUDGET_NUMBERS, NEAR_BUDGETS, ODD_BYTES, ZERO_RUNS } from './domain.js';
import { firstSequences } from './first-sequences.js';
import {
  type GeneratedCase,
  type GeneratedEngine,
  type GeneratedSpec,
  type GeneratedText,
  type GeneratedValue,
  PLAIN_CASE,
  PLAIN_ENGINE,
} from './generated-case.js';

const ALL = 2n ** 63n - 1n;

/**
 * The cases that every run begins with, whatever its seed: the whole lattice of option by compile
 * spec by streamable size, then every boundary of a budget through both channels, then sequences of
 * loads.
 */
export function firstCases(): GeneratedCase[] {
  return [...lattice(), ...boundaries(), ...firstSequences()];
}

function lattice(): GeneratedCase[] {
  const options: (GeneratedValue | null)[] = [
    null,
    string(''),
    string('5'),
    string('5x'),
    { type: 'int', value: 5 },
    { type: 'int', value: 0 },
    { type: 'int', value: -5 },
    { type: 'bool', value: true },
    { type: 'bool', value: false },
  ];
  const specs: (readonly GeneratedSpec[])[] = [
    [],
    [spec('7')],
    [spec('7x')],
    [spec('7'), spec('7')],
    [spec('7'), spec('x')],
    [{ key: 'target_device', value: text('x') }, spec('7'), { key: 'a', value: text('9') }],
  ];
  return [0n, 1024n].flatMap((streamable) =>
    specs.flatMap((own) => options.map((value) => oneEngine({ streamable, specs: own }, value))),
  );
}

function boundaries(): GeneratedCase[] {
  const numbers = BUDGET_NUMBERS.map((number) => text(String(number)));
  const zeros = ZERO_RUNS.map((run) => ({ ...text('42'), zeros: run }));
  const odd = ODD_BYTES.flatMap((byte) => [
    { zeros: 0, body: Uint8Array.of(byte, 0x35) },
    { zeros: 0, body: Uint8Array.of(0x35, byte) },
  ]);
  const near = NEAR_BUDGETS.map(text);
  return [...numbers, ...zeros, ...near, ...odd].flatMap((value) => [
    oneEngine({ streamable: ALL, specs: [{ key: BUDGET, value }] }, null),
    oneEngine({ streamable: ALL, specs: [] }, { type: 'string', text: value }),
    oneEngine({ streamable: ALL, specs: [] }, { type: 'array', text: value }),
  ]);
}

function oneEngine(
  own: Pick<GeneratedEngine, 'streamable' | 'specs'>,
  value: GeneratedValue | null,
): GeneratedCase {
  const engines = [{ ...PLAIN_ENGINE, ...own }];
  if (value === null) return { ...PLAIN_CASE, engines };
  const via = value.type === 'array' ? 'span' : 'builder';
  return {
    ...PLAIN_CASE,
    engines,
    options: [{ options: [{ key: BUDGET, value }], backend: BACKEND, via }],
  };
}

function spec(value: string): GeneratedSpec {
  return { key: BUDGET, value: text(value) };
}

function string(value: string): GeneratedValue {
  return { type: 'string', text: text(value) };
}

function text(value: string): GeneratedText {
  return { zeros: 0, body: Uint8Array.from(value, (character) => character.charCodeAt(0)) };
}
