import { describe, expect, it } from 'vitest';
import { CONTEXT_MARGIN, RESIDENT_MARGIN } from '../rules/fitting-budget.js';
import { encodeBlob } from '../blob/encode-blob.js';
import { rulesUnder, type Rules } from '../rules/rules.js';
import { runReference } from '../host/run-reference.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan, type Plan } from '../plan/plan.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { writeProgram } from '../program/write-program.js';
import { WRONG_RULES } from './wrong-rules.js';

const ALL = 2n ** 26n;
const SIZES = { kind: 'modelled', streamable: ALL, scratch: 200n, activations: 10n } as const;
const RESIDENT = ALL + SIZES.activations + RESIDENT_MARGIN;
const BESIDE = SIZES.activations + CONTEXT_MARGIN;
const STREAMED = BESIDE + SIZES.scratch;

/** Of which a part can be kept where another engine needs room. */
const LARGE = { streamable: 2n ** 28n, scratch: 2n ** 26n, activations: 2n ** 24n } as const;
const HALF = LARGE.streamable / 2n;

interface TestEngine {
  readonly plan?: Partial<Plan>;
  readonly spec?: string;
}

/**
 * The sets and contexts of each engine of a method on a device of which so much is free; `!` says
 * that TensorRT refused.
 */
function run(rules: Rules, free: bigint, ...engines: readonly TestEngine[]): string[] {
  const delegates = engines.map(({ plan = {}, spec }) => ({
    backend: 'TensorRTBackend',
    placement: 'segment' as const,
    data: encodeBlob({ metadata: {}, engine: encodePlan(scriptedPlan({ ...SIZES, ...plan })) }),
    compileSpecs: spec === undefined ? [] : [{ key: BUDGET_KEY, value: new TextEncoder().encode(spec) }],
  }));
  const outcome = runReference(
    {
      program: writeProgram({ methods: [{ name: 'forward', delegates }] }),
      verification: 'minimal',
      device: { totalBytes: 2n ** 41n, freeBytes: free, faults: [] },
      module: null,
      steps: [{ op: 'load', method: 'forward', options: null }],
    },
    { rules },
  );
  return outcome.engines.map(({ calls }) =>
    calls
      .flatMap((call) => {
        if (call.call === 'setWeightStreamingBudgetV2') return [`${call.budget}${call.ok ? '' : '!'}`];
        return call.call === 'createExecutionContext' ? [call.ok ? 'context' : 'context!'] : [];
      })
      .join(' '),
  );
}

describe('a wrong rule of a delegate that chooses automatic budgets itself', () => {
  it.each<[string, bigint, TestEngine[], right: string[], wrong: string[]]>([
    [
      'fitting-resident-no-margin',
      RESIDENT - 1n,
      [{}],
      [`0 ${RESIDENT - 1n - STREAMED} context`],
      [`${ALL} context`],
    ],
    [
      'fitting-resident-no-margin',
      RESIDENT - 1n,
      [{ plan: { kind: 'scripted', setAnswers: [false] } }],
      ['0!'],
      [`${ALL}! 0 ${RESIDENT - 1n - STREAMED} context`],
    ],
    ['fitting-resident-no-margin', RESIDENT, [{}], [`${ALL} context`], [`${ALL} context`]],
    ['fitting-resident-no-margin', STREAMED, [{}], ['0 context'], ['0 context']],
    ['fitting-resident-no-margin', 2n ** 40n, [{}], [`${ALL} context`], [`${ALL} context`]],
    ['fitting-no-margin', STREAMED + 700n, [{}], ['0 700 context'], [`0 ${CONTEXT_MARGIN + 700n} context`]],
    [
      'fitting-no-margin',
      2n * (LARGE.scratch + LARGE.activations + CONTEXT_MARGIN) + HALF,
      [{ plan: LARGE }, { plan: LARGE }],
      [`${LARGE.streamable} context 0 ${HALF} context`, '0 context'],
      [`${LARGE.streamable} context 0 ${HALF + CONTEXT_MARGIN} context`, '0 context'],
    ],
    ['fitting-no-scratch', STREAMED + 700n, [{}], ['0 700 context'], ['0 900 context']],
    [
      'fitting-gives-up',
      STREAMED + 700n,
      [{ plan: { createsContext: false } }],
      ['0 700 context! 0 context!'],
      ['0 700 context!'],
    ],
    ['fitting-gives-up', STREAMED, [{}], ['0 context'], ['0 context']],
    ['fitting-gives-up', STREAMED, [{ plan: { kind: 'scripted', setDefault: false } }], ['0!'], ['0!']],
    ['fitting-explicit', CONTEXT_MARGIN + 400n, [{ spec: '600' }], ['600 context'], ['400 context']],
    ['fitting-explicit', RESIDENT, [{ spec: `${2n * ALL}` }], [`${ALL} context`], [`${ALL} context`]],
    ['fitting-explicit', CONTEXT_MARGIN + 400n, [{ spec: '300' }], ['300 context'], ['300 context']],
    ['fitting-explicit', CONTEXT_MARGIN + 400n, [{}], ['0 190 context'], ['0 190 context']],
    ['fitting-explicit', 2n ** 40n, [{ spec: '600' }], ['600 context'], ['600 context']],
    [
      'fitting-keeps',
      RESIDENT,
      [{}, {}],
      [
        `${ALL} context 0 ${RESIDENT - CONTEXT_MARGIN - STREAMED} context`,
        `0 ${CONTEXT_MARGIN - 210n} context`,
      ],
      [`${ALL} context`, '0 context'],
    ],
  ])('%s, with %s bytes free', (name, free, engines, right, wrong) => {
    expect(run(rulesUnder('fitting'), free, ...engines)).toEqual(right);
    expect(run(rulesUnder('fitting', WRONG_RULES[name]), free, ...engines)).toEqual(wrong);
  });
});
