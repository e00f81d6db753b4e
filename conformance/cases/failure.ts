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
  applies,
  budgetCalls,
  calls,
  loadsWith,
  logs,
  noBudgetCall,
  rejects,
  rejectsAfter,
  steps,
} from '../model/expectation.js';
import { repeat } from '../model/text.js';
import {
  engines,
  execute,
  foreign,
  input,
  load,
  noAttribute,
  noDevice,
  noEvent,
  noRuntime,
  unload,
} from '../model/scenario/vocabulary.js';

const TWO = { engines: [{ streamable: 100n }, { streamable: 1000n }] };
const XNNPACK = { backend: 'XnnpackBackend' };
const SET_5 = 'deserialize, set 5, context';
/** An input from whose values shapes are inferred, which no delegate supports. */
const SHAPE_TENSOR = input('input_0', [1n], { shapeInference: true });
const COMPLETE = 'deserialize, automatic 512, set 512, context';

/** Cases of the clauses WSB-FAIL. */
export const FAILURE: readonly Case[] = [
  clause('WSB-FAIL-01')
    .control('a valid blob', {}, applies(512n))
    .violation('text', { blob: insteadOfBlob('no blob at all, but text') }, rejectsAfter())
    .violation('zeros', { blob: insteadOfBlob(repeat('\0', 64)) }, rejectsAfter())
    .violation('no data', { blob: insteadOfBlob('') }, rejectsAfter())
    .violation('a blob without its engine', { blob: firstBytes(100) }, rejectsAfter())
    .boundary('31 bytes', { blob: firstBytes(31) }, rejectsAfter())
    .boundary('32 bytes', { blob: firstBytes(32) }, rejectsAfter()),

  clause('WSB-FAIL-02')
    .control('a plan that can be read', { spec: '5' }, loadsWith('set 5'))
    .violation('no engine', { deserialize: null }, rejectsAfter('deserialize refused'))
    .violation('no engine, a budget', { spec: '5', deserialize: null }, rejectsAfter('deserialize refused'))
    .boundary(
      'no engine, a bad budget',
      { spec: '5x', deserialize: null },
      rejectsAfter('deserialize refused'),
    )
    .boundary(
      'the second of two',
      { engines: [{}, { deserialize: null }] },
      rejectsAfter(COMPLETE, 'deserialize refused'),
    ),

  clause('WSB-FAIL-03')
    .control('a context', { spec: '5' }, loadsWith('set 5'))
    .violation(
      'no context',
      { spec: '5', context: null },
      rejectsAfter('deserialize, set 5, context refused'),
    )
    .violation(
      'no context, option',
      { option: '5', context: null },
      rejectsAfter('deserialize, set 5, context refused'),
    )
    .violation(
      'no context, resident engine',
      { streamable: 0n, context: null },
      rejectsAfter('deserialize, context refused'),
    )
    .boundary(
      'a budget of 0',
      { spec: '0', context: null },
      rejectsAfter('deserialize, set 0, context refused'),
    )
    .boundary(
      'the second of two',
      { spec: '5', engines: [{}, { context: null }] },
      rejectsAfter(SET_5, 'deserialize, set 5, context refused'),
    ),

  clause('WSB-FAIL-04')
    .control('a load that ends well', {}, applies(512n))
    .violation('the budget', { spec: '5x' }, rejects())
    .violation('the set', { spec: '5', refuses: 1 }, rejects())
    .violation('the plan', { deserialize: null }, rejects())
    .violation('the context', { context: null }, rejects())
    .boundary('the blob', { blob: firstBytes(31) }, rejects())
    .boundary('the device', { fault: noDevice(1) }, rejects())
    .boundary('the event', { fault: noEvent(1) }, rejects())
    .boundary('the runtime', { fault: noRuntime(2) }, rejects())
    .boundary('the bindings', { bindings: [input('x')] }, rejects())
    .boundary('the shapes', { bindings: [input('input_0', [1n, 4n], { shapeInference: true })] }, rejects()),

  clause('WSB-FAIL-05')
    .control('load and unload', { steps: [load(), unload()] }, applies(512n))
    .violation('load, and the end of the program', { steps: [load('5')] }, applies(5n))
    .boundary('after one execution', { steps: [load(), execute(), unload()] }, steps('ok', 'ok', 'ok'))
    .boundary(
      'after two executions',
      { steps: [load(), execute(), execute(), unload()] },
      steps('ok', 'ok', 'ok', 'ok'),
    ),

  clause('WSB-FAIL-06')
    .control('both runtimes', { fault: noRuntime(3) }, applies(512n))
    .violation('none for the check', { fault: noRuntime(1) }, rejects('NotFound'), calls())
    .violation('none for init', { fault: noRuntime(2) }, rejectsAfter())
    .boundary(
      'the third, of two engines',
      { ...TWO, fault: noRuntime(3) },
      rejects('NotFound'),
      calls(COMPLETE),
    )
    .boundary('the fourth, of two engines', { ...TWO, fault: noRuntime(4) }, rejectsAfter(COMPLETE))
    .boundary('the fifth, of two engines', { ...TWO, fault: noRuntime(5) }, applies(512n, 512n)),

  clause('WSB-FAIL-07')
    .control('a load that ends well', {}, calls(COMPLETE))
    .violation('a bad budget', { spec: '5x' }, rejectsAfter('deserialize'))
    .violation('a refused set', { spec: '5', refuses: 1 }, rejectsAfter('deserialize, set 5 refused'))
    .violation(
      'a refused fallback',
      { refuses: 2 },
      rejectsAfter('deserialize, automatic 512, set 512 refused, set 0 refused'),
    )
    .boundary('the first step', { deserialize: null }, rejectsAfter('deserialize refused'))
    .boundary('the last step', { bindings: [SHAPE_TENSOR], spec: '5' }, rejectsAfter(SET_5)),

  clause('WSB-FAIL-08')
    .control('without it', { engines: [{}, {}] }, applies(512n, 512n))
    .violation('behind ours', { engines: [{}, XNNPACK] }, rejects('NotFound'), calls(COMPLETE))
    .boundary('before ours', { engines: [XNNPACK, {}] }, rejects('NotFound'), calls())
    .boundary('between ours', { engines: [{}, XNNPACK, {}] }, rejects('NotFound'), calls(COMPLETE)),

  clause('WSB-FAIL-09')
    .control('a budget in order', { spec: '5' }, applies(5n), logs(false))
    .violation('malformed compile spec', { spec: '5x' }, rejects(), logs(true))
    .violation('malformed option', { option: '5x' }, rejects(), logs(true))
    .violation('two compile specs', { spec: ['5', '5'] }, rejects(), logs(true))
    .violation('negative int', { option: -1 }, rejects(), logs(true))
    .violation('bool', { option: true }, rejects(), logs(true))
    .violation('refused', { spec: '5', refuses: 1 }, rejects(), logs(true))
    .boundary('a refused automatic budget', { refuses: 2 }, rejects(), logs(true))
    .boundary('an empty compile spec', { spec: '' }, rejects(), logs(true)),

  clause('WSB-FAIL-10')
    .control('an empty option is logged', { spec: '5', option: '' }, applies(5n), logs(true))
    .violation('compile spec', { spec: '5' }, applies(5n), logs(false))
    .violation('option', { option: '5' }, applies(5n), logs(false))
    .violation('a damaged blob', { spec: '5', blob: firstBytes(31) }, rejects(), logs(false))
    .violation('a plan that gives no engine', { spec: '5', deserialize: null }, rejects(), logs(false))
    .violation('an engine that gives no context', { spec: '5', context: null }, rejects(), logs(false))
    .boundary('clamped', { spec: '5000' }, applies(1024n), logs(false))
    .boundary('a masked malformed compile spec', { spec: '5x', option: '6' }, applies(6n), logs(false))
    .boundary('automatic', {}, applies(512n), logs(false))
    .boundary(
      'an option of another backend, malformed',
      { options: [foreign('XnnpackBackend', 'x')] },
      applies(512n),
      logs(false),
    ),

  clause('WSB-FAIL-11')
    .control('selected', { fault: noDevice(99) }, applies(512n))
    .violation('not selected', { spec: '5', fault: noDevice(1) }, rejectsAfter())
    .boundary('the first of two', { ...TWO, fault: noDevice(1) }, rejectsAfter())
    .boundary('the second of two', { ...TWO, fault: noDevice(2) }, rejectsAfter(COMPLETE)),

  clause('WSB-FAIL-12')
    .control('created', { fault: noEvent(2) }, applies(512n))
    .violation('not created', { spec: '5', fault: noEvent(1) }, rejectsAfter(), noBudgetCall())
    .boundary('the first of two', { ...TWO, fault: noEvent(1) }, rejectsAfter())
    .boundary('the second of two', { ...TWO, fault: noEvent(2) }, rejectsAfter(COMPLETE)),

  clause('WSB-FAIL-13')
    .control('known', { spec: '5' }, applies(5n))
    .violation('not known', { spec: '5', fault: noAttribute(1) }, applies(5n), budgetCalls('set 5'))
    .boundary('the first of two', { ...TWO, fault: noAttribute(1) }, applies(512n, 512n))
    .boundary('the second of two', { ...TWO, fault: noAttribute(2) }, applies(512n, 512n)),

  clause('WSB-FAIL-14')
    .control('in order', { spec: '5', option: '7' }, applies(7n))
    .violation(
      'a bad budget, an engine that is none and a context that fails',
      { spec: '5x', option: '-', deserialize: null, context: null },
      rejectsAfter('deserialize refused'),
    )
    .violation(
      'no data, two bad budgets and an option that is none',
      { spec: ['x', '-1'], option: true, blob: insteadOfBlob('') },
      rejectsAfter(),
    )
    .boundary(
      'the last of eight engines',
      { engines: [...engines(7, () => ({})), { context: null }] },
      rejects(),
    )
    .boundary('an option of 255 bytes', { option: repeat('0', 255) }, applies(0n))
    .boundary('an option of 256 bytes', { option: repeat('9', 256) }, rejects()),
].flatMap(({ cases }) => cases);
