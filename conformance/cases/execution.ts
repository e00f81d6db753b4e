/*
 * Plan: executions (WSB-LIFE-09, WSB-LIFE-10).
 *
 * Tensors are of the ranks and shapes that an engine takes, at the ends of its profile and outside
 * of it. After each failure the method is executed once more and unloaded.
 */
import type { BlobBinding } from '../../reference/index.js';
import { calls, steps } from '../model/expectation.js';
import { metadata } from '../model/scenario/blob-change.js';
import { clause, type ClauseCases } from '../model/scenario/clause.js';
import { changed, tensorsOf } from '../model/scenario/planned.js';
import type { PlanScenario } from '../model/scenario/scenario.js';
import { execute, input, load, noDevice, noMemory, output, unload } from '../model/scenario/vocabulary.js';

const SET_5 = 'deserialize, set 5, context';
const NOT_RUN = 'execute InvalidState';
const RUN_TWICE = { steps: [load(), execute(), execute(), unload()] };
const REFUSED_TWICE = steps('ok', 'execute InvalidArgument', 'execute InvalidArgument', 'ok');
const STATIC = [input('input_0'), output('output_0')];
/** 1 to 8 rows, as many in the output as in the input. */
const DYNAMIC = [
  input('input_0', [-1n, 4n], { profile: { min: [1n, 4n], max: [8n, 4n] } }),
  output('output_0', [-1n, 4n]),
];

