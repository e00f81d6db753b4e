/*
 * Plan: several methods, and a host that loads them its own way (WSB-METHOD).
 *
 * Programs have the methods `decode` and `prefill`, one engine each of another size, and a host
 * that works through `Program::load_method` or through `Module`, which keeps options of its own. A
 * step that loads says with which options; what it leaves out is a null map, and an empty map is
 * something else.
 */
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import {
  all,
  applies,
  appliesFrom,
  budgetCalls,
  calls,
  leavesNothing,
  rejects,
  steps,
} from '../model/expectation.js';
import { type Scenario } from '../model/scenario/scenario.js';
import { BUDGET } from '../model/names.js';
import { builder, execute, foreign, load, loadWith, unload } from '../model/scenario/vocabulary.js';

const TWO: Scenario = { methods: { decode: [{ streamable: 100n }], prefill: [{ streamable: 1000n }] } };
const THREE: Scenario = {
  methods: { a: [{ spec: '1' }], b: [{ spec: '2' }], c: [{ spec: '3' }] },
};
const SHARED: Scenario = { methods: { decode: [{ spec: '5' }], prefill: [{ spec: '6' }] } };
const OPTION_5 = [builder([BUDGET, '5'])];

/** Cases of the clauses WSB-METHOD. */
export const METHODS: readonly Case[] = [
  clause('WSB-METHOD-01')
    .control('one method', { spec: '5' }, calls(['deserialize', 'set 5', 'context']))
    .violation('the first of two', { ...TWO, spec: '5', steps: [load('decode')] }, applies(5n))
    .violation('the second of two', { ...TWO, spec: '500', steps: [load('prefill')] }, applies(500n))
    .boundary(
      'methods that share a segment, the first',
      { ...SHARED, steps: [load('decode')] },
      calls(['deserialize', 'set 5', 'context']),
    )
    .boundary(
      'methods that share a segment, the second',
      { ...SHARED, steps: [load('prefill')] },
      calls(['deserialize', 'set 6', 'context']),
    ),

  clause('WSB-METHOD-02')
    .control(
      'one order',
      { ...TWO, spec: '500', steps: [load('decode'), load('prefill')] },
      applies(100n, 500n),
    )
    .violation(
      'the other order',
      { ...TWO, spec: '500', steps: [load('prefill'), load('decode')] },
      applies(500n, 100n),
    )
    .boundary('three: a, b, c', { ...THREE, steps: [load('a'), load('b'), load('c')] }, applies(1n, 2n, 3n))
    .boundary('three: a, c, b', { ...THREE, steps: [load('a'), load('c'), load('b')] }, applies(1n, 3n, 2n))
    .boundary('three: b, a, c', { ...THREE, steps: [load('b'), load('a'), load('c')] }, applies(2n, 1n, 3n))
    .boundary('three: b, c, a', { ...THREE, steps: [load('b'), load('c'), load('a')] }, applies(2n, 3n, 1n))
    .boundary('three: c, a, b', { ...THREE, steps: [load('c'), load('a'), load('b')] }, applies(3n, 1n, 2n))
    .boundary('three: c, b, a', { ...THREE, steps: [load('c'), load('b'), load('a')] }, applies(3n, 2n, 1n)),

  clause('WSB-METHOD-03')
    .control('one method', { module: OPTION_5, steps: [load('forward')] }, appliesFrom('option', 5n))
    .violation(
      'two methods',
      { ...TWO, module: OPTION_5, steps: [load('decode'), load('prefill')] },
      appliesFrom('option', 5n, 5n),
    )
    .boundary(
      'a method loaded again',
      { module: OPTION_5, steps: [load('forward'), unload('forward'), load('forward')] },
      appliesFrom('option', 5n, 5n),
    )
    .boundary(
      'no options for the module',
      { spec: '7', module: null, steps: [load('forward')] },
      appliesFrom('compile-spec', 7n),
    ),

  clause('WSB-METHOD-04')
    .control(
      'module options alone',
      { module: OPTION_5, steps: [load('forward')] },
      appliesFrom('option', 5n),
    )
    .violation(
      'options of the load',
      { module: OPTION_5, steps: [load('forward', '6')] },
      appliesFrom('option', 6n),
    )
    .violation(
      'then the module again',
      { module: OPTION_5, steps: [load('forward', '6'), unload('forward'), load('forward')] },
      appliesFrom('option', 6n, 5n),
    )
    .boundary(
      'another key: nothing is merged',
      { spec: '7', module: OPTION_5, steps: [loadWith('forward', builder(['other', '6']))] },
      appliesFrom('compile-spec', 7n),
    )
    .boundary(
      'a malformed option of the module, masked',
      { module: [builder([BUDGET, 'x'])], steps: [load('forward', '6')] },
      appliesFrom('option', 6n),
    ),

  clause('WSB-METHOD-05')
    .control('no map', { spec: '7', module: OPTION_5, steps: [load('forward')] }, appliesFrom('option', 5n))
    .violation(
      'an empty map',
      { spec: '7', module: OPTION_5, steps: [loadWith('forward')] },
      appliesFrom('compile-spec', 7n),
    )
    .boundary(
      'a map for another backend',
      { spec: '7', module: OPTION_5, steps: [loadWith('forward', foreign('XnnpackBackend', [BUDGET, '6']))] },
      appliesFrom('compile-spec', 7n),
    )
    .boundary(
      'an entry without options',
      { spec: '7', module: OPTION_5, steps: [loadWith('forward', builder())] },
      appliesFrom('compile-spec', 7n),
    ),

  clause('WSB-METHOD-06')
    .control('one load', { module: OPTION_5, steps: [load('forward')] }, applies(5n))
    .violation('two loads', { module: OPTION_5, steps: [load('forward'), load('forward')] }, applies(5n))
    .violation(
      'another option',
      { module: null, steps: [load('forward', '5'), load('forward', '6')] },
      applies(5n),
    )
    .boundary(
      'a malformed option',
      { module: null, steps: [load('forward', '5'), load('forward', 'x')] },
      all(steps('ok', 'ok'), applies(5n)),
    )
    .boundary(
      'unloaded between',
      { module: null, steps: [load('forward', '5'), unload('forward'), load('forward', '6')] },
      applies(5n, 6n),
    ),

  clause('WSB-METHOD-07')
    .control('one load', { spec: '7', steps: [load('forward', '5')] }, applies(5n))
    .violation(
      'another option',
      { spec: '7', steps: [load('forward', '5'), unload('forward'), load('forward', '6')] },
      applies(5n, 6n),
    )
    .boundary(
      'none after some',
      { spec: '7', steps: [load('forward', '5'), unload('forward'), load('forward')] },
      applies(5n, 7n),
    )
    .boundary(
      'some after none',
      { spec: '7', steps: [load('forward'), unload('forward'), load('forward', '5')] },
      applies(7n, 5n),
    ),

  clause('WSB-METHOD-08')
    .control(
      'one method',
      { steps: [load('forward'), unload('forward')] },
      all(steps('ok', 'ok'), leavesNothing()),
    )
    .violation(
      'the other one stays',
      { ...TWO, spec: '5', steps: [load('decode'), load('prefill'), unload('decode'), execute('prefill')] },
      all(steps('ok', 'ok', 'ok', 'ok'), leavesNothing()),
    )
    .boundary(
      'methods that share a segment',
      { ...SHARED, steps: [load('decode'), load('prefill'), unload('decode'), execute('prefill')] },
      all(
        steps('ok', 'ok', 'ok', 'ok'),
        calls(['deserialize', 'set 5', 'context'], ['deserialize', 'set 6', 'context', 'enqueue']),
        leavesNothing(),
      ),
    )
    .boundary(
      'both unloaded, in the order of loading',
      { ...TWO, spec: '5', steps: [load('decode'), load('prefill'), unload('decode'), unload('prefill')] },
      all(steps('ok', 'ok', 'ok', 'ok'), leavesNothing()),
    ),

  clause('WSB-METHOD-09')
    .control('the second load alone', { steps: [load('forward', '5')] }, applies(5n))
    .violation(
      'after a rejected one',
      { steps: [load('forward', 'x'), load('forward', '5')] },
      all(steps('load InvalidProgram', 'ok'), budgetCalls([], ['set 5']), leavesNothing()),
    )
    .boundary(
      'after a rejected one, with a module',
      { module: null, steps: [load('forward', 'x'), load('forward', '5')] },
      all(steps('load InvalidProgram', 'ok'), budgetCalls([], ['set 5']), leavesNothing()),
    )
    .boundary(
      'after three rejected ones',
      {
        steps: [load('forward', 'x'), load('forward', -1), load('forward', true), load('forward', '5')],
      },
      all(
        steps('load InvalidProgram', 'load InvalidProgram', 'load InvalidProgram', 'ok'),
        budgetCalls([], [], [], ['set 5']),
        leavesNothing(),
      ),
    ),

  clause('WSB-METHOD-10')
    .control('a method that is there', { steps: [load('forward')] }, applies(512n))
    .violation(
      'a method that is not',
      { steps: [load('backward')] },
      all(rejects('InvalidArgument'), calls()),
    )
    .boundary('the empty name', { steps: [load('')] }, all(rejects('InvalidArgument'), calls()))
    .boundary('another case', { steps: [load('Forward')] }, all(rejects('InvalidArgument'), calls()))
    .boundary('a letter less', { steps: [load('forwar')] }, all(rejects('InvalidArgument'), calls()))
    .boundary(
      'a byte order mark before',
      { steps: [load('\ufeffforward')] },
      all(rejects('InvalidArgument'), calls()),
    )
    .boundary(
      'the same text, but for bytes that are no UTF-8',
      { methods: { 'f\udcff': [{}] }, steps: [load('f\udcfe')] },
      all(rejects('InvalidArgument'), calls()),
    )
    .boundary(
      'a name that is no UTF-8',
      { methods: { 'f\udcff': [{}] }, steps: [load('f\udcff')] },
      applies(512n),
    ),
].flatMap(({ cases }) => cases);
