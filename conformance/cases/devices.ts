/*
 * Plan: programs whose tensors are planned on a device (WSB-DEV).
 *
 * A method of this area is a chain: its input goes through its engines one after another, each with
 * one tensor in and one out of 8 bytes. `onDevice` plans it as an exporter does by default, with a
 * copy before the first engine and one behind the last, and a device arena of 16 bytes for each
 * tensor between; `onHost` plans it in host memory, with or without tags.
 *
 * What copies, allocates and frees here is the host; what is the delegate's own is that it takes a
 * tensor for what it is and that budgets do not depend on it. Cases with little memory say so,
 * since a scripted engine takes none.
 *
 * Boundaries: as much free as the arena needs and one byte less; the device types on both sides of
 * the last known one; the copy that fails first, last and never; the tensors on both sides of the
 * input.
 */
import type { Case } from '../model/case.js';
import { all, applies, budgetCalls, calls, leavesNothing, rejects, steps } from '../model/expectation.js';
import { clause } from '../model/scenario/clause.js';
import {
  changed,
  CUDA,
  deviceArenaBytes,
  HOST,
  onDevice,
  onHost,
  TO_DEVICE,
  TO_HOST,
} from '../model/scenario/planned.js';
import type { EngineScenario, PlanScenario } from '../model/scenario/scenario.js';
import { execute, input, load, output, unload } from '../model/scenario/vocabulary.js';

const ENGINE = {
  spec: '5',
  bindings: [input('input_0'), output('output_0')],
} as const satisfies EngineScenario;

const ON_DEVICE = { ...ENGINE, planned: onDevice() };
const ON_HOST = { ...ENGINE, planned: onHost() };
const TWO = { engines: [{ streamable: 4096n }, { streamable: 8192n }] };
const RUN = { steps: [load(), execute()] };
const RUN_TWICE = { steps: [load(), execute(), execute(), unload()] };
const RAN = 'deserialize, set 5, context, enqueue';
const LOADED = 'deserialize, set 5, context';

/** What the device arena of one engine takes. */
const ARENA = deviceArenaBytes(1);

/**
 * An engine whose automatic budget depends on what is free: that less four times its activations.
 */
const MODELLED = {
  modelled: true,
  streamable: 1000n,
  activations: 100n,
  scratch: 50n,
  bindings: ENGINE.bindings,
} as const satisfies EngineScenario;

/** The call of an operator replaced by that of another. */
function calling(base: PlanScenario, from: string, to: string): PlanScenario {
  return changed(base, to, ({ calls: before }) => ({
    calls: before.map((call) =>
      'operator' in call && call.operator === from ? { ...call, operator: to } : call,
    ),
  }));
}

/** Tensor `which` of the plan tagged or shaped otherwise. */
function tensor(
  base: PlanScenario,
  which: number,
  label: string,
  change: { readonly device?: typeof HOST; readonly shape?: readonly number[] },
): PlanScenario {
  return changed(base, label, ({ tensors }) => ({
    tensors: tensors.map((each, n) => (n === which ? { ...each, ...change } : each)),
  }));
}

