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
import { ARGUMENTS } from './arguments.js';
import { CACHES } from './caches.js';
import { THREADS } from './threads.js';
import { EXECUTION } from './execution.js';
import { clause } from '../model/scenario/clause.js';
import {
  applies,
  budgetCalls,
  calls,
  loadsWith,
  logs,
  rejects,
  rejectsAfter,
  steps,
} from '../model/expectation.js';
import type { Scenario, StepScenario } from '../model/scenario/scenario.js';
import {
  engines,
  execute,
  input,
  load,
  loadMethod,
  noDevice,
  noEvent,
  noRuntime,
  output,
  unload,
} from '../model/scenario/vocabulary.js';

const ON_DEVICE_1 = metadata('device 1', { device_id: 1 });
/** An input from whose values shapes are inferred, which no delegate supports. */
const SHAPE_TENSOR = input('input_0', [1n], { shapeInference: true });
const SET_5 = 'deserialize, set 5, context';

/**
 * Calls are counted over both loads, so that one which the first makes too early is missed by the
 * second.
 */
const BAD_THEN_GOOD: Scenario = {
  methods: { bad: [{ blob: firstBytes(31) }], good: [{ spec: '5' }] },
  steps: [loadMethod('bad'), loadMethod('good')],
};
/** A blob that is cut off. */
const DAMAGED = { blob: firstBytes(31) };
const NOT_RUN = 'execute InvalidState';
const BOTH_FAIL = steps('load InvalidProgram', 'load InvalidProgram');

