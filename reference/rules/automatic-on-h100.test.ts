import { describe, expect, it } from 'vitest';
import { startRecord } from '../engine/engine-record.js';
import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedEngine } from '../engine/simulated-engine.js';
import { encodeBlob } from '../blob/encode-blob.js';
import { rulesUnder } from './rules.js';
import { runReference } from '../host/run-reference.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan } from '../plan/plan.js';
import type { DelegateSpec } from '../program/program-spec.js';
import { writeProgram } from '../program/write-program.js';
import { CONTEXT_MARGIN } from './fitting-budget.js';
import { AUTOMATIC_RULES, type Policy } from './automatic-budget.js';

/** Eight layers of 4096 x 4096 at batch 1, as measured with TensorRT 10.6 on an H100; bytes. */
const PLAN = scriptedPlan({
  kind: 'modelled',
  streamable: 268_435_712n,
  scratch: 67_109_376n,
  activations: 16_798_208n,
});

/** The budget whose context is made with so much free memory; null when none is. */
function loadedWith(policy: Policy, freeBytes: bigint): bigint | null {
  const device = new SimulatedDevice({ totalBytes: freeBytes, freeBytes, faults: [] });
  const engine = new SimulatedEngine(PLAN, device, startRecord(0));
  const budgets = AUTOMATIC_RULES[policy](engine, engine.memory);
  for (let next = budgets.next(); next.done !== true; next = budgets.next()) {
    if (engine.createExecutionContext() !== null) return next.value;
  }
  return null;
}

describe('an automatic budget on the device that was measured', () => {
  it.each([
    94_568_448n,
    146_997_248n,
    167_968_768n,
    209_911_808n,
    251_854_848n,
    272_826_368n,
    293_797_888n,
    314_769_408n,
  ])("of %s free bytes is refused when it is TensorRT's, and fits when it is the delegate's", (free) => {
    expect(loadedWith('upstream', free)).toBeNull();
    expect(loadedWith('fitting', free)).not.toBeNull();
  });

  it('keeps everything resident where the measured one did, and from 290,476,800 bytes on', () => {
    expect(loadedWith('upstream', 335_740_928n)).toBe(PLAN.streamable);
    expect(loadedWith('fitting', 335_740_928n)).toBe(PLAN.streamable);
    expect(loadedWith('fitting', 290_476_800n)).toBe(PLAN.streamable);
    expect(loadedWith('fitting', 290_476_799n)).toBe(196_083_455n);
  });

  it('loads nothing where the budget 0 does not fit', () => {
    expect(loadedWith('fitting', 73_000_000n)).toBeNull();
    expect(loadedWith('upstream', 73_000_000n)).toBeNull();
  });
});

describe('two engines on the device that was measured', () => {
  const delegate: DelegateSpec = {
    backend: 'TensorRTBackend',
    placement: 'segment',
    data: encodeBlob({ metadata: {}, engine: encodePlan(PLAN) }),
    compileSpecs: [],
  };
  const program = writeProgram({ methods: [{ name: 'forward', delegates: [delegate, delegate] }] });

  /** The budgets with which the two load; null when they do not. */
  function budgets(policy: Policy, freeBytes: bigint): (bigint | null)[] | null {
    const { steps, engines } = runReference(
      {
        program,
        verification: 'minimal',
        device: { totalBytes: freeBytes, freeBytes, faults: [] },
        module: null,
        steps: [{ op: 'load', method: 'forward', options: null }],
      },
      { rules: rulesUnder(policy) },
    );
    return steps.every(({ kind }) => kind === 'ok') ? engines.map(({ applied }) => applied) : null;
  }

  it.each([
    209_911_808n,
    251_854_848n,
    293_797_888n,
    335_740_928n,
    377_683_968n,
    419_627_008n,
    461_570_048n,
    503_513_088n,
    545_456_128n,
    587_399_168n,
  ])(
    'load in %s free bytes, and keep within a tenth of what fits resident beside the margins (WSB-AUTO-07)',
    (free) => {
      const resident =
        budgets('fitting', free)?.reduce<bigint>((sum, budget) => sum + (budget ?? 0n), 0n) ?? -1n;
      // Both streamed, or, where that leaves a margin, one of them resident, without a scratch, and
      // the other one streamed.
      const need = PLAN.scratch + PLAN.activations;
      const streamed = free - 2n * need;
      const beside = free - need - PLAN.activations;
      const most = beside - CONTEXT_MARGIN >= PLAN.streamable ? beside : streamed;
      const margins = 2n * CONTEXT_MARGIN;
      expect(resident).toBeGreaterThanOrEqual(((most - margins) * 9n) / 10n);
    },
  );

  it('load nowhere where two budgets of 0 do not', () => {
    expect(budgets('fitting', 167_815_168n)).toEqual([0n, 0n]);
    expect(budgets('fitting', 167_815_167n)).toBeNull();
  });
});
