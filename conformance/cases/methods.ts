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
  applies,
  budgetCalls,
  calls,
  fromOption,
  fromSpec,
  loadsWith,
  rejects,
  steps,
} from '../model/expectation.js';
import { type Scenario } from '../model/scenario/scenario.js';
import {
  budget,
  builder,
  execute,
  foreign,
  load,
  loadMethod,
  loadWith,
  unload,
} from '../model/scenario/vocabulary.js';

const TWO: Scenario = { methods: { decode: [{ streamable: 100n }], prefill: [{ streamable: 1000n }] } };
const THREE: Scenario = {
  methods: { a: [{ spec: '1' }], b: [{ spec: '2' }], c: [{ spec: '3' }] },
};
const SHARED: Scenario = { methods: { decode: [{ spec: '5' }], prefill: [{ spec: '6' }] } };
const [DECODE, PREFILL] = [loadMethod('decode'), loadMethod('prefill')];
const LOAD_BOTH = [DECODE, PREFILL];
const [A, B, C] = [loadMethod('a'), loadMethod('b'), loadMethod('c')];
const REJECTED_FIRST = steps('load InvalidProgram', 'ok');
const FOUR_OK = steps('ok', 'ok', 'ok', 'ok');
const RELOADED = [load('5'), unload(), load('6')];
const OPTION_5 = [budget('5')];

