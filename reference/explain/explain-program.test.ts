import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlobMetadata } from '../blob/blob-metadata.js';
import { encodeBlob } from '../blob/encode-blob.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan, type Plan } from '../plan/plan.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { CONTEXT_MARGIN } from '../rules/fitting-budget.js';
import { craftFlatbuffer } from '../program/craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from '../program/flatbuffer-layout.js';
import type { DelegateSpec, MethodSpec } from '../program/program-spec.js';
import { writeProgram } from '../program/write-program.js';
import type { OptionsMap, OptionValue } from '../request/load-request.js';
import { explainProgram, type ExplainContext } from './explain-program.js';
import type { DelegateExplanation, Explanation } from './explanation.js';
import type { Finding } from './finding.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Engine extends Partial<Plan> {
  specs?: [key: string, value: string][];
  metadata?: Partial<BlobMetadata>;
  data?: Uint8Array;
  backend?: string;
}
const delegate = ({ specs = [], metadata, data, backend, ...plan }: Engine = {}): DelegateSpec => ({
  backend: backend ?? 'TensorRTBackend',
  placement: 'segment',
  data: data ?? encodeBlob({ metadata: metadata ?? {}, engine: encodePlan(scriptedPlan(plan)) }),
  compileSpecs: specs.map(([key, value]) => ({ key, value: bytes(value) })),
});
const method = (name: string, ...engines: Engine[]): MethodSpec => ({
  name,
  delegates: engines.map(delegate),
});
const program = (...engines: Engine[]): Uint8Array =>
  writeProgram({ methods: [method('forward', ...engines)] });
const budget = (...values: string[]): Pick<Engine, 'specs'> => ({
  specs: values.map((value) => [BUDGET_KEY, value]),
});
const option = (value: OptionValue, key: string = BUDGET_KEY, backend = 'TensorRTBackend'): OptionsMap => [
  { backend, via: 'span', options: [{ key, value }] },
];
const string = (value: string): OptionValue => ({ type: 'string', bytes: bytes(value) });

type Program = Extract<Explanation, { kind: 'program' }>;
function explain(file: Uint8Array, options: OptionsMap | null = null, context: ExplainContext = {}): Program {
  const explanation = explainProgram(file, options, context);
  if (explanation.kind !== 'program') throw new Error(explanation.fault.message);
  return explanation;
}
function only(explanation: Program): DelegateExplanation {
  const first = explanation.methods[0]?.delegates[0];
  if (first === undefined) throw new Error('there is no delegate');
  return first;
}
const codes = (findings: readonly Finding[]): string[] =>
  findings.map(({ level, clause }) => `${level} ${clause ?? '-'}`);

