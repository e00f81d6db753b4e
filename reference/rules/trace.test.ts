import { describe, expect, it } from 'vitest';
import { encodeBlob, type BlobSpec } from '../blob/encode-blob.js';
import { runReference } from '../host/run-reference.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan, type Plan } from '../plan/plan.js';
import { writeProgram } from '../program/write-program.js';
import type { LoadRequest, OptionsMap, Step } from '../request/load-request.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { decide, type DecisionCase } from '../rules/decide.js';
import { rulesUnder, STANDARD_RULES, type Rules } from '../rules/rules.js';
import { Trace, type TraceEntry } from './trace.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const PLENTY = 2n ** 40n;

interface Engine extends Partial<Plan> {
  readonly spec?: string;
  readonly metadata?: BlobSpec['metadata'];
  readonly damaged?: boolean;
}

const load = (options: OptionsMap | null = null, method = 'forward'): Step => ({
  op: 'load',
  method,
  options,
});
const option = (value: number | string, backend = 'TensorRTBackend'): OptionsMap => {
  const given =
    typeof value === 'number'
      ? { type: 'int' as const, value }
      : { type: 'array' as const, bytes: bytes(value) };
  return [{ backend, via: 'span', options: [{ key: BUDGET_KEY, value: given }] }];
};

function request(
  engines: readonly Engine[],
  more: Partial<LoadRequest> = {},
  freeBytes = PLENTY,
): LoadRequest {
  const delegates = engines.map(({ spec, metadata = {}, damaged = false, ...plan }) => ({
    backend: 'TensorRTBackend',
    placement: 'segment' as const,
    data: damaged ? bytes('damaged') : encodeBlob({ metadata, engine: encodePlan(scriptedPlan(plan)) }),
    compileSpecs: spec === undefined ? [] : [{ key: BUDGET_KEY, value: bytes(spec) }],
  }));
  return {
    program: writeProgram({ methods: [{ name: 'forward', delegates }] }),
    verification: 'minimal',
    device: { totalBytes: freeBytes, freeBytes, faults: [] },
    module: null,
    steps: [load()],
    ...more,
  };
}

/**
 * An entry in short, such as `call 0.1 WSB-APPLY-02`: engine and call, or the step; what decided on
 * a choice stands behind `of`.
 */
function textOf({ place, clauses, choice }: TraceEntry): string {
  const at =
    'call' in place
      ? [`${place.engine}.${place.call}`]
      : 'engine' in place
        ? [place.engine]
        : 'step' in place
          ? [place.step]
          : [];
  const lists = choice === null ? [] : ['of', ...choice.value, ...choice.option, ...choice.spec];
  return [place.kind, ...at, ...clauses, ...lists].join(' ').replace(/WSB-/g, '');
}

function traced(given: LoadRequest, rules: Rules = STANDARD_RULES): string[] {
  const trace = new Trace();
  const outcome = runReference(given, { trace, rules });
  expect(runReference(given, { rules })).toEqual(outcome);
  return trace.entries.map(textOf);
}

