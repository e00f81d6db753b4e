import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { MAX_BUDGET } from '../rules/parse-budget.js';
import { paddedTo } from '../source/sparse-source.js';
import { craftFlatbuffer } from './craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from './flatbuffer-layout.js';
import { patchBudgets, patchedProgram, type BudgetEdit } from './patch-budgets.js';
import type { ProgramFile } from './program-file.js';
import type { DelegateSpec, ProgramSpec } from './program-spec.js';
import { readProgram } from './read-program.js';
import { composeProgram, writeProgram } from './write-program.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const spec = (key: string, value: string): DelegateSpec['compileSpecs'][number] => ({
  key,
  value: bytes(value),
});

/** What a program holds, without the places of its parts. */
function contentOf(file: Parameters<typeof readProgram>[0]): unknown {
  const { methods } = opened(file);
  return methods.map((method) => ({
    ...method,
    delegates: method.delegates.map(({ data, compileSpecs, ...more }) => ({
      ...more,
      data: data.ok ? [...data.value.read(0, 100)] : data.fault,
      specs: compileSpecs.ok ? compileSpecs.value.map(({ key, value }) => [key, [...value]]) : null,
    })),
  }));
}

function opened(file: Parameters<typeof readProgram>[0]): ProgramFile {
  const read = readProgram(file);
  if (!read.ok) throw new Error(read.fault.message);
  return read.program;
}

function patched(file: Uint8Array, ...edits: BudgetEdit[]): Uint8Array {
  const patch = patchBudgets(file, edits);
  return patchedProgram(file, patch).read(0, patch.size);
}

/** The program that a spec says, with other budgets. */
function edited(program: ProgramSpec, edits: readonly BudgetEdit[]): ProgramSpec {
  return {
    methods: program.methods.map((method) => ({
      ...method,
      delegates: method.delegates.map((delegate, at) => {
        const edit = edits.find((one) => one.method === method.name && one.delegate === at);
        return edit === undefined
          ? delegate
          : { ...delegate, compileSpecs: withBudget(delegate, edit.budget) };
      }),
    })),
  };
}

function withBudget({ compileSpecs }: DelegateSpec, budget: bigint | null): DelegateSpec['compileSpecs'] {
  const isBudget = ({ key }: { key: string }): boolean => key === BUDGET_KEY;
  const others = compileSpecs.filter((one) => !isBudget(one));
  if (budget === null) return others;
  const at = compileSpecs.findIndex(isBudget);
  const place = at < 0 ? others.length : at;
  return [...others.slice(0, place), spec(BUDGET_KEY, String(budget)), ...others.slice(place)];
}

const specs = fc.array(
  fc.record({
    key: fc.oneof(
      fc.constant(BUDGET_KEY),
      fc.constantFrom('target_device', '', 'weight_streaming_budgets', 'ключ'),
    ),
    value: fc.uint8Array({ maxLength: 40 }),
  }),
  { maxLength: 5 },
);
const delegates = fc.array(
  fc.record({
    backend: fc.constantFrom('TensorRTBackend', 'XnnpackBackend'),
    placement: fc.constantFrom('inline' as const, 'segment' as const),
    data: fc.uint8Array({ maxLength: 300 }),
    compileSpecs: specs,
  }),
  { maxLength: 4 },
);
const programs: fc.Arbitrary<ProgramSpec> = fc.record({
  methods: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('forward', 'a/b', 'prefill', 'décode'), delegates }),
    {
      selector: ({ name }) => name,
      minLength: 1,
      maxLength: 3,
    },
  ),
});
const budgets = fc.option(fc.oneof(fc.bigInt(0n, MAX_BUDGET), fc.constantFrom(0n, MAX_BUDGET)));
/** A program, and for some of its delegates another budget. */
const edits = programs.chain((program) => {
  const all = program.methods.flatMap(({ name, delegates: list }) =>
    list.map((_, delegate) => ({ method: name, delegate })),
  );
  return fc.record({
    program: fc.constant(program),
    edits: fc
      .tuple(fc.subarray(all), fc.array(budgets, { minLength: all.length, maxLength: all.length }))
      .map(([chosen, values]) => chosen.map((one, at) => ({ ...one, budget: values[at] ?? null }))),
  });
});