describe('the budget of a delegate', () => {
  it.each<[string, Engine, OptionsMap | null, object, string[]]>([
    ['nothing given', {}, null, { kind: 'automatic', effect: { kind: 'applied', budget: 512n } }, []],
    [
      'a compile spec',
      budget('100'),
      null,
      {
        kind: 'explicit',
        source: 'compile-spec',
        requested: 100n,
        effect: { kind: 'applied', budget: 100n },
      },
      [],
    ],
    [
      'more than can stream',
      budget('9999'),
      null,
      { requested: 9999n, effect: { kind: 'applied', budget: 1024n } },
      ['note WSB-APPLY-01'],
    ],
    [
      'an option',
      budget('100'),
      option(string('7')),
      { source: 'option', requested: 7n },
      ['note WSB-PREC-01'],
    ],
    ['an option alone', {}, option({ type: 'int', value: 7 }), { source: 'option', requested: 7n }, []],
    [
      'an option over a bad spec',
      budget('x'),
      option(string('7')),
      { source: 'option' },
      ['warning WSB-PREC-02', 'warning WSB-EXPORT-01'],
    ],
    [
      'an option over two specs',
      budget('1', '1'),
      option(string('7')),
      { source: 'option' },
      ['warning WSB-PREC-03', 'warning WSB-EXPORT-02'],
    ],
    [
      'an empty option',
      budget('100'),
      option(string('')),
      { source: 'compile-spec' },
      ['warning WSB-OPT-05'],
    ],
    [
      'a malformed option',
      budget('100'),
      option(string('+7')),
      { kind: 'rejected', source: 'option' },
      ['error WSB-OPT-09', 'error WSB-PARSE-03'],
    ],
    [
      'a negative option',
      {},
      option({ type: 'int', value: -1 }),
      { kind: 'rejected', source: 'option' },
      ['error WSB-OPT-03'],
    ],
    [
      'a bool option',
      {},
      option({ type: 'bool', value: true }),
      { kind: 'rejected', source: 'option' },
      ['error WSB-OPT-04'],
    ],
    [
      'an empty spec',
      budget(''),
      null,
      { kind: 'rejected' },
      ['error WSB-PREC-07', 'error WSB-PARSE-05', 'warning WSB-EXPORT-01'],
    ],
    [
      'a spec with a blank',
      budget('1 '),
      null,
      { kind: 'rejected' },
      ['error WSB-PREC-07', 'error WSB-PARSE-04', 'warning WSB-EXPORT-01'],
    ],
    [
      'a spec with a NUL',
      budget('1\0'),
      null,
      { kind: 'rejected' },
      ['error WSB-PREC-07', 'error WSB-PARSE-08', 'warning WSB-EXPORT-01'],
    ],
    [
      'a spec that is too large',
      budget('9223372036854775808'),
      null,
      { kind: 'rejected' },
      ['error WSB-PREC-07', 'error WSB-PARSE-06', 'warning WSB-EXPORT-01'],
    ],
    [
      'a spec in words',
      budget('auto'),
      null,
      { kind: 'rejected' },
      ['error WSB-PREC-07', 'error WSB-PARSE-07', 'warning WSB-EXPORT-01'],
    ],
    ['a spec with leading zeros', budget('007'), null, { requested: 7n }, ['warning WSB-EXPORT-01']],
    [
      'two specs',
      budget('1', '1'),
      null,
      { kind: 'rejected' },
      ['error WSB-PREC-06', 'warning WSB-EXPORT-02'],
    ],
    [
      'a resident engine',
      { ...budget('5'), streamable: 0n },
      null,
      { effect: { kind: 'none' } },
      ['warning WSB-APPLY-07'],
    ],
    [
      'a resident engine and nothing given',
      { streamable: 0n },
      null,
      { kind: 'automatic', effect: { kind: 'none' } },
      [],
    ],
    [
      'a refusal',
      { ...budget('5'), setDefault: false },
      null,
      { effect: { kind: 'refused' } },
      ['error WSB-APPLY-03'],
    ],
    [
      'an automatic refusal',
      { setDefault: false },
      null,
      { effect: { kind: 'refused' } },
      ['error WSB-APPLY-06'],
    ],
    [
      'a modelled engine',
      { kind: 'modelled' },
      null,
      { effect: { kind: 'depends', rule: 'clamp(free device memory - 4 * activations, 0, streamable)' } },
      [],
    ],
    [
      'a modelled engine that is resident',
      { kind: 'modelled', streamable: 0n },
      null,
      { effect: { kind: 'none' } },
      [],
    ],
    [
      'a modelled engine and a spec',
      { ...budget('5'), kind: 'modelled' },
      null,
      { effect: { kind: 'applied', budget: 5n } },
      [],
    ],
    ['no engine', { deserializes: false }, null, { kind: 'automatic' }, ['error WSB-FAIL-02']],
    ['no context', { createsContext: false }, null, { kind: 'automatic' }, ['error WSB-FAIL-03']],
  ])('with %s', (_, engine, options, expected, findings) => {
    const explained = only(explain(program(engine), options, { policy: 'upstream' }));
    expect(explained.budget).toMatchObject(expected);
    expect(codes(explained.findings)).toEqual(findings);
  });

  it.each<[string, Engine, ExplainContext, object]>([
    [
      'free memory unknown',
      {},
      {},
      { kind: 'depends', rule: /beside the execution context.* 5242880 bytes/ },
    ],
    ['free memory unknown to TensorRT', {}, { policy: 'upstream' }, { kind: 'applied', budget: 512n }],
    ['plenty free', {}, { freeBytes: 2n ** 30n }, { kind: 'applied', budget: 1024n }],
    ['too little free', {}, { freeBytes: 100n }, { kind: 'applied', budget: 0n }],
    ['part of it free', {}, { freeBytes: CONTEXT_MARGIN + 700n }, { kind: 'applied', budget: 1024n }],
    [
      'part of it free for more than that',
      { streamable: CONTEXT_MARGIN, scratch: 0n, activations: 0n },
      { freeBytes: CONTEXT_MARGIN + 700n },
      { kind: 'applied', budget: 700n },
    ],
    [
      'free memory that TensorRT reads',
      { kind: 'modelled', activations: 100n },
      { policy: 'upstream', freeBytes: 900n },
      { kind: 'applied', budget: 500n },
    ],
    ['an engine that streams nothing', { streamable: 0n }, {}, { kind: 'none' }],
    ['an explicit budget', budget('5'), { freeBytes: 1n }, { kind: 'applied', budget: 5n }],
  ])('of %s is told by the policy', (_, engine, context, effect) => {
    const explanation = explain(program(engine), null, context);
    expect(explanation.policy).toBe(context.policy ?? 'fitting');
    const wanted =
      'rule' in effect ? { ...effect, rule: expect.stringMatching(effect.rule as RegExp) as string } : effect;
    expect(only(explanation).budget).toMatchObject({ effect: wanted });
  });

  it.each([
    ['fitting', /beside the execution context/],
    ['upstream', /TensorRT's automatic budget/],
  ] as const)('of an engine that nobody here knows follows the rule of the policy %s', (policy, rule) => {
    const file = program({ data: encodeBlob({ engine: bytes('a TensorRT plan') }) });
    expect(only(explain(file, null, { policy })).budget).toMatchObject({
      effect: { kind: 'depends', rule: expect.stringMatching(rule) as string },
    });
  });

  it('depends on an engine that nobody here knows', () => {
    const file = program({ data: encodeBlob({ engine: bytes('a TensorRT plan') }), ...budget('5') });
    const unknown = only(explain(file));
    expect(unknown.blob?.engine).toEqual({ kind: 'unknown', streamable: null });
    expect(unknown.budget).toMatchObject({ effect: { kind: 'depends' } });
    const recorded = only(explain(file, null, { recordedPlan: () => scriptedPlan({ streamable: 3n }) }));
    expect(recorded.blob?.engine).toEqual({ kind: 'recorded', streamable: 3n });
    expect(recorded.budget).toMatchObject({ effect: { kind: 'applied', budget: 3n } });
  });

  it('is told beside a damaged blob or engine', () => {
    const plan = encodePlan(scriptedPlan());
    plan[20] = 1;
    const damagedPlan = only(explain(program({ data: encodeBlob({ engine: plan }) })));
    expect(damagedPlan.blob?.engine.kind).toBe('unknown');
    expect(codes(damagedPlan.findings)).toEqual(['error WSB-FAIL-02']);

    const wrapped = encodeBlob({ engine: plan });
    new DataView(wrapped.buffer).setBigUint64(16, 2n ** 64n - 1n, true);
    const damagedBlob = only(explain(program({ data: wrapped, ...budget('5') })));
    expect(damagedBlob).toMatchObject({ blob: null, budget: { requested: 5n } });
    expect(codes(damagedBlob.findings)).toEqual(['error WSB-BLOB-03']);
    expect(damagedBlob.findings[0]?.message).toMatch(/wraps around 64 bits/);
  });
});

describe('a delegate', () => {
  it('comes with its facts', () => {
    const metadata: Partial<BlobMetadata> = {
      io_bindings: [
        { name: 'x', dtype: 'float32', shape: [1], is_input: true },
        { name: 'y', dtype: 'float32', shape: [1], is_input: false },
      ],
      aliased_io: [{ output: 'y', input: 'x', kind: 'user' }],
      device_id: 2,
    };
    const explained = only(
      explain(
        program({
          metadata,
          specs: [
            ['other', '\xe9'],
            [BUDGET_KEY, '1'],
          ],
        }),
      ),
    );
    expect(explained).toMatchObject({
      backend: 'TensorRTBackend',
      placement: 'segment',
      compileSpecs: [
        { key: 'other', isBudget: false },
        { key: BUDGET_KEY, value: bytes('1'), isBudget: true },
      ],
      blob: {
        magic: 'TR02',
        deviceId: 2,
        inputs: ['x'],
        outputs: ['y'],
        aliases: 1,
        engine: { kind: 'scripted', streamable: 1024n },
      },
    });
    // The plan has no tensors, and the method calls it with none.
    expect(codes(explained.findings)).toEqual(['error WSB-BLOB-26', 'warning WSB-LIFE-15']);
  });

  it('of another backend is left alone', () => {
    const explained = only(explain(program({ backend: 'Other', ...budget('x') })));
    expect(explained).toMatchObject({ backend: 'Other', blob: null, budget: null });
    expect(codes(explained.findings)).toEqual(['note WSB-PROG-08']);
  });

  it.each<[string, Engine, string[]]>([
    [
      'target_device and device agree',
      { specs: [['target_device', 'cuda:1']], metadata: { device_id: 1 } },
      [],
    ],
    ['they do not (WSB-EXPORT-05)', { specs: [['target_device', 'cuda:1']] }, ['warning WSB-EXPORT-05']],
    [
      'target_device has another form (WSB-EXPORT-04)',
      { specs: [['target_device', 'gpu:0']] },
      ['warning WSB-EXPORT-04'],
    ],
    [
      'target_device is cuda:00 (WSB-EXPORT-04)',
      { specs: [['target_device', 'cuda:00']] },
      ['warning WSB-EXPORT-04'],
    ],
    [
      'target_device begins with a byte order mark (WSB-EXPORT-04)',
      { specs: [['target_device', '\ufeffcuda:0']] },
      ['warning WSB-EXPORT-04'],
    ],
    [
      'target_device stands beside a damaged blob',
      { specs: [['target_device', 'cuda:1']], data: bytes('x') },
      ['error WSB-BLOB-02'],
    ],
    [
      'TR02 has no aliases (WSB-EXPORT-06)',
      { data: encodeBlob({ magic: 'TR02', engine: encodePlan(scriptedPlan()) }) },
      ['warning WSB-EXPORT-06'],
    ],
    [
      'TR01 has aliases (WSB-EXPORT-06)',
      {
        data: encodeBlob({
          magic: 'TR01',
          metadata: { aliased_io: [{ output: 'o', input: 'i', kind: 'user' }] },
          engine: encodePlan(scriptedPlan()),
        }),
      },
      ['error WSB-BLOB-14', 'warning WSB-EXPORT-06'],
    ],
  ])('is judged when %s', (_, engine, findings) => {
    expect(codes(only(explain(program(engine))).findings)).toEqual(findings);
  });

  it('is judged by the layout of its blob (WSB-EXPORT-07)', () => {
    const edits: [edit: (blob: Uint8Array, view: DataView) => void, size: number][] = [
      [
        (blob) => {
          blob[31] = 1;
        },
        0,
      ],
      [
        (blob, view) => {
          blob[32 + view.getUint32(8, true)] = 1;
        },
        0,
      ],
      [
        (_, view) => {
          view.setBigUint64(16, view.getBigUint64(16, true) - 16n, true);
        },
        0,
      ],
      [
        (blob, view) => {
          blob.copyWithin(16 + view.getUint32(12, true), view.getUint32(12, true));
          blob.fill(0, view.getUint32(12, true), view.getUint32(12, true) + 16);
          view.setUint32(12, view.getUint32(12, true) + 16, true);
        },
        16,
      ],
      [
        (blob, view) => {
          blob.copyWithin(33, 32, 32 + view.getUint32(8, true));
          view.setUint32(4, 33, true);
        },
        0,
      ],
    ];
    for (const [edit, more] of edits) {
      const original = encodeBlob({
        metadata: { target_platform: '1234' },
        engine: bytes('0123456789abcdef'.repeat(2)),
      });
      const blob = new Uint8Array(original.length + more);
      blob.set(original);
      edit(blob, new DataView(blob.buffer));
      expect(codes(only(explain(program({ data: blob }))).findings)).toEqual(['warning WSB-EXPORT-07']);
    }
  });

  it('is told what cannot be read of it', () => {
    const ours = { fields: [null, null, [{ fields: [null, null] }]] };
    const plan = { fields: ['forward', null, [], [], [], [], null, [ours], [0n]] };
    const file = craftFlatbuffer(
      PROGRAM_LAYOUT,
      { fields: [0, [plan], null, [], [], { fields: [0, [0n]] }] },
      'ET12',
    );
    const explained = explain(file);
    expect(only(explained)).toMatchObject({
      backend: null,
      placement: null,
      dataBytes: null,
      compileSpecs: [],
      blob: null,
    });
    expect(codes(only(explained).findings)).toEqual([
      'error WSB-PROG-02',
      'error WSB-PROG-02',
      'error WSB-PROG-02',
    ]);
    expect(only(explained).findings[1]?.message).toMatch(/can crash the process/);
    // A load does not come to the end of the method.
    expect(codes(explained.methods[0]?.findings ?? [])).toEqual(['warning WSB-PROG-09']);
  });
});

describe('a program', () => {
  it('is judged for equal budgets everywhere (WSB-EXPORT-03)', () => {
    const of = (...engines: Engine[]): string[] => codes(explain(program(...engines)).findings);
    expect(of(budget('1'), budget('1'))).toEqual([]);
    expect(of({}, {})).toEqual([]);
    expect(of(budget('1'), budget('2'))).toEqual(['warning WSB-EXPORT-03']);
    expect(of(budget('1'), {})).toEqual(['warning WSB-EXPORT-03']);
    expect(of(budget('1'), { backend: 'Other' })).toEqual([]);
    const methods = [method('a', budget('1')), method('b', budget('2')), method('c')];
    expect(codes(explain(writeProgram({ methods })).findings)).toEqual(['warning WSB-EXPORT-03']);
  });

  it('is judged for a budget where nothing streams (WSB-EXPORT-08)', () => {
    const resident = { ...budget('1'), streamable: 0n };
    expect(codes(explain(program(resident)).findings)).toEqual(['warning WSB-EXPORT-08']);
    expect(codes(explain(program(resident, budget('1'))).findings)).toEqual([]);
  });

  it('is told about options without effect', () => {
    const of = (options: OptionsMap): string[] => codes(explain(program({}), options).findings);
    expect(of(option(string('1'), BUDGET_KEY, 'Other'))).toEqual(['note WSB-OPT-10']);
    expect(of(option(string('1'), 'other'))).toEqual(['note WSB-OPT-11']);
    expect(
      of([
        {
          backend: 'TensorRTBackend',
          via: 'span',
          options: [1, 2].map((value) => ({ key: BUDGET_KEY, value: { type: 'int', value } })),
        },
      ]),
    ).toEqual(['note WSB-OPT-12']);
    expect(of([{ backend: '', via: 'span', options: [] }])).toEqual(['error WSB-OPT-16']);
    expect(of([])).toEqual([]);
  });

  it('is told what was meant by another key, and by bytes that are no budget', () => {
    const specs: Engine['specs'] = [
      ['weight_streaming_budget_per_engine', '5'],
      [BUDGET_KEY, '8GB'],
    ];
    const { findings } = only(explain(program({ specs })));
    expect(findings).toContainEqual({
      level: 'warning',
      clause: 'WSB-PREC-08',
      message: `the compile spec "weight_streaming_budget_per_engine" has no effect: the key is ${BUDGET_KEY}`,
    });
    expect(findings.map(({ message }) => message)).toContain(
      'the compile spec is "8GB": not-a-digit at byte 1; write 8000000000 for 8GB',
    );
    // What 3,000,000,000 becomes in an int of a host.
    const wrapped = only(explain(program({}), option({ type: 'int', value: -1_294_967_296 })));
    expect(wrapped.findings[0]?.message).toContain('is what 3000000000 becomes in an int, which has 32 bits');
    const near = explain(program({}), option(string('5'), 'Weight_Streaming_Budget'));
    expect(codes(near.findings)).toEqual(['warning WSB-OPT-11']);
  });

  it('that cannot be read is told so', () => {
    const file = program({});
    const fault = (bad: Uint8Array): string | null => {
      const explanation = explainProgram(bad, null);
      return explanation.kind === 'unreadable'
        ? `${explanation.fault.code} ${explanation.fault.clause}`
        : null;
    };
    expect(fault(file.subarray(0, 63))).toBe('too-short WSB-PROG-01');
    expect(fault(file.subarray(0, -1))).toBe('truncated WSB-PROG-02');
    expect(fault(bytes('PK\u0003\u0004 this is a zip, and no program at all, but it is long enough'))).toBe(
      'wrong-identifier WSB-PROG-01',
    );
    expect(fault(file)).toBeNull();
  });

  it('never makes it throw', () => {
    const file = program({ ...budget('5') }, { ...budget('5') });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 4 }), (edits) => {
        const damaged = file.slice();
        for (const [at, value] of edits) damaged[at] = value;
        expect(explainProgram(damaged, option(string('1'))).kind).toMatch(/^(program|unreadable)$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the exporter files', () => {
  const folder = new URL('../../golden/exporter/', import.meta.url);
  const exported = (name: string): Program => explain(new Uint8Array(readFileSync(new URL(name, folder))));

  it.each<[string, object[]]>([
    ['one_engine_automatic.pte', [{ kind: 'automatic' }]],
    ['one_engine_budget_8192.pte', [{ kind: 'explicit', source: 'compile-spec', requested: 8192n }]],
    ['two_engines_budget_8192.pte', [{ requested: 8192n }, { requested: 8192n }]],
    ['resident_engine_budget_100.pte', [{ requested: 100n }]],
    ['three_layers_256_budget_0_inline.pte', [{ requested: 0n }]],
  ])('%s has nothing amiss', (name, budgets) => {
    const explanation = exported(name);
    const [forward] = explanation.methods;
    expect(forward?.delegates.map((explained) => explained.budget)).toMatchObject(budgets);
    expect(forward?.delegates.flatMap((explained) => explained.findings)).toEqual([]);
    expect(
      forward?.delegates[0]?.compileSpecs.filter(({ isBudget }) => !isBudget).map(({ key }) => key),
    ).toEqual(['__plan', '__dim']);
    expect(forward?.delegates[0]?.blob).toMatchObject({
      magic: 'TR01',
      inputs: ['input_0'],
      outputs: ['output_0'],
      engine: { kind: 'unknown' },
    });
    expect([...explanation.findings, ...(forward?.findings ?? [])]).toEqual([]);
  });

  it('with filler for blobs are read all the same', () => {
    const two = exported('layouts/two_delegates.pte').methods[0]?.delegates ?? [];
    expect(two.map((explained) => explained.budget)).toMatchObject([
      { requested: 1048576n },
      // The filler of the first is no blob, so that a load does not come to the second.
      { kind: 'untouched' },
    ]);
    expect(codes(two[1]?.findings ?? [])).toContain('warning WSB-PARSE-03');
    expect(exported('layouts/methods.pte').methods.map(({ name }) => name)).toEqual([
      'decode',
      'forward',
      'prefill',
    ]);
    expect(codes(exported('layouts/const_kernels.pte').methods[0]?.findings ?? [])).toEqual([
      'note WSB-DEV-06',
    ]);
    expect(only(exported('layouts/seg.pte')).compileSpecs.map(({ key }) => key)).toEqual([
      BUDGET_KEY,
      'empty',
    ]);
  });
});