describe('the trace of an outcome', () => {
  it('tells in order what decided each part', () => {
    expect(traced(request([{ spec: '5' }]))).toEqual([
      'program PROG-11',
      'call 0.0 BLOB-01',
      'call 0.1 APPLY-02 of PREC-04',
      'no-budget-call 0.2 APPLY-02',
      'source 0 APPLY-02 of PREC-04',
      'call 0.2 LIFE-05',
      'no-engine 0 METHOD-01',
      'step 0 BLOB-01',
      'no-call 0.3 LIFE-05',
      'applied 0 APPLY-01',
      'violations LIFE-07',
      'leaks FAIL-05',
      'log 0 FAIL-10',
    ]);
  });

  it.each<[string, LoadRequest, string[]]>([
    [
      'a rejected budget',
      request([{ spec: '+5' }]),
      [
        'end 0.1 APPLY-12 of PARSE-03 PREC-07 PREC-04',
        'step 0 PREC-07',
        'leaks FAIL-04 FAIL-05',
        'log 0 FAIL-09',
      ],
    ],
    [
      'a rejected budget of a resident engine',
      request([{ spec: 'x', streamable: 0n }]),
      ['end 0.1 APPLY-10 APPLY-12 of PARSE-07 PREC-07 PREC-04'],
    ],
    [
      'a refused budget',
      request([{}, { spec: '5', setDefault: false }]),
      ['end 1.2 APPLY-03', 'leaks MULTI-06 FAIL-04 FAIL-05'],
    ],
    [
      'an automatic budget',
      request([{ setAnswers: [false] }]),
      [
        'call 0.1 APPLY-15 of PREC-05',
        'call 0.2 APPLY-04 of PREC-05',
        'call 0.3 APPLY-05 of PREC-05',
        'no-budget-call 0.4 APPLY-15',
      ],
    ],
    ['an automatic budget that is refused', request([{ setDefault: false }]), ['end 0.4 APPLY-06']],
    [
      'an explicit budget without effect',
      request([{ spec: '5', streamable: -1n }]),
      ['no-budget-call 0.1 APPLY-16 APPLY-07', 'call 0.1 LIFE-05 of PREC-04', 'log 0 APPLY-08'],
    ],
    [
      'an automatic budget of a resident engine',
      request([{ streamable: 0n }]),
      ['no-budget-call 0.1 APPLY-09'],
    ],
    ['a damaged blob', request([{ damaged: true }]), ['no-engine 0 BLOB-02', 'step 0 BLOB-02']],
    ['names that can be inferred', request([{ bindings: [tensor('input', 'in_0')] }]), ['call 0.3 BLOB-11']],
    ['no context', request([{ createsContext: false }]), ['end 0.4 FAIL-03']],
    [
      'aliases',
      request([
        {
          bindings: [tensor('input', 'in'), tensor('output', 'out')],
          metadata: {
            io_bindings: [
              { name: 'in', dtype: 'float', shape: [], is_input: true },
              { name: 'out', dtype: 'float', shape: [], is_input: false },
            ],
            aliased_io: [{ output: 'out', input: 'in', kind: 'user' }],
          },
        },
      ]),
      ['step 0 BLOB-14'],
    ],
    [
      'a device attribute that cannot be read',
      request([{}], {
        device: {
          totalBytes: PLENTY,
          freeBytes: PLENTY,
          faults: [{ call: 'cudaDeviceGetAttribute', occurrence: 1 }],
        },
      }),
      ['call 0.0 FAIL-13 BLOB-01'],
    ],
    [
      'an execution',
      request([{}], {
        steps: [load(), { op: 'execute', method: 'forward' }, { op: 'unload', method: 'forward' }],
      }),
      ['no-budget-call 0.4 LIFE-09', 'call 0.4 LIFE-10', 'step 1 LIFE-10', 'step 2 METHOD-08'],
    ],
    [
      'an execution of no method',
      request([{}], { steps: [{ op: 'execute', method: 'forward' }] }),
      ['step 0 LIFE-10'],
    ],
    ['no method', request([{}], { steps: [load(null, 'other')] }), ['step 0 METHOD-10']],
    ['options that are refused', request([{}], { steps: [load(option(1, ''))] }), ['step 0 OPT-16']],
    [
      'an empty option',
      request([{}], { steps: [load(option(''))] }),
      ['call 0.1 APPLY-15 of OPT-05 PREC-05', 'log 0 OPT-06'],
    ],
    [
      'a method that is loaded',
      request([{}], { module: { options: null }, steps: [load(), load()] }),
      ['step 1 METHOD-06'],
    ],
    ['a file that is none', { ...request([]), program: new Uint8Array(0) }, ['program PROG-01']],
    [
      'options of a module that are refused',
      request([], { module: { options: option(1, '') } }),
      ['program OPT-16'],
    ],
  ])('of %s', (_, given, entries) => {
    expect(traced(given)).toEqual(expect.arrayContaining(entries));
  });

  it.each<[string, Engine, bigint, string[]]>([
    ['plenty of memory', {}, 2n ** 30n, ['call 0.1 AUTO-02 of PREC-05']],
    ['little memory', {}, 100n, ['call 0.1 AUTO-02 of PREC-05', 'no-budget-call 0.2 APPLY-15']],
    ['an explicit budget', { spec: '5' }, 100n, ['call 0.1 AUTO-05 of PREC-04']],
    [
      'a context that is not made',
      { createsContext: false },
      2n ** 30n,
      ['call 0.3 AUTO-04 of PREC-05', 'end 0.8 FAIL-03'],
    ],
  ])('of a fitting budget with %s', (_, engine, free, entries) => {
    expect(traced(request([engine], {}, free), rulesUnder('fitting'))).toEqual(
      expect.arrayContaining(entries),
    );
  });

  it('says why the options of a load are those', () => {
    const loads = (module: OptionsMap | null, ...options: (OptionsMap | null)[]): string[] => {
      const trace = new Trace();
      const steps = options.flatMap((given): Step[] => [load(given), { op: 'unload', method: 'forward' }]);
      runReference(request([{}], { module: { options: module }, steps }), { trace });
      return trace.entries.flatMap(({ place, choice }) =>
        place.kind === 'source' ? [choice?.load.join(' ').replace(/WSB-/g, '') ?? ''] : [],
      );
    };
    expect(loads(null, null, option(5))).toEqual(['', 'METHOD-07']);
    expect(loads(option(5), null, [], option(6))).toEqual([
      'METHOD-03',
      'METHOD-05 METHOD-07',
      'METHOD-04 METHOD-07',
    ]);
    expect(loads(null, option(5, 'Other'))).toEqual(['OPT-10']);
  });

  it('is that of the budget calls at decision depth', () => {
    const engine = { streamable: 1024n, automatic: 512n, setAnswers: [true], specs: [] };
    const tracedDecision = (subject: DecisionCase): string[] => {
      const trace = new Trace();
      expect(decide(subject, STANDARD_RULES, trace)).toEqual(decide(subject));
      return trace.entries.map(textOf);
    };
    const five = { key: BUDGET_KEY, value: { type: 'array' as const, bytes: bytes('5') } };
    expect(tracedDecision({ options: [five], engines: [engine] })).toEqual([
      'call 0.0 APPLY-02 of OPT-01',
      'no-budget-call 0.1 APPLY-02',
      'source 0 APPLY-02 of OPT-01',
      'going-on 0.1 LIFE-05',
      'no-engine 0 METHOD-01',
      'step 0 PROG-12',
      'log 0 FAIL-10',
    ]);
    const refused = { ...engine, setAnswers: [] };
    expect(tracedDecision({ options: [], engines: [{ ...engine, streamable: 0n }, refused] })).toEqual(
      expect.arrayContaining([
        'going-on 0.0 LIFE-05 of PREC-05',
        'call 1.2 APPLY-05 of PREC-05',
        'end 1.3 APPLY-06',
        'step 0 APPLY-06',
        'log 0 FAIL-09',
      ]),
    );
  });
});

function tensor(mode: 'input' | 'output', name: string): Plan['bindings'][number] {
  return { name, mode, dtype: 0, shape: [], shapeInference: false, profile: null, aliases: null };
}
