import { describe, expect, it } from 'vitest';
import { runReference, Trace } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { EngineCall, Outcome, Violation } from '../../reference/outcome/outcome.js';
import { buildRequest } from '../model/build-request.js';
import { type Scenario } from '../model/scenario/scenario.js';
import { BUDGET } from '../model/names.js';
import { scenarioRequest } from '../model/scenario/scenario-request.js';
import { repeat } from '../model/text.js';
import { array, execute, foreign, loadMethod, span } from '../model/scenario/vocabulary.js';
import { attribute } from './attribute.js';

type Wrong = (outcome: Outcome) => Outcome;

const accepted = (budget: bigint): EngineCall => ({ call: 'setWeightStreamingBudgetV2', budget, ok: true });
const DESERIALIZED: EngineCall = { call: 'deserializeCudaEngine', ok: true };
const CONTEXT: EngineCall = { call: 'createExecutionContext', ok: true };
const AUTOMATIC: EngineCall = { call: 'getWeightStreamingAutomaticBudget', budget: 512n };

/** The load ends well, with these calls on its one engine. */
function calls(source: Outcome['engines'][number]['source'], ...made: readonly EngineCall[]): Wrong {
  const set = made.findLast((call) => call.call === 'setWeightStreamingBudgetV2');
  const applied = set?.call === 'setWeightStreamingBudgetV2' ? set.budget : null;
  return (outcome) => ({
    ...outcome,
    steps: [{ kind: 'ok', warned: false }],
    engines: [{ step: 0, source, applied, calls: [DESERIALIZED, ...made] }],
  });
}

/** The load is rejected after the engine was deserialized. */
const rejected: Wrong = (outcome) => ({
  ...outcome,
  steps: [{ kind: 'rejected', phase: 'load', error: 'InvalidProgram', warned: true }],
  engines: [{ step: 0, source: null, applied: null, calls: [DESERIALIZED] }],
});

const silent: Wrong = (outcome) => ({
  ...outcome,
  steps: outcome.steps.map((step) => ({ ...step, warned: !step.warned })),
});
const leaking: Wrong = (outcome) => ({ ...outcome, leaks: { ...outcome.leaks, engines: 1 } });
const violating =
  (violation: Violation): Wrong =>
  (outcome) => ({ ...outcome, violations: [violation] });
const ended: Wrong = (outcome) => ({
  ...outcome,
  steps: outcome.steps.map(() => ({ kind: 'ok', warned: false })),
});

