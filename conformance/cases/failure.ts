/*
 * Plan: what fails, and what is left behind (WSB-FAIL).
 *
 * A failure is dictated: a blob that is none, a plan that gives no engine, an engine that gives no
 * context, a call to CUDA or TensorRT that fails at its n-th occurrence. Every failing load has to
 * end with its error and to leave nothing alive; the calls listed tell how far it went.
 * `createInferRuntime` is called twice for each engine: by the availability check and by init.
 * Boundaries: the first and the second of two engines.
 */
import { firstBytes, insteadOfBlob } from '../model/scenario/blob-change.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import {
  all,
  applies,
  budgetCalls,
  calls,
  leavesNothing,
  logs,
  noBudgetCall,
  rejects,
  steps,
} from '../model/expectation.js';
import { repeat } from '../model/text.js';
import { execute, foreign, input, load, unload } from '../model/scenario/vocabulary.js';
import { BUDGET } from '../model/names.js';

const TWO = [{ streamable: 100n }, { streamable: 1000n }];
const COMPLETE = ['deserialize', 'automatic 512', 'set 512', 'context'];

/** Cases of the clauses WSB-FAIL. */
export const FAILURE: readonly Case[] = [
  clause('WSB-FAIL-01')
    .control('a valid blob', {}, applies(512n))
    .violation('text', { blob: insteadOfBlob('no blob at all, but text') }, all(rejects(), calls()))
    .violation('zeros', { blob: insteadOfBlob(repeat('\0', 64)) }, all(rejects(), calls()))
    .violation('no data', { blob: insteadOfBlob('') }, all(rejects(), calls()))
    .violation('a blob without its engine', { blob: firstBytes(100) }, all(rejects(), calls()))
    .boundary('31 bytes', { blob: firstBytes(31) }, all(rejects(), calls(), leavesNothing()))
    .boundary('32 bytes', { blob: firstBytes(32) }, all(rejects(), calls(), leavesNothing())),

  clause('WSB-FAIL-02')
    .control('a plan that can be read', { spec: '5' }, calls(['deserialize', 'set 5', 'context']))
    .violation('no engine', { deserialize: null }, all(rejects(), calls(['deserialize refused'])))
    .violation(
      'no engine, a budget',
      { spec: '5', deserialize: null },
      all(rejects(), calls(['deserialize refused'])),
    )
    .boundary(
      'no engine, a bad budget',
      { spec: '5x', deserialize: null },
      all(rejects(), calls(['deserialize refused'])),
    )
    .boundary(
      'the second of two',
      { engines: [{}, { deserialize: null }] },
      all(rejects(), calls(COMPLETE, ['deserialize refused']), leavesNothing()),
    ),

  clause('WSB-FAIL-03')
    .control('a context', { spec: '5' }, calls(['deserialize', 'set 5', 'context']))
    .violation(
      'no context',
      { spec: '5', context: null },
      all(rejects(), calls(['deserialize', 'set 5', 'context refused'])),
    )
    .violation(
      'no context, option',
      { option: '5', context: null },
      all(rejects(), calls(['deserialize', 'set 5', 'context refused'])),
    )
    .violation(
      'no context, resident engine',
      { streamable: 0n, context: null },
      all(rejects(), calls(['deserialize', 'context refused'])),
    )
    .boundary(
      'a budget of 0',
      { spec: '0', context: null },
      all(rejects(), calls(['deserialize', 'set 0', 'context refused'])),
    )
    .boundary(
      'the second of two',
      { spec: '5', engines: [{}, { context: null }] },
      all(rejects(), calls(['deserialize', 'set 5', 'context'], ['deserialize', 'set 5', 'context refused'])),
    ),

  clause('WSB-FAIL-04')
    .control('a load that ends well', {}, all(applies(512n), leavesNothing()))
    .violation('the budget', { spec: '5x' }, all(rejects(), leavesNothing()))
    .violation('the set', { spec: '5', refuses: 1 }, all(rejects(), leavesNothing()))
    .violation('the plan', { deserialize: null }, all(rejects(), leavesNothing()))
    .violation('the context', { context: null }, all(rejects(), leavesNothing()))
    .boundary('the blob', { blob: firstBytes(31) }, all(rejects(), leavesNothing()))
    .boundary(
      'the device',
      { fault: { call: 'cudaSetDevice', occurrence: 1 } },
      all(rejects(), leavesNothing()),
    )
    .boundary(
      'the event',
      { fault: { call: 'cudaEventCreateWithFlags', occurrence: 1 } },
      all(rejects(), leavesNothing()),
    )
    .boundary(
      'the runtime',
      { fault: { call: 'createInferRuntime', occurrence: 2 } },
      all(rejects(), leavesNothing()),
    )
    .boundary('the bindings', { bindings: [input('x')] }, all(rejects(), leavesNothing()))
    .boundary(
      'the shapes',
      { bindings: [input('input_0', [1n, 4n], { shapeInference: true })] },
      all(rejects(), leavesNothing()),
    ),

  clause('WSB-FAIL-05')
    .control(
      'load and unload',
      { steps: [load('forward'), unload('forward')] },
      all(applies(512n), leavesNothing()),
    )
    .violation(
      'load, and the end of the program',
      { steps: [load('forward', '5')] },
      all(applies(5n), leavesNothing()),
    )
    .boundary(
      'after one execution',
      { steps: [load('forward'), execute('forward'), unload('forward')] },
      all(steps('ok', 'ok', 'ok'), leavesNothing()),
    )
    .boundary(
      'after two executions',
      { steps: [load('forward'), execute('forward'), execute('forward'), unload('forward')] },
      all(steps('ok', 'ok', 'ok', 'ok'), leavesNothing()),
    ),

  clause('WSB-FAIL-06')
    .control('both runtimes', { fault: { call: 'createInferRuntime', occurrence: 3 } }, applies(512n))
    .violation(
      'none for the check',
      { fault: { call: 'createInferRuntime', occurrence: 1 } },
      all(rejects('NotFound'), calls(), leavesNothing()),
    )
    .violation(
      'none for init',
      { fault: { call: 'createInferRuntime', occurrence: 2 } },
      all(rejects('InvalidProgram'), calls(), leavesNothing()),
    )
    .boundary(
      'the third, of two engines',
      { engines: TWO, fault: { call: 'createInferRuntime', occurrence: 3 } },
      all(rejects('NotFound'), calls(COMPLETE), leavesNothing()),
    )
    .boundary(
      'the fourth, of two engines',
      { engines: TWO, fault: { call: 'createInferRuntime', occurrence: 4 } },
      all(rejects('InvalidProgram'), calls(COMPLETE), leavesNothing()),
    )
    .boundary(
      'the fifth, of two engines',
      { engines: TWO, fault: { call: 'createInferRuntime', occurrence: 5 } },
      applies(512n, 512n),
    ),

  clause('WSB-FAIL-07')
    .control('a load that ends well', {}, calls(COMPLETE))
    .violation('a bad budget', { spec: '5x' }, all(rejects(), calls(['deserialize'])))
    .violation(
      'a refused set',
      { spec: '5', refuses: 1 },
      all(rejects(), calls(['deserialize', 'set 5 refused'])),
    )
    .violation(
      'a refused fallback',
      { refuses: 2 },
      all(rejects(), calls(['deserialize', 'automatic 512', 'set 512 refused', 'set 0 refused'])),
    )
    .boundary('the first step', { deserialize: null }, all(rejects(), calls(['deserialize refused'])))
    .boundary(
      'the last step',
      { bindings: [input('input_0', [1n], { shapeInference: true })], spec: '5' },
      all(rejects(), calls(['deserialize', 'set 5', 'context'])),
    ),

  clause('WSB-FAIL-08')
    .control('without it', { engines: [{}, {}] }, applies(512n, 512n))
    .violation(
      'behind ours',
      { engines: [{}, { backend: 'XnnpackBackend' }] },
      all(rejects('NotFound'), calls(COMPLETE), leavesNothing()),
    )
    .boundary(
      'before ours',
      { engines: [{ backend: 'XnnpackBackend' }, {}] },
      all(rejects('NotFound'), calls(), leavesNothing()),
    )
    .boundary(
      'between ours',
      { engines: [{}, { backend: 'XnnpackBackend' }, {}] },
      all(rejects('NotFound'), calls(COMPLETE), leavesNothing()),
    ),

  clause('WSB-FAIL-09')
    .control('a budget in order', { spec: '5' }, all(applies(5n), logs(false)))
    .violation('malformed compile spec', { spec: '5x' }, all(rejects(), logs(true)))
    .violation('malformed option', { option: '5x' }, all(rejects(), logs(true)))
    .violation('two compile specs', { spec: ['5', '5'] }, all(rejects(), logs(true)))
    .violation('negative int', { option: -1 }, all(rejects(), logs(true)))
    .violation('bool', { option: true }, all(rejects(), logs(true)))
    .violation('refused', { spec: '5', refuses: 1 }, all(rejects(), logs(true)))
    .boundary('a refused automatic budget', { refuses: 2 }, all(rejects(), logs(true)))
    .boundary('an empty compile spec', { spec: '' }, all(rejects(), logs(true))),

  clause('WSB-FAIL-10')
    .control('an empty option is logged', { spec: '5', option: '' }, all(applies(5n), logs(true)))
    .violation('compile spec', { spec: '5' }, all(applies(5n), logs(false)))
    .violation('option', { option: '5' }, all(applies(5n), logs(false)))
    .violation('a damaged blob', { spec: '5', blob: firstBytes(31) }, all(rejects(), logs(false)))
    .violation('a plan that gives no engine', { spec: '5', deserialize: null }, all(rejects(), logs(false)))
    .violation('an engine that gives no context', { spec: '5', context: null }, all(rejects(), logs(false)))
    .boundary('clamped', { spec: '5000' }, all(applies(1024n), logs(false)))
    .boundary('a masked malformed compile spec', { spec: '5x', option: '6' }, all(applies(6n), logs(false)))
    .boundary('automatic', {}, all(applies(512n), logs(false)))
    .boundary(
      'an option of another backend, malformed',
      { options: [foreign('XnnpackBackend', [BUDGET, 'x'])] },
      all(applies(512n), logs(false)),
    ),

  clause('WSB-FAIL-11')
    .control('selected', { fault: { call: 'cudaSetDevice', occurrence: 99 } }, applies(512n))
    .violation(
      'not selected',
      { spec: '5', fault: { call: 'cudaSetDevice', occurrence: 1 } },
      all(rejects(), calls(), leavesNothing()),
    )
    .boundary(
      'the first of two',
      { engines: TWO, fault: { call: 'cudaSetDevice', occurrence: 1 } },
      all(rejects(), calls()),
    )
    .boundary(
      'the second of two',
      { engines: TWO, fault: { call: 'cudaSetDevice', occurrence: 2 } },
      all(rejects(), calls(COMPLETE), leavesNothing()),
    ),

  clause('WSB-FAIL-12')
    .control('created', { fault: { call: 'cudaEventCreateWithFlags', occurrence: 2 } }, applies(512n))
    .violation(
      'not created',
      { spec: '5', fault: { call: 'cudaEventCreateWithFlags', occurrence: 1 } },
      all(rejects(), noBudgetCall(), calls()),
    )
    .boundary(
      'the first of two',
      { engines: TWO, fault: { call: 'cudaEventCreateWithFlags', occurrence: 1 } },
      all(rejects(), calls()),
    )
    .boundary(
      'the second of two',
      { engines: TWO, fault: { call: 'cudaEventCreateWithFlags', occurrence: 2 } },
      all(rejects(), calls(COMPLETE), leavesNothing()),
    ),

  clause('WSB-FAIL-13')
    .control('known', { spec: '5' }, applies(5n))
    .violation(
      'not known',
      { spec: '5', fault: { call: 'cudaDeviceGetAttribute', occurrence: 1 } },
      all(applies(5n), budgetCalls(['set 5'])),
    )
    .boundary(
      'the first of two',
      { engines: TWO, fault: { call: 'cudaDeviceGetAttribute', occurrence: 1 } },
      applies(512n, 512n),
    )
    .boundary(
      'the second of two',
      { engines: TWO, fault: { call: 'cudaDeviceGetAttribute', occurrence: 2 } },
      applies(512n, 512n),
    ),

  clause('WSB-FAIL-14')
    .control('in order', { spec: '5', option: '7' }, applies(7n))
    .violation(
      'a bad budget, an engine that is none and a context that fails',
      { spec: '5x', option: '-', deserialize: null, context: null },
      all(rejects(), calls(['deserialize refused'])),
    )
    .violation(
      'no data, two bad budgets and an option that is none',
      { spec: ['x', '-1'], option: true, blob: insteadOfBlob('') },
      all(rejects(), calls()),
    )
    .boundary(
      'the last of eight engines',
      { engines: [...Array.from({ length: 7 }, () => ({})), { context: null }] },
      all(rejects(), leavesNothing()),
    )
    .boundary('an option of 255 bytes', { option: repeat('0', 255) }, applies(0n))
    .boundary('an option of 256 bytes', { option: repeat('9', 256) }, rejects()),
].flatMap(({ cases }) => cases);
