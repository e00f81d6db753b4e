import { describe, expect, it } from 'vitest';
import { runReference } from '../host/run-reference.js';
import { encodeBlob } from '../blob/encode-blob.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan, type Plan } from '../plan/plan.js';
import { writeProgram } from '../program/write-program.js';
import type { LoadRequest, OptionValue, Step } from '../request/load-request.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { STANDARD_RULES, type Rules } from '../rules/rules.js';
import { WRONG_CHANGES } from '../wrong-rules/wrong-changing.js';

const backend = 'TensorRTBackend';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const load: Step = { op: 'load', method: 'forward', options: null };
const execute: Step = { op: 'execute', method: 'forward' };
const get: Step = { op: 'get-option', backend, key: BUDGET_KEY };
const setValue = (value: OptionValue, key = BUDGET_KEY): Step => ({
  op: 'set-option',
  options: { backend, via: 'span', options: [{ key, value }] },
});
const set = (budget: string): Step => setValue({ type: 'string', bytes: text(budget) });

/** The calls of each engine, and how each step ended, in few letters. */
function outcome(
  plans: readonly Partial<Plan>[],
  steps: readonly Step[],
  rules: Rules = STANDARD_RULES,
): { calls: string[]; ends: string[] } {
  const delegates = plans.map((plan) => ({
    backend,
    placement: 'segment' as const,
    data: encodeBlob({ engine: encodePlan(scriptedPlan({ streamable: 1024n, ...plan })) }),
    compileSpecs: [{ key: BUDGET_KEY, value: text('100') }],
  }));
  const request: LoadRequest = {
    program: writeProgram({ methods: [{ name: 'forward', delegates }] }),
    verification: 'minimal',
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: null,
    steps,
  };
  const { engines, steps: ended } = runReference(request, { rules });
  return {
    calls: engines.map(({ calls }) =>
      calls.map((call) => ('budget' in call ? String(call.budget) : call.call.charAt(0))).join(' '),
    ),
    ends: ended.map((step) => {
      if (step.kind === 'rejected') return step.error;
      return step.value?.type === 'string' ? new TextDecoder().decode(step.value.bytes) : 'ok';
    }),
  };
}

/** Accepts the load, and a change; not what takes it back. */
const STAYS = { setAnswers: [true, true, false] };
/** Accepts the load alone, and what comes third. */
const REFUSES = { setAnswers: [true, false] };

describe('set_option', () => {
  it('changes each engine once, with a new context', () => {
    expect(outcome([{}, { streamable: 4n }], [load, set('5'), execute, get])).toEqual({
      calls: ['d 100 c 5 c e', 'd 4 c e'],
      ends: ['ok', 'ok', 'ok', '5'],
    });
  });

  it('changes none when one refuses', () => {
    expect(outcome([{}, REFUSES], [load, set('5'), execute, get])).toEqual({
      calls: ['d 100 c 5 c 100 c e', 'd 100 c 5 c e'],
      ends: ['ok', 'MemoryAllocationFailed', 'ok', 'NotFound'],
    });
  });

  it('leaves an engine without a context that takes nothing back, until it is changed again', () => {
    expect(outcome([STAYS, REFUSES], [load, set('5'), execute, set('6'), execute])).toEqual({
      calls: ['d 100 c 5 c 100 6 c e', 'd 100 c 5 c 6 c e'],
      ends: ['ok', 'MemoryAllocationFailed', 'InvalidState', 'ok', 'ok'],
    });
  });

  it('does the same on a device that cannot be selected as where TensorRT refuses', () => {
    const data = encodeBlob({
      metadata: { device_id: 1 },
      engine: encodePlan(scriptedPlan({ streamable: 1024n })),
    });
    const delegates = [{ backend, placement: 'segment' as const, data, compileSpecs: [] }];
    // The device is selected and restored at load, then selected for the change.
    const faults = [{ call: 'cudaSetDevice' as const, occurrence: 3 }];
    const { steps, engines } = runReference({
      program: writeProgram({ methods: [{ name: 'forward', delegates }] }),
      verification: 'minimal',
      device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults },
      module: null,
      steps: [load, set('5'), set('6')],
    });
    expect(steps.map((step) => (step.kind === 'ok' ? 'ok' : step.error))).toEqual([
      'ok',
      'MemoryAllocationFailed',
      'ok',
    ]);
    expect(engines[0]?.applied).toBe(6n);
  });
});

describe('a wrong set_option', () => {
  /** What each does otherwise, on the steps that show it. */
  const SHOWN: Readonly<Record<string, readonly [readonly Partial<Plan>[], readonly Step[]]>> = {
    'set-option-taken-for-granted': [[{}], [load, set('5')]],
    'set-malformed-ignored': [[{}], [set('5x')]],
    'set-negative-ignored': [[{}], [setValue({ type: 'int', value: -1 })]],
    'set-bool-ignored': [[{}], [setValue({ type: 'bool', value: true })]],
    'set-refusal-forgets': [[{}], [set('5'), set('5x'), get]],
    'set-unknown-refused': [[{}], [setValue({ type: 'int', value: 1 }, 'other')]],
    'set-without-clamp': [[{}], [load, set('5000')]],
    'set-first-engine-only': [
      [{}, {}],
      [load, set('5')],
    ],
    'set-touches-resident': [[{ streamable: 0n }], [load, set('5')]],
    'set-beside-context': [[{}], [load, set('5')]],
    'set-equal-anyway': [[{}], [load, set('100')]],
    'set-refused-not-restored': [[REFUSES], [load, set('5'), execute]],
    'set-half-done': [
      [{}, REFUSES],
      [load, set('5')],
    ],
    'set-lost-engine-runs': [
      [STAYS, REFUSES],
      [load, set('5'), execute],
    ],
    'set-behind-compile-spec': [[{}], [set('5'), load]],
    'set-empty-ignored': [[{}], [set('5'), set(''), load]],
    'get-32-bits': [[{}], [set('4294967301'), get]],
    'get-zero-when-unset': [[{}], [get]],
  };

  it.each(Object.entries(SHOWN))('%s shows', (name, [plans, steps]) => {
    const setOption = WRONG_CHANGES[name];
    if (setOption === undefined) throw new Error(`there is no ${name}`);
    const wrong = outcome(plans, steps, { ...STANDARD_RULES, setOption });
    expect(wrong).not.toEqual(outcome(plans, steps));
    // Without an option it does what any delegate does.
    const plain = [load, execute];
    expect(outcome([{}], plain, { ...STANDARD_RULES, setOption })).toEqual(outcome([{}], plain));
  });
});