/** Cases of the clauses WSB-DEV. */
export const DEVICES: readonly Case[] = [
  clause('WSB-DEV-01')
    .control('tensors in host memory', ON_HOST, applies(5n))
    .control('tensors on the device', ON_DEVICE, applies(5n))
    .violation('a malformed budget', { ...ON_DEVICE, spec: '+5' }, all(rejects(), leavesNothing()))
    .violation('an option beside it', { ...ON_DEVICE, option: '7' }, applies(7n))
    .violation(
      'a malformed option beside it',
      { ...ON_DEVICE, option: '-7' },
      all(rejects(), leavesNothing()),
    )
    .violation(
      'the automatic budget of each engine',
      { ...ON_DEVICE, spec: [], engines: [{}, { automatic: 300n }] },
      applies(512n, 300n),
    )
    .boundary('two engines, on the host', { ...ON_HOST, ...TWO, spec: '6000' }, applies(4096n, 6000n))
    .boundary('two engines, on the device', { ...ON_DEVICE, ...TWO, spec: '6000' }, applies(4096n, 6000n))
    .boundary('the streamable size', { ...ON_DEVICE, spec: '1024' }, applies(1024n))
    .boundary('one byte more', { ...ON_DEVICE, spec: '1025' }, applies(1024n)),

  clause('WSB-DEV-02')
    .control('tensors in host memory', { ...ON_HOST, ...RUN }, all(calls(RAN), leavesNothing()))
    .violation('tensors on the device', { ...ON_DEVICE, ...RUN }, all(calls(RAN), leavesNothing()))
    .violation(
      'through two engines',
      { ...ON_DEVICE, engines: [{}, {}], ...RUN },
      all(calls(RAN, RAN), leavesNothing()),
    )
    .boundary(
      'a tag between two engines, on the host',
      { ...ENGINE, engines: [{}, {}], planned: onHost(1), ...RUN },
      all(calls(RAN, RAN), leavesNothing()),
    )
    .boundary(
      'the last engine writes to the host',
      {
        ...ENGINE,
        planned: changed(onDevice(), 'last-on-host', ({ calls: before }) => ({
          calls: [...before.slice(0, -2), { delegate: 0, args: [1, 3] }],
        })),
        ...RUN,
      },
      all(calls(RAN), leavesNothing()),
    )
    .boundary(
      'a second execution',
      { ...ON_DEVICE, ...RUN_TWICE },
      all(calls(`${RAN}, enqueue`), leavesNothing()),
    ),

  clause('WSB-DEV-03')
    .control('a load', ON_DEVICE, all(applies(5n), leavesNothing()))
    .violation(
      'a delegate that rejects its budget',
      { ...ON_DEVICE, spec: '5x' },
      all(rejects(), leavesNothing()),
    )
    .violation(
      'the second of two engines that is refused',
      { ...ON_DEVICE, engines: [{}, { deserialize: null }] },
      all(rejects(), leavesNothing()),
    )
    .boundary(
      'two loads, one after another, with room for one',
      { ...ON_DEVICE, free: ARENA, steps: [load(), unload(), load()] },
      all(steps('ok', 'ok', 'ok'), leavesNothing()),
    )
    .boundary(
      'two methods at once, with room for one',
      { ...ON_DEVICE, methods: { decode: [{}], forward: [{}] }, free: ARENA },
      all(steps('ok', 'load MemoryAllocationFailed'), calls(LOADED), leavesNothing()),
    ),

  clause('WSB-DEV-04')
    .control('a CUDA device', ON_DEVICE, applies(5n))
    .violation(
      'a malformed budget behind it',
      { ...ENGINE, spec: '+5', planned: onDevice({ type: 2, index: 0 }) },
      all(rejects('NotFound'), calls()),
    )
    .boundary(
      'type 1',
      { ...ENGINE, planned: onDevice({ type: 1, index: 0 }, 'type1') },
      all(applies(5n), leavesNothing()),
    )
    .boundary(
      'type 2',
      { ...ENGINE, planned: onDevice({ type: 2, index: 0 }) },
      all(rejects('NotFound'), calls(), leavesNothing()),
    )
    .boundary(
      'type 127',
      { ...ENGINE, planned: onDevice({ type: 127, index: 0 }) },
      all(rejects('NotFound'), calls()),
    )
    .boundary(
      'type -1',
      { ...ENGINE, planned: onDevice({ type: -1, index: 0 }) },
      all(rejects('NotFound'), calls()),
    ),

  clause('WSB-DEV-05')
    .control('room enough', { ...ON_DEVICE, free: 1000n }, applies(5n))
    .violation(
      'no room at all',
      { ...ON_DEVICE, free: 0n },
      all(rejects('MemoryAllocationFailed'), calls(), leavesNothing()),
    )
    .violation(
      'an allocation that fails',
      { ...ON_DEVICE, fault: { call: 'cudaMalloc', occurrence: 1 } },
      all(rejects('MemoryAllocationFailed'), calls(), leavesNothing()),
    )
    .boundary('just enough', { ...ON_DEVICE, free: ARENA }, all(applies(5n), leavesNothing()))
    .boundary(
      'one byte too little',
      { ...ON_DEVICE, free: ARENA - 1n },
      all(rejects('MemoryAllocationFailed'), calls(), leavesNothing()),
    ),

  clause('WSB-DEV-06')
    .control('the copy operators', ON_DEVICE, applies(5n))
    .violation(
      'an operator of another library',
      { ...ENGINE, planned: calling(onDevice(), TO_DEVICE, 'acme::copy.out') },
      all(rejects('OperatorMissing'), calls(LOADED), leavesNothing()),
    )
    .violation(
      'behind two engines',
      { ...ENGINE, engines: [{}, {}], planned: calling(onDevice(), TO_HOST, 'acme::copy.out') },
      all(rejects('OperatorMissing'), calls(LOADED, LOADED), leavesNothing()),
    )
    .violation(
      'a malformed budget before it',
      { ...ENGINE, spec: '5x', planned: calling(onDevice(), TO_DEVICE, 'acme::copy.out') },
      all(rejects(), calls('deserialize'), leavesNothing()),
    )
    .boundary(
      'another overload',
      { ...ENGINE, planned: calling(onDevice(), TO_HOST, 'et_copy::_d2h_copy.other') },
      all(rejects('OperatorMissing'), calls(LOADED), leavesNothing()),
    )
    .boundary(
      'an operator that stock hosts have',
      { ...ENGINE, planned: calling(onDevice(), TO_HOST, 'aten::add.out') },
      all(applies(5n), leavesNothing()),
    ),

  clause('WSB-DEV-07')
    .control('copies in order', { ...ON_DEVICE, ...RUN }, all(calls(RAN), leavesNothing()))
    .violation(
      'the first copy fails',
      { ...ON_DEVICE, ...RUN, fault: { call: 'cudaMemcpy', occurrence: 1 } },
      all(steps('ok', 'execute Internal'), calls(LOADED), leavesNothing()),
    )
    .violation(
      'to the device from a tensor that is there',
      { ...ENGINE, ...RUN, planned: tensor(onDevice(), 1, 'untagged:1', { device: HOST }) },
      all(steps('ok', 'execute InvalidArgument'), calls(LOADED)),
    )
    .violation(
      'to the host from a tensor that is there',
      { ...ENGINE, ...RUN, planned: tensor(onDevice(), 3, 'tagged:3', { device: CUDA }) },
      all(steps('ok', 'execute InvalidArgument'), calls(RAN), leavesNothing()),
    )
    .boundary(
      'the last copy fails',
      { ...ON_DEVICE, ...RUN, fault: { call: 'cudaMemcpy', occurrence: 2 } },
      all(steps('ok', 'execute Internal'), calls(RAN), leavesNothing()),
    )
    .boundary(
      'a third copy would fail',
      { ...ON_DEVICE, ...RUN, fault: { call: 'cudaMemcpy', occurrence: 3 } },
      all(steps('ok', 'ok'), calls(RAN), leavesNothing()),
    )
    .boundary(
      'an output of another shape',
      { ...ENGINE, ...RUN, planned: tensor(onDevice(), 3, 'shape:3', { shape: [1, 3] }) },
      all(steps('ok', 'execute InvalidArgument'), calls(RAN), leavesNothing()),
    ),

  clause('WSB-DEV-08')
    .control('no tag', { ...ON_HOST, ...RUN }, calls(RAN))
    .violation(
      'all tensors tagged',
      { ...ENGINE, ...RUN, planned: onHost(0, 1) },
      all(steps('ok', 'execute NotSupported'), calls(LOADED), leavesNothing()),
    )
    .violation(
      'through a module, twice',
      { ...ENGINE, ...RUN_TWICE, module: null, planned: onHost(0, 1) },
      all(steps('ok', 'execute NotSupported', 'execute NotSupported', 'ok'), calls(LOADED)),
    )
    .boundary(
      'the input tagged',
      { ...ENGINE, ...RUN, planned: onHost(0) },
      all(steps('ok', 'execute NotSupported'), calls(LOADED)),
    )
    .boundary('the output tagged', { ...ENGINE, ...RUN, planned: onHost(1) }, calls(RAN)),

  clause('WSB-DEV-09')
    .control(
      'tensors in host memory',
      { ...MODELLED, planned: onHost(), free: 900n },
      budgetCalls('automatic 500, set 500'),
    )
    .violation(
      'tensors on the device',
      { ...MODELLED, planned: onDevice(), free: 900n },
      budgetCalls(`automatic ${500n - ARENA}, set ${500n - ARENA}`),
    )
    .boundary(
      'exactly 4a left by the arena',
      { ...MODELLED, planned: onDevice(), free: 400n + ARENA },
      budgetCalls('automatic 0, set 0'),
    )
    .boundary(
      '4a + 1 left by the arena',
      { ...MODELLED, planned: onDevice(), free: 401n + ARENA },
      budgetCalls('automatic 1, set 1'),
    ),

  clause('WSB-DEV-10')
    .control('device 0', { ...ON_DEVICE, ...RUN_TWICE }, all(calls(`${RAN}, enqueue`), leavesNothing()))
    .violation(
      'device 1',
      { ...ENGINE, ...RUN_TWICE, planned: onDevice({ type: 1, index: 1 }) },
      all(calls(`${RAN}, enqueue`), leavesNothing()),
    )
    .violation(
      'device 1, and a budget that is rejected',
      { ...ENGINE, spec: '5x', planned: onDevice({ type: 1, index: 1 }) },
      all(rejects(), leavesNothing()),
    )
    .boundary(
      'device 127',
      { ...ENGINE, ...RUN, planned: onDevice({ type: 1, index: 127 }) },
      all(calls(RAN), leavesNothing()),
    )
    .boundary(
      'the current device',
      { ...ENGINE, ...RUN, planned: onDevice({ type: 1, index: -1 }) },
      all(calls(RAN), leavesNothing()),
    ),
].flatMap(({ cases }) => cases);