/** Cases of the clauses WSB-METHOD. */
export const METHODS: readonly Case[] = [
  clause('WSB-METHOD-01')
    .control('one method', { spec: '5' }, loadsWith('set 5'))
    .violation('the first of two', { ...TWO, spec: '5', steps: [DECODE] }, applies(5n))
    .violation('the second of two', { ...TWO, spec: '500', steps: [PREFILL] }, applies(500n))
    .boundary('methods that share a segment, the first', { ...SHARED, steps: [DECODE] }, loadsWith('set 5'))
    .boundary(
      'methods that share a segment, the second',
      { ...SHARED, steps: [PREFILL] },
      loadsWith('set 6'),
    ),

  clause('WSB-METHOD-02')
    .control('one order', { ...TWO, spec: '500', steps: LOAD_BOTH }, applies(100n, 500n))
    .violation('the other order', { ...TWO, spec: '500', steps: [PREFILL, DECODE] }, applies(500n, 100n))
    .boundary('three: a, b, c', { ...THREE, steps: [A, B, C] }, applies(1n, 2n, 3n))
    .boundary('three: a, c, b', { ...THREE, steps: [A, C, B] }, applies(1n, 3n, 2n))
    .boundary('three: b, a, c', { ...THREE, steps: [B, A, C] }, applies(2n, 1n, 3n))
    .boundary('three: b, c, a', { ...THREE, steps: [B, C, A] }, applies(2n, 3n, 1n))
    .boundary('three: c, a, b', { ...THREE, steps: [C, A, B] }, applies(3n, 1n, 2n))
    .boundary('three: c, b, a', { ...THREE, steps: [C, B, A] }, applies(3n, 2n, 1n)),

  clause('WSB-METHOD-03')
    .control('one method', { module: OPTION_5, steps: [load()] }, fromOption(5n))
    .violation('two methods', { ...TWO, module: OPTION_5, steps: LOAD_BOTH }, fromOption(5n, 5n))
    .boundary(
      'a method loaded again',
      { module: OPTION_5, steps: [load(), unload(), load()] },
      fromOption(5n, 5n),
    )
    .boundary('no options for the module', { spec: '7', module: null, steps: [load()] }, fromSpec(7n)),

  clause('WSB-METHOD-04')
    .control('module options alone', { module: OPTION_5, steps: [load()] }, fromOption(5n))
    .violation('options of the load', { module: OPTION_5, steps: [load('6')] }, fromOption(6n))
    .violation(
      'then the module again',
      { module: OPTION_5, steps: [load('6'), unload(), load()] },
      fromOption(6n, 5n),
    )
    .boundary(
      'another key: nothing is merged',
      { spec: '7', module: OPTION_5, steps: [loadWith(builder(['other', '6']))] },
      fromSpec(7n),
    )
    .boundary(
      'a malformed option of the module, masked',
      { module: [budget('x')], steps: [load('6')] },
      fromOption(6n),
    ),

  clause('WSB-METHOD-05')
    .control('no map', { spec: '7', module: OPTION_5, steps: [load()] }, fromOption(5n))
    .violation('an empty map', { spec: '7', module: OPTION_5, steps: [loadWith()] }, fromSpec(7n))
    .boundary(
      'a map for another backend',
      { spec: '7', module: OPTION_5, steps: [loadWith(foreign('XnnpackBackend', '6'))] },
      fromSpec(7n),
    )
    .boundary(
      'an entry without options',
      { spec: '7', module: OPTION_5, steps: [loadWith(builder())] },
      fromSpec(7n),
    ),

  clause('WSB-METHOD-06')
    .control('one load', { module: OPTION_5, steps: [load()] }, applies(5n))
    .violation('two loads', { module: OPTION_5, steps: [load(), load()] }, applies(5n))
    .violation('another option', { module: null, steps: [load('5'), load('6')] }, applies(5n))
    .boundary(
      'a malformed option',
      { module: null, steps: [load('5'), load('x')] },
      steps('ok', 'ok'),
      applies(5n),
    )
    .boundary('unloaded between', { module: null, steps: RELOADED }, applies(5n, 6n)),

  clause('WSB-METHOD-07')
    .control('one load', { spec: '7', steps: [load('5')] }, applies(5n))
    .violation('another option', { spec: '7', steps: RELOADED }, applies(5n, 6n))
    .boundary('none after some', { spec: '7', steps: [load('5'), unload(), load()] }, applies(5n, 7n))
    .boundary('some after none', { spec: '7', steps: [load(), unload(), load('5')] }, applies(7n, 5n)),

  clause('WSB-METHOD-08')
    .control('one method', { steps: [load(), unload()] }, steps('ok', 'ok'))
    .violation(
      'the other one stays',
      { ...TWO, spec: '5', steps: [...LOAD_BOTH, unload('decode'), execute('prefill')] },
      FOUR_OK,
    )
    .boundary(
      'methods that share a segment',
      { ...SHARED, steps: [...LOAD_BOTH, unload('decode'), execute('prefill')] },
      FOUR_OK,
      calls('deserialize, set 5, context', 'deserialize, set 6, context, enqueue'),
    )
    .boundary(
      'both unloaded, in the order of loading',
      { ...TWO, spec: '5', steps: [...LOAD_BOTH, unload('decode'), unload('prefill')] },
      FOUR_OK,
    ),

  clause('WSB-METHOD-09')
    .control('the second load alone', { steps: [load('5')] }, applies(5n))
    .violation(
      'after a rejected one',
      { steps: [load('x'), load('5')] },
      REJECTED_FIRST,
      budgetCalls('none', 'set 5'),
    )
    .boundary(
      'after a rejected one, with a module',
      { module: null, steps: [load('x'), load('5')] },
      REJECTED_FIRST,
      budgetCalls('none', 'set 5'),
    )
    .boundary(
      'after three rejected ones',
      { steps: [load('x'), load(-1), load(true), load('5')] },
      steps('load InvalidProgram', 'load InvalidProgram', 'load InvalidProgram', 'ok'),
      budgetCalls('none', 'none', 'none', 'set 5'),
    ),

  clause('WSB-METHOD-10')
    .control('a method that is there', { steps: [load()] }, applies(512n))
    .violation(
      'a method that is not',
      { steps: [loadMethod('backward')] },
      rejects('InvalidArgument'),
      calls(),
    )
    .boundary('the empty name', { steps: [loadMethod('')] }, rejects('InvalidArgument'), calls())
    .boundary('another case', { steps: [loadMethod('Forward')] }, rejects('InvalidArgument'), calls())
    .boundary('a letter less', { steps: [loadMethod('forwar')] }, rejects('InvalidArgument'), calls())
    .boundary(
      'a byte order mark before',
      { steps: [loadMethod('\ufeffforward')] },
      rejects('InvalidArgument'),
      calls(),
    )
    .boundary(
      'the same text, but for bytes that are no UTF-8',
      { methods: { 'f\udcff': [{}] }, steps: [loadMethod('f\udcfe')] },
      rejects('InvalidArgument'),
      calls(),
    )
    .boundary(
      'a name that is no UTF-8',
      { methods: { 'f\udcff': [{}] }, steps: [loadMethod('f\udcff')] },
      applies(512n),
    ),
].flatMap(({ cases }) => cases);