describe('patchBudgets', () => {
  it('gives the program that would have been written with these budgets', () => {
    fc.assert(
      fc.property(edits, ({ program, edits: given }) => {
        const file = patched(writeProgram(program), ...given);
        expect(contentOf(file)).toEqual(contentOf(writeProgram(edited(program, given))));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('moves segments by whole pages, as the extended header says, and not again', () => {
    fc.assert(
      fc.property(edits, ({ program, edits: given }) => {
        const before = writeProgram(program);
        const file = patched(before, ...given);
        const [old, now] = [opened(before), opened(file)];
        expect(Number(now.header?.segmentBase ?? 0n) % 4096).toBe(
          Number(old.header?.segmentBase ?? 0n) % 4096,
        );
        expect(now.header?.segmentDataSize).toBe(old.header?.segmentDataSize);
        const again = patchBudgets(file, given);
        expect(again.changes).toBe(false);
        expect(patchedProgram(file, again).read(0, again.size)).toEqual(file);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('sets and removes a budget, so that the program means what it did', () => {
    fc.assert(
      fc.property(edits, ({ program, edits: given }) => {
        const none = edited(
          program,
          given.map((edit) => ({ ...edit, budget: null })),
        );
        const file = writeProgram(none);
        const back = given.map((edit) => ({ ...edit, budget: null }));
        expect(contentOf(patched(patched(file, ...given), ...back))).toEqual(contentOf(file));
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('counts what stands behind a NUL as no part of a key', () => {
    const before = writeProgram(
      forward({ compileSpecs: [spec(`${BUDGET_KEY}\0x`, '1'), spec('k\0y', '2')] }),
    );
    const file = patched(before, { method: 'forward', delegate: 0, budget: 7n });
    expect(contentOf(file)).toMatchObject([
      {
        delegates: [
          {
            specs: [
              [BUDGET_KEY, [0x37]],
              ['k', [0x32]],
            ],
          },
        ],
      },
    ]);
    // The other key is there with all of its bytes.
    expect(Buffer.from(file).lastIndexOf('k\0y')).toBeGreaterThan(Buffer.from(before).lastIndexOf('k\0y'));
  });

  it('reads nothing of the segments of a large program', () => {
    const engine = paddedTo(60e9, Uint8Array.of(1));
    const source = composeProgram(forward({ data: engine, compileSpecs: [spec('other', 'x'.repeat(200))] }));
    const patch = patchBudgets(source, [{ method: 'forward', delegate: 0, budget: 2n ** 33n }]);
    expect(patch.head.length).toBeLessThan(2000);
    expect(patch.size - source.size).toBe(4096);
    const [before] = opened(source).methods[0]?.delegates ?? [];
    const [after] = opened(patchedProgram(source, patch)).methods[0]?.delegates ?? [];
    expect(after?.dataSize).toBe(before?.dataSize);
    expect(after?.data.ok === true && after.data.value.read(0, 2)).toEqual(Uint8Array.of(1, 0));
  });

  it.each([
    ['no such method', [], 'other', 0, 'there is no delegate 0 in a method "other"'],
    ['no such delegate', [], 'forward', 1, 'there is no delegate 1 in a method "forward"'],
  ])('refuses %s', (_, compileSpecs, method, delegate, message) => {
    const file = writeProgram(forward({ compileSpecs }));
    expect(() => patchBudgets(file, [{ method, delegate, budget: 1n }])).toThrow(message);
  });

  it('refuses what is not a program', () => {
    expect(() => patchBudgets(new Uint8Array(100), [])).toThrow('the identifier is');
    expect(() => patchBudgets(new Uint8Array(0), [])).toThrow('the file has 0 bytes');
  });

  it('refuses a delegate that has no list of compile specs', () => {
    const plan = {
      fields: [
        'forward',
        null,
        [],
        [],
        [],
        [],
        null,
        [{ fields: ['TensorRTBackend', { fields: [0, 0] }] }],
        [0n],
      ],
    };
    const file = craftFlatbuffer(
      PROGRAM_LAYOUT,
      { fields: [0, [plan], null, [], [], { fields: [0, [0n]] }] },
      'ET12',
    );
    expect(() => patchBudgets(file, [{ method: 'forward', delegate: 0, budget: 1n }])).toThrow(
      'a delegate of it was written without a list of compile specs',
    );
  });
});

function forward(delegate: Partial<DelegateSpec>): ProgramSpec {
  const own = {
    backend: 'TensorRTBackend',
    placement: 'segment' as const,
    data: bytes('blob'),
    compileSpecs: [],
  };
  return { methods: [{ name: 'forward', delegates: [{ ...own, ...delegate }] }] };
}
