/*
 * Plan: the order of things (WSB-LIFE).
 *
 * When two faults meet, the earlier one decides. Most end in InvalidProgram, so it is the calls
 * that tell which one it was. Order of destruction and use after destruction are noted by the
 * simulated TensorRT as violations, and so is another current device at the end of a step; any
 * violation fails a case; here they are asked for by name. Boundaries: a failure right behind the
 * step before, no execution and two, one turn of load and unload and many.
 */
import { firstBytes, metadata } from '../model/scenario/blob-change.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import {
  all,
  applies,
  budgetCalls,
  calls,
  leavesNothing,
  logs,
  rejects,
  steps,
} from '../model/expectation.js';
import type { Scenario, StepScenario } from '../model/scenario/scenario.js';
import { engines, execute, input, load, output, unload } from '../model/scenario/vocabulary.js';

const ON_DEVICE_1 = metadata('device 1', { device_id: 1 });
const SET_5 = ['deserialize', 'set 5', 'context'];

/**
 * Calls are counted over both loads, so that one which the first makes too early is missed by the
 * second.
 */
const BAD_THEN_GOOD: Scenario = {
  methods: { bad: [{ blob: firstBytes(31) }], good: [{ spec: '5' }] },
  steps: [load('bad'), load('good')],
};
const BOTH_FAIL = steps('load InvalidProgram', 'load InvalidProgram');