describe('attribute', () => {
  it.each<[ClauseId, Scenario, Wrong]>([
    ['WSB-PARSE-01', { spec: '9223372036854775807', streamable: 2n ** 63n - 1n }, rejected],
    ['WSB-PARSE-02', { spec: repeat('0', 30, '5') }, rejected],
    ['WSB-PARSE-03', { spec: '+5' }, calls('compile-spec', accepted(5n), CONTEXT)],
    ['WSB-PARSE-04', { option: '5 ' }, calls('option', accepted(5n), CONTEXT)],
    ['WSB-PARSE-05', { spec: '' }, calls('compile-spec', accepted(0n), CONTEXT)],
    ['WSB-PARSE-06', { spec: '18446744073709551621' }, calls('compile-spec', accepted(5n), CONTEXT)],
    ['WSB-PARSE-07', { spec: '0x10' }, calls('compile-spec', accepted(0n), CONTEXT)],
    ['WSB-PARSE-08', { spec: '5\0' }, calls('compile-spec', accepted(5n), CONTEXT)],
    ['WSB-OPT-01', { option: '5' }, calls('automatic', AUTOMATIC, accepted(512n), CONTEXT)],
    ['WSB-OPT-02', { option: 5 }, rejected],
    ['WSB-OPT-03', { option: -5 }, calls('option', accepted(0n), CONTEXT)],
    ['WSB-OPT-04', { option: true }, calls('option', accepted(1n), CONTEXT)],
    ['WSB-OPT-05', { spec: '7', option: '' }, calls('option', accepted(0n), CONTEXT)],
    ['WSB-OPT-06', { spec: '7', option: '' }, silent],
    [
      'WSB-OPT-07',
      { options: [span([BUDGET, array(repeat('0', 254, '42'))])] },
      calls('option', accepted(4n), CONTEXT),
    ],
    ['WSB-OPT-08', { options: [span([BUDGET, array('5\x006')])] }, calls('option', accepted(56n), CONTEXT)],
    ['WSB-OPT-09', { option: 'auto' }, calls('automatic', AUTOMATIC, accepted(512n), CONTEXT)],
    ['WSB-OPT-10', { options: [foreign('X', '5')] }, calls('option', accepted(5n), CONTEXT)],
    [
      'WSB-OPT-11',
      { options: [span(['weight_streaming_budget2', '5'])] },
      calls('option', accepted(5n), CONTEXT),
    ],
    ['WSB-OPT-12', { options: [span([BUDGET, '1'], [BUDGET, '2'])] }, calls('option', accepted(2n), CONTEXT)],
    ['WSB-OPT-13', { option: repeat('0', 255, '42') }, calls('option', accepted(42n), CONTEXT)],
    ['WSB-PREC-01', { spec: '7', option: '5' }, calls('compile-spec', accepted(7n), CONTEXT)],
    ['WSB-PREC-02', { spec: '7x', option: '5' }, rejected],
    ['WSB-PREC-03', { spec: ['7', '7'], option: '5' }, rejected],
    ['WSB-PREC-04', { spec: '7' }, calls('automatic', AUTOMATIC, accepted(512n), CONTEXT)],
    ['WSB-PREC-05', {}, calls(null, accepted(0n), CONTEXT)],
    ['WSB-PREC-06', { spec: ['7', '8'] }, calls('compile-spec', accepted(8n), CONTEXT)],
    ['WSB-PREC-07', { spec: 'auto' }, calls('automatic', AUTOMATIC, accepted(512n), CONTEXT)],
    ['WSB-PREC-08', { specs: [['weight_streaming', '7']] }, calls('compile-spec', accepted(7n), CONTEXT)],
    ['WSB-PREC-09', { spec: '7', option: 'x' }, calls('compile-spec', accepted(7n), CONTEXT)],
    ['WSB-AUTO-05', { option: '5', free: 2n ** 30n }, calls('option', accepted(3n), CONTEXT)],
    ['WSB-AUTO-05', { spec: '5', free: 2n ** 30n }, calls('compile-spec', accepted(4n), CONTEXT)],
    // More than asked for; nobody knows what is free; the budget of the compile spec.
    ['WSB-OPT-01', { option: '5', free: 2n ** 30n }, calls('option', accepted(6n), CONTEXT)],
    ['WSB-OPT-01', { option: '5', free: 2n ** 40n }, calls('option', accepted(3n), CONTEXT)],
    [
      'WSB-PREC-01',
      { option: '5', spec: '3', free: 2n ** 30n },
      calls('compile-spec', accepted(3n), CONTEXT),
    ],
    ['WSB-APPLY-01', { spec: '5000' }, calls('compile-spec', accepted(5000n), CONTEXT)],
    ['WSB-APPLY-01', { spec: '5000' }, calls(null, { ...accepted(5000n), ok: false } as EngineCall)],
    ['WSB-APPLY-02', { spec: '5' }, calls('compile-spec', accepted(5n), accepted(5n), CONTEXT)],
    [
      'WSB-APPLY-03',
      { spec: '5', refuses: 1 },
      calls('compile-spec', { ...accepted(5n), ok: false } as EngineCall, accepted(0n), CONTEXT),
    ],
    [
      'WSB-APPLY-04',
      { automatic: 5000n },
      calls('automatic', { ...AUTOMATIC, budget: 5000n }, accepted(1024n), CONTEXT),
    ],
    [
      'WSB-APPLY-05',
      { refuses: 1 },
      calls('automatic', AUTOMATIC, { ...accepted(512n), ok: false } as EngineCall, CONTEXT),
    ],
    ['WSB-APPLY-06', { refuses: 2 }, ended],
    ['WSB-APPLY-07', { spec: '5', streamable: 0n }, calls('compile-spec', accepted(0n), CONTEXT)],
    ['WSB-APPLY-08', { spec: '5', streamable: 0n }, silent],
    ['WSB-APPLY-09', { streamable: 0n }, calls('automatic', AUTOMATIC, accepted(512n), CONTEXT)],
    ['WSB-APPLY-10', { spec: '5x', streamable: 0n }, calls(null, CONTEXT)],
    ['WSB-APPLY-11', { spec: '5' }, violating('set-with-context')],
    ['WSB-LIFE-13', { spec: '5' }, violating('device-left-changed')],
    [
      'WSB-LIFE-18',
      { spec: '5' },
      (outcome) => violating('threads-differ')(calls('compile-spec', accepted(6n), CONTEXT)(outcome)),
    ],
    ['WSB-APPLY-13', { spec: '0' }, calls('automatic', AUTOMATIC, accepted(512n), CONTEXT)],
    ['WSB-APPLY-15', {}, calls('automatic', AUTOMATIC, accepted(512n), accepted(0n), CONTEXT)],
    ['WSB-APPLY-16', { streamable: -1n }, calls('automatic', AUTOMATIC, accepted(512n), CONTEXT)],
    [
      'WSB-MULTI-05',
      { engines: [{ spec: 'x' }, {}] },
      (outcome) => ({ ...outcome, engines: [...outcome.engines, ...outcome.engines] }),
    ],
    ['WSB-MULTI-06', { engines: [{}, { spec: 'x' }] }, leaking],
    ['WSB-BLOB-02', { blob: { label: 'none', edit: () => new Uint8Array(5) } }, ended],
    ['WSB-FAIL-02', { deserialize: null }, ended],
    ['WSB-FAIL-03', { spec: '5', context: null }, ended],
    ['WSB-FAIL-04', { spec: '5x' }, leaking],
    ['WSB-FAIL-05', { spec: '5' }, leaking],
    ['WSB-FAIL-06', { fault: { call: 'createInferRuntime', occurrence: 1 } }, ended],
    ['WSB-FAIL-09', { spec: '5x' }, silent],
    ['WSB-FAIL-10', { spec: '5' }, silent],
    ['WSB-LIFE-06', { spec: '5' }, violating('destroy-engine-with-context')],
    ['WSB-LIFE-07', { spec: '5' }, violating('use-after-destroy')],
    ['WSB-LIFE-08', { spec: '5' }, violating('misaligned-plan')],
    ['WSB-LIFE-10', { enqueue: false, steps: [loadMethod('forward'), execute('forward')] }, ended],
  ])('%s: %o', (clause, scenario, wrong) => {
    const request = buildRequest(scenarioRequest(scenario));
    const trace = new Trace();
    const expected = runReference(request, { trace });
    expect(attribute(trace, { expected, observed: wrong(expected) })?.[0]).toBe(clause);
  });
});