/** Cases of the clauses about executions. */
export const EXECUTION: readonly ClauseCases[] = [
  clause('WSB-LIFE-09')
    .control('load alone', { spec: '5' }, calls(SET_5))
    .violation('one execution', { spec: '5', steps: [load(), execute()] }, calls(`${SET_5}, enqueue`))
    .boundary(
      'two executions',
      { spec: '5', steps: [load(), execute(), execute()] },
      calls(`${SET_5}, enqueue, enqueue`),
    )
    .boundary(
      'an execution after a reload',
      { spec: '5', steps: [load(), unload(), load(), execute()] },
      calls(SET_5, `${SET_5}, enqueue`),
    )
    .boundary(
      'two executions with tensors of ranks 1 to 4',
      {
        spec: '5',
        bindings: [
          input('input_0', [4n]),
          input('input_1', [2n, 2n, 2n]),
          output('output_0', [1n, 1n, 1n, 2n]),
        ],
        planned: tensorsOf(2, [4], [2, 2, 2], [1, 1, 1, 2]),
        steps: [load(), execute(), execute()],
      },
      calls(`${SET_5}, enqueue, enqueue`),
    )
    .boundary(
      'dynamic shapes, at the upper bound',
      { spec: '5', bindings: DYNAMIC, planned: tensorsOf(1, [8, 4], [8, 4]), steps: [load(), execute()] },
      calls(`${SET_5}, enqueue`),
    )
    .boundary(
      'tensors without elements',
      {
        spec: '5',
        bindings: [input('input_0', [0n, 4n]), output('output_0', [0n])],
        planned: tensorsOf(1, [0, 4], [0]),
        steps: [load(), execute()],
      },
      calls(`${SET_5}, enqueue`),
    )
    .boundary(
      'an output of rank 0 for one element',
      {
        spec: '5',
        bindings: [input('input_0', []), output('output_0', [1n])],
        planned: tensorsOf(1, [], []),
        steps: [load(), execute()],
      },
      calls(`${SET_5}, enqueue`),
    ),

  clause('WSB-LIFE-10')
    .control('ends well', { steps: [load(), execute()] }, steps('ok', 'ok'))
    .violation('fails', { enqueue: false, steps: [load(), execute()] }, steps('ok', NOT_RUN))
    .boundary(
      'fails twice',
      { enqueue: false, steps: [load(), execute(), execute()] },
      steps('ok', NOT_RUN, NOT_RUN),
    )
    .boundary(
      'unload after a failure',
      { enqueue: false, steps: [load(), execute(), unload()] },
      steps('ok', NOT_RUN, 'ok'),
    )
    .violation(
      'an input of more rows than the profile has',
      { bindings: DYNAMIC, planned: tensorsOf(1, [9, 4], [9, 4]), ...RUN_TWICE },
      REFUSED_TWICE,
    )
    .boundary(
      'an input without rows, of which the profile has one at least',
      { bindings: DYNAMIC, planned: tensorsOf(1, [0, 4], [0, 4]), ...RUN_TWICE },
      REFUSED_TWICE,
    )
    .boundary(
      'an input of another rank',
      { bindings: DYNAMIC, planned: tensorsOf(1, [4], [4, 4]), ...RUN_TWICE },
      REFUSED_TWICE,
    )
    .boundary(
      'an input of rank 9',
      { bindings: DYNAMIC, planned: tensorsOf(1, [1, 1, 1, 1, 1, 1, 1, 1, 4], [1, 4]), ...RUN_TWICE },
      REFUSED_TWICE,
    )
    .boundary(
      'an input that the profile takes and the engine does not',
      {
        bindings: [
          input('input_0', [1n, 4n], { profile: { min: [1n, 1n], max: [8n, 8n] } }),
          output('output_0'),
        ],
        planned: tensorsOf(1, [1, 5], [1, 4]),
        ...RUN_TWICE,
      },
      steps('ok', NOT_RUN, NOT_RUN, 'ok'),
    )
    .boundary(
      'an output of another shape',
      { bindings: DYNAMIC, planned: tensorsOf(1, [2, 4], [3, 4]), ...RUN_TWICE },
      steps('ok', 'execute NotSupported', 'execute NotSupported', 'ok'),
    )
    .boundary(
      'an input in host memory that an output is written over',
      {
        bindings: [input('input_0'), output('output_0')],
        blob: metadata('user alias', {
          io_bindings: [bound('input_0', true), bound('output_0', false)],
          aliased_io: [{ output: 'output_0', input: 'input_0', kind: 'user' }],
        }),
        planned: tensorsOf(1, [1, 4], [1, 4]),
        ...RUN_TWICE,
      },
      REFUSED_TWICE,
    )
    .boundary(
      'no memory for the input, once',
      { bindings: STATIC, planned: tensorsOf(1, [1, 4], [1, 4]), ...RUN_TWICE, fault: noMemory(1) },
      steps('ok', 'execute MemoryAllocationFailed', 'ok', 'ok'),
    )
    .boundary(
      'no memory for the output, once',
      { bindings: STATIC, planned: tensorsOf(1, [1, 4], [1, 4]), ...RUN_TWICE, fault: noMemory(2) },
      steps('ok', 'execute MemoryAllocationFailed', 'ok', 'ok'),
    )
    .boundary(
      'memory for both, and none for a third',
      { bindings: STATIC, planned: tensorsOf(1, [1, 4], [1, 4]), ...RUN_TWICE, fault: noMemory(3) },
      steps('ok', 'ok', 'ok', 'ok'),
    )
    .boundary(
      'an input that is no tensor',
      { bindings: STATIC, planned: calledWith(-1, 1), ...RUN_TWICE },
      REFUSED_TWICE,
    )
    .boundary(
      'an output that is no tensor',
      { bindings: STATIC, planned: calledWith(0, -1), ...RUN_TWICE },
      REFUSED_TWICE,
    )
    .boundary(
      'a device that cannot be selected, once',
      { blob: metadata('device 1', { device_id: 1 }), ...RUN_TWICE, fault: noDevice(3) },
      steps('ok', 'execute InvalidProgram', 'ok', 'ok'),
    ),
];

function bound(name: string, is_input: boolean): BlobBinding {
  return { name, dtype: 'float16', shape: [1, 4], is_input };
}

/** A delegate that is called with tensors of a plan by their numbers; −1 stands for no tensor. */
function calledWith(...args: readonly number[]): PlanScenario {
  return changed(tensorsOf(1, [1, 4], [1, 4]), `args:${args.join('+')}`, () => ({
    calls: [{ delegate: 0, args }],
  }));
}