/** Cases of the clauses WSB-LIFE. */
export const LIFECYCLE: readonly Case[] = [
  clause('WSB-LIFE-01')
    .control('a bad budget on a good plan', { spec: '5x' }, all(rejects(), calls(['deserialize'])))
    .violation(
      'a bad budget on a damaged plan',
      { spec: '5x', deserialize: null },
      all(rejects(), calls(['deserialize refused']), logs(false)),
    )
    .boundary(
      'a bad option on a damaged plan',
      { option: '5x', deserialize: null },
      all(rejects(), calls(['deserialize refused']), logs(false)),
    )
    .boundary(
      'a bad option on a good plan',
      { option: '5x' },
      all(rejects(), calls(['deserialize']), logs(true)),
    ),

  clause('WSB-LIFE-02')
    .control('a good blob with a bad budget', { spec: '5x' }, all(rejects(), calls(['deserialize'])))
    .violation(
      'a damaged blob with a bad budget',
      { spec: '5x', blob: firstBytes(31) },
      all(rejects(), calls(), logs(false)),
    )
    .violation(
      'a damaged method first: the first device is selected for the good one',
      { ...BAD_THEN_GOOD, fault: { call: 'cudaSetDevice', occurrence: 1 } },
      all(BOTH_FAIL, calls(), leavesNothing()),
    )
    .violation(
      'a damaged method first: the first event is created for the good one',
      { ...BAD_THEN_GOOD, fault: { call: 'cudaEventCreateWithFlags', occurrence: 1 } },
      all(BOTH_FAIL, calls(), leavesNothing()),
    )
    .boundary(
      'a damaged blob, no runtime for init',
      { blob: firstBytes(31), fault: { call: 'createInferRuntime', occurrence: 2 } },
      all(rejects(), calls(), leavesNothing()),
    )
    .boundary(
      'a damaged blob, no device',
      { blob: firstBytes(31), fault: { call: 'cudaSetDevice', occurrence: 1 } },
      all(rejects(), calls(), leavesNothing()),
    )
    .boundary(
      'a damaged method first: the third runtime is the one for init',
      { ...BAD_THEN_GOOD, fault: { call: 'createInferRuntime', occurrence: 3 } },
      all(BOTH_FAIL, calls(), leavesNothing()),
    )
    .boundary(
      'a damaged method first: there is no fourth runtime',
      { ...BAD_THEN_GOOD, fault: { call: 'createInferRuntime', occurrence: 4 } },
      all(steps('load InvalidProgram', 'ok'), calls(SET_5), leavesNothing()),
    ),

  clause('WSB-LIFE-03')
    .control('a good blob', { fault: { call: 'createInferRuntime', occurrence: 1 } }, rejects('NotFound'))
    .violation(
      'a damaged blob',
      { blob: firstBytes(31), fault: { call: 'createInferRuntime', occurrence: 1 } },
      all(rejects('NotFound'), calls()),
    )
    .boundary(
      'a bad budget',
      { spec: '5x', fault: { call: 'createInferRuntime', occurrence: 1 } },
      all(rejects('NotFound'), calls(), logs(false)),
    )
    .boundary(
      'a damaged blob and a runtime',
      { blob: firstBytes(31), fault: { call: 'createInferRuntime', occurrence: 3 } },
      rejects('InvalidProgram'),
    ),

  clause('WSB-LIFE-04')
    .control('names in order', { spec: '5', bindings: [input('input_0')] }, calls(SET_5))
    .violation(
      'names that cannot be inferred',
      { spec: '5', bindings: [input('input')] },
      all(rejects(), calls(['deserialize', 'set 5'])),
    )
    .boundary(
      'bad names and a bad budget',
      { spec: '5x', bindings: [input('input')] },
      all(rejects(), calls(['deserialize'])),
    )
    .boundary(
      'bad names and a refused budget',
      { spec: '5', refuses: 1, bindings: [input('input')] },
      all(rejects(), calls(['deserialize', 'set 5 refused'])),
    ),

  clause('WSB-LIFE-05')
    .control('one engine', { spec: '5' }, calls(SET_5))
    .violation('two engines', { spec: '5', engines: [{}, {}] }, calls(SET_5, SET_5))
    .boundary('a budget of 0', { spec: '0' }, calls(['deserialize', 'set 0', 'context']))
    .boundary(
      'sixty-four engines',
      { spec: '5', engines: engines(64, () => ({})) },
      calls(...Array.from({ length: 64 }, () => SET_5)),
    ),

  clause('WSB-LIFE-06')
    .control('load and unload', { steps: [load('forward'), unload('forward')] }, leavesNothing())
    .violation('two engines', { engines: [{}, {}] }, all(applies(512n, 512n), leavesNothing()))
    .boundary(
      'a failure right behind the context',
      { bindings: [input('input_0', [1n], { shapeInference: true })] },
      all(rejects(), leavesNothing()),
    )
    .boundary('a failure right behind the engine', { spec: '5x' }, all(rejects(), leavesNothing())),

  clause('WSB-LIFE-07')
    .control(
      'load, execute, unload',
      { steps: [load('forward'), execute('forward'), unload('forward')] },
      all(steps('ok', 'ok', 'ok'), leavesNothing()),
    )
    .violation(
      'execute after unload',
      { steps: [load('forward'), unload('forward'), execute('forward')] },
      all(steps('ok', 'ok', 'execute InvalidState'), leavesNothing()),
    )
    .boundary(
      'unload twice',
      { steps: [load('forward'), unload('forward'), unload('forward')] },
      all(steps('ok', 'ok', 'ok'), leavesNothing()),
    )
    .boundary(
      'load after unload',
      { steps: [load('forward'), unload('forward'), load('forward'), execute('forward')] },
      all(steps('ok', 'ok', 'ok', 'ok'), leavesNothing()),
    ),

  clause('WSB-LIFE-08')
    .control('in a segment', { spec: '5' }, all(applies(5n), leavesNothing()))
    .violation(
      'three engines of odd sizes in segments',
      { engines: [{}, { bindings: [input('x_0')] }, { bindings: [input('xyz_0')] }] },
      all(applies(512n, 512n, 512n), leavesNothing()),
    )
    .boundary('inline', { spec: '5', inline: true }, all(applies(5n), leavesNothing()))
    .boundary(
      'three engines of odd sizes inline',
      { inline: true, engines: [{}, { bindings: [input('x_0')] }, { bindings: [input('xyz_0')] }] },
      all(applies(512n, 512n, 512n), leavesNothing()),
    ),

  clause('WSB-LIFE-09')
    .control('load alone', { spec: '5' }, calls(SET_5))
    .violation(
      'one execution',
      { spec: '5', steps: [load('forward'), execute('forward')] },
      calls([...SET_5, 'enqueue']),
    )
    .boundary(
      'two executions',
      { spec: '5', steps: [load('forward'), execute('forward'), execute('forward')] },
      calls([...SET_5, 'enqueue', 'enqueue']),
    )
    .boundary(
      'an execution after a reload',
      { spec: '5', steps: [load('forward'), unload('forward'), load('forward'), execute('forward')] },
      calls(SET_5, [...SET_5, 'enqueue']),
    ),

  clause('WSB-LIFE-10')
    .control('ends well', { steps: [load('forward'), execute('forward')] }, steps('ok', 'ok'))
    .violation(
      'fails',
      { enqueue: false, steps: [load('forward'), execute('forward')] },
      steps('ok', 'execute InvalidState'),
    )
    .boundary(
      'fails twice',
      { enqueue: false, steps: [load('forward'), execute('forward'), execute('forward')] },
      steps('ok', 'execute InvalidState', 'execute InvalidState'),
    )
    .boundary(
      'unload after a failure',
      { enqueue: false, steps: [load('forward'), execute('forward'), unload('forward')] },
      all(steps('ok', 'execute InvalidState', 'ok'), leavesNothing()),
    ),

  clause('WSB-LIFE-11')
    .control('once', { steps: turns(1) }, all(applies(5n), leavesNothing()))
    .violation('three turns', { steps: turns(3) }, all(applies(5n, 5n, 5n), leavesNothing()))
    .boundary('two turns', { steps: turns(2) }, all(applies(5n, 5n), leavesNothing()))
    .boundary(
      'a hundred turns',
      { steps: turns(100) },
      all(applies(...Array.from({ length: 100 }, () => 5n)), leavesNothing()),
    )
    .boundary(
      'a good and a bad option in turn',
      { steps: [load('forward', '5'), unload('forward'), load('forward', 'x'), load('forward', '5')] },
      all(
        steps('ok', 'ok', 'load InvalidProgram', 'ok'),
        budgetCalls(['set 5'], [], ['set 5']),
        leavesNothing(),
      ),
    ),

  clause('WSB-LIFE-12')
    .control('an ordinary input', { bindings: [input('input_0')] }, applies(512n))
    .violation(
      'a shape inference tensor',
      { bindings: [input('input_0', [1n], { shapeInference: true })] },
      all(rejects(), leavesNothing()),
    )
    .boundary(
      'as the second input',
      { bindings: [input('input_0'), input('input_1', [1n], { shapeInference: true })] },
      all(rejects(), leavesNothing()),
    )
    .boundary(
      'as an output',
      { bindings: [input('input_0'), output('output_0', [1n], { shapeInference: true })] },
      applies(512n),
    ),

  clause('WSB-LIFE-13')
    .control(
      'device 0 throughout',
      { steps: [load('forward'), execute('forward'), unload('forward')] },
      all(applies(512n), leavesNothing()),
    )
    .violation('loaded for device 1', { blob: ON_DEVICE_1 }, all(applies(512n), leavesNothing()))
    .violation(
      'loaded for device 1, run and unloaded',
      { blob: ON_DEVICE_1, steps: [load('forward'), execute('forward'), unload('forward')] },
      all(applies(512n), leavesNothing()),
    )
    .boundary(
      'a load that fails as soon as the device is selected',
      { blob: ON_DEVICE_1, fault: { call: 'cudaEventCreateWithFlags', occurrence: 1 } },
      all(rejects(), calls(), leavesNothing()),
    )
    .boundary(
      'a load that fails where the device cannot be selected',
      { blob: ON_DEVICE_1, fault: { call: 'cudaSetDevice', occurrence: 1 } },
      all(rejects(), calls(), leavesNothing()),
    )
    .boundary(
      'a load for device 1 that fails at its last step',
      { blob: ON_DEVICE_1, context: null },
      all(rejects(), calls(['deserialize', 'automatic 512', 'set 512', 'context refused']), leavesNothing()),
    )
    .boundary(
      'a load for device 1 that ends well',
      { spec: '5', blob: ON_DEVICE_1 },
      all(applies(5n), leavesNothing()),
    ),

  clause('WSB-LIFE-14')
    .control(
      'a dynamic input with a profile',
      { bindings: [input('input_0', [-1n, 4n], { profile: { min: [1n, 4n], max: [8n, 4n] } })] },
      applies(512n),
    )
    .violation(
      'a dynamic input without a profile',
      { bindings: [input('input_0', [-1n, 4n])] },
      all(rejects(), leavesNothing()),
    )
    .boundary('a static input without a profile', { bindings: [input('input_0', [1n, 4n])] }, applies(512n))
    .boundary(
      'the second input',
      { bindings: [input('input_0'), input('input_1', [4n, -1n])] },
      all(rejects(), leavesNothing()),
    ),
].flatMap(({ cases }) => cases);

function turns(count: number): StepScenario[] {
  return Array.from({ length: count }, () => [load('forward', '5'), unload('forward')]).flat();
}