/** Cases of the clauses WSB-LIFE. */
export const LIFECYCLE: readonly Case[] = [
  clause('WSB-LIFE-01')
    .control('a bad budget on a good plan', { spec: '5x' }, rejectsAfter('deserialize'))
    .violation(
      'a bad budget on a damaged plan',
      { spec: '5x', deserialize: null },
      rejectsAfter('deserialize refused'),
      logs(false),
    )
    .boundary(
      'a bad option on a damaged plan',
      { option: '5x', deserialize: null },
      rejectsAfter('deserialize refused'),
      logs(false),
    )
    .boundary('a bad option on a good plan', { option: '5x' }, rejectsAfter('deserialize'), logs(true)),

  clause('WSB-LIFE-02')
    .control('a good blob with a bad budget', { spec: '5x' }, rejectsAfter('deserialize'))
    .violation(
      'a damaged blob with a bad budget',
      { spec: '5x', blob: firstBytes(31) },
      rejectsAfter(),
      logs(false),
    )
    .violation(
      'a damaged method first: the first device is selected for the good one',
      { ...BAD_THEN_GOOD, fault: noDevice(1) },
      BOTH_FAIL,
      calls(),
    )
    .violation(
      'a damaged method first: the first event is created for the good one',
      { ...BAD_THEN_GOOD, fault: noEvent(1) },
      BOTH_FAIL,
      calls(),
    )
    .boundary('a damaged blob, no runtime for init', { ...DAMAGED, fault: noRuntime(2) }, rejectsAfter())
    .boundary('a damaged blob, no device', { ...DAMAGED, fault: noDevice(1) }, rejectsAfter())
    .boundary(
      'a damaged method first: the third runtime is the one for init',
      { ...BAD_THEN_GOOD, fault: noRuntime(3) },
      BOTH_FAIL,
      calls(),
    )
    .boundary(
      'a damaged method first: there is no fourth runtime',
      { ...BAD_THEN_GOOD, fault: noRuntime(4) },
      steps('load InvalidProgram', 'ok'),
      calls(SET_5),
    ),

  clause('WSB-LIFE-03')
    .control('a good blob', { fault: noRuntime(1) }, rejects('NotFound'))
    .violation('a damaged blob', { ...DAMAGED, fault: noRuntime(1) }, rejects('NotFound'), calls())
    .boundary('a bad budget', { spec: '5x', fault: noRuntime(1) }, rejects('NotFound'), calls(), logs(false))
    .boundary('a damaged blob and a runtime', { ...DAMAGED, fault: noRuntime(3) }, rejects()),

  clause('WSB-LIFE-04')
    .control('names in order', { spec: '5', bindings: [input('input_0')] }, calls(SET_5))
    .violation(
      'names that cannot be inferred',
      { spec: '5', bindings: [input('input')] },
      rejectsAfter('deserialize, set 5'),
    )
    .boundary(
      'bad names and a bad budget',
      { spec: '5x', bindings: [input('input')] },
      rejectsAfter('deserialize'),
    )
    .boundary(
      'bad names and a refused budget',
      { spec: '5', refuses: 1, bindings: [input('input')] },
      rejectsAfter('deserialize, set 5 refused'),
    ),

  clause('WSB-LIFE-05')
    .control('one engine', { spec: '5' }, calls(SET_5))
    .violation('two engines', { spec: '5', engines: [{}, {}] }, calls(SET_5, SET_5))
    .boundary('a budget of 0', { spec: '0' }, loadsWith('set 0'))
    .boundary(
      'sixty-four engines',
      { spec: '5', engines: engines(64, () => ({})) },
      calls(...Array.from({ length: 64 }, () => SET_5)),
    ),

  clause('WSB-LIFE-06')
    .control('load and unload', { steps: [load(), unload()] })
    .violation('two engines', { engines: [{}, {}] }, applies(512n, 512n))
    .boundary('a failure right behind the context', { bindings: [SHAPE_TENSOR] }, rejects())
    .boundary('a failure right behind the engine', { spec: '5x' }, rejects()),

  clause('WSB-LIFE-07')
    .control('load, execute, unload', { steps: [load(), execute(), unload()] }, steps('ok', 'ok', 'ok'))
    .violation('execute after unload', { steps: [load(), unload(), execute()] }, steps('ok', 'ok', NOT_RUN))
    .boundary('unload twice', { steps: [load(), unload(), unload()] }, steps('ok', 'ok', 'ok'))
    .boundary(
      'load after unload',
      { steps: [load(), unload(), load(), execute()] },
      steps('ok', 'ok', 'ok', 'ok'),
    ),

  clause('WSB-LIFE-08')
    .control('in a segment', { spec: '5' }, applies(5n))
    .violation(
      'three engines of odd sizes in segments',
      { engines: [{}, { bindings: [input('x_0')] }, { bindings: [input('xyz_0')] }] },
      applies(512n, 512n, 512n),
    )
    .boundary('inline', { spec: '5', inline: true }, applies(5n))
    .boundary(
      'three engines of odd sizes inline',
      { inline: true, engines: [{}, { bindings: [input('x_0')] }, { bindings: [input('xyz_0')] }] },
      applies(512n, 512n, 512n),
    ),

  ...EXECUTION,
  ...ARGUMENTS,
  ...CACHES,
  ...THREADS,

  clause('WSB-LIFE-11')
    .control('once', { steps: turns(1) }, applies(5n))
    .violation('three turns', { steps: turns(3) }, applies(5n, 5n, 5n))
    .boundary('two turns', { steps: turns(2) }, applies(5n, 5n))
    .boundary('a hundred turns', { steps: turns(100) }, applies(...Array.from({ length: 100 }, () => 5n)))
    .boundary(
      'a good and a bad option in turn',
      { steps: [load('5'), unload(), load('x'), load('5')] },
      steps('ok', 'ok', 'load InvalidProgram', 'ok'),
      budgetCalls('set 5', 'none', 'set 5'),
    ),

  clause('WSB-LIFE-12')
    .control('an ordinary input', { bindings: [input('input_0')] }, applies(512n))
    .violation('a shape inference tensor', { bindings: [SHAPE_TENSOR] }, rejects())
    .boundary(
      'as the second input',
      { bindings: [input('input_0'), input('input_1', [1n], { shapeInference: true })] },
      rejects(),
    )
    .boundary(
      'as an output',
      { bindings: [input('input_0'), output('output_0', [1n], { shapeInference: true })] },
      applies(512n),
    ),

  clause('WSB-LIFE-13')
    .control('device 0 throughout', { steps: [load(), execute(), unload()] }, applies(512n))
    .violation('loaded for device 1', { blob: ON_DEVICE_1 }, applies(512n))
    .violation(
      'loaded for device 1, run and unloaded',
      { blob: ON_DEVICE_1, steps: [load(), execute(), unload()] },
      applies(512n),
    )
    .boundary(
      'a load that fails as soon as the device is selected',
      { blob: ON_DEVICE_1, fault: noEvent(1) },
      rejectsAfter(),
    )
    .boundary(
      'a load that fails where the device cannot be selected',
      { blob: ON_DEVICE_1, fault: noDevice(1) },
      rejectsAfter(),
    )
    .boundary(
      'a load for device 1 that fails at its last step',
      { blob: ON_DEVICE_1, context: null },
      rejectsAfter('deserialize, automatic 512, set 512, context refused'),
    )
    .boundary('a load for device 1 that ends well', { spec: '5', blob: ON_DEVICE_1 }, applies(5n)),

  clause('WSB-LIFE-14')
    .control(
      'a dynamic input with a profile',
      { bindings: [input('input_0', [-1n, 4n], { profile: { min: [1n, 4n], max: [8n, 4n] } })] },
      applies(512n),
    )
    .violation('a dynamic input without a profile', { bindings: [input('input_0', [-1n, 4n])] }, rejects())
    .boundary('a static input without a profile', { bindings: [input('input_0', [1n, 4n])] }, applies(512n))
    .boundary('the second input', { bindings: [input('input_0'), input('input_1', [4n, -1n])] }, rejects()),
].flatMap(({ cases }) => cases);

function turns(count: number): StepScenario[] {
  return Array.from({ length: count }, () => [load('5'), unload()]).flat();
}
