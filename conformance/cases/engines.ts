/*
 * Plan: several engines in one method (WSB-MULTI).
 *
 * The engines of a case differ in their streamable size, so that a budget that went to the wrong
 * one, was shared out or summed up shows. Fixed sizes: 100, 1000 and 5000 bytes. A failing engine
 * stands first, in the middle and last; what was made before it has to be gone, what comes behind
 * it must not be touched, which the list of deserialized engines shows. Boundaries: one engine,
 * two, eight, sixty-four.
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
  logs,
  noBudgetCall,
  rejects,
  steps,
} from '../model/expectation.js';
import { engines, load, unload } from '../model/scenario/vocabulary.js';

const SMALL = { streamable: 100n };
const MEDIUM = { streamable: 1000n };
const LARGE = { streamable: 5000n };
const RESIDENT = { streamable: 0n };

/** Cases of the clauses WSB-MULTI. */
export const ENGINES: readonly Case[] = [
  clause('WSB-MULTI-01')
    .control('one engine', { engines: [MEDIUM], option: '700' }, appliesFrom('option', 700n))
    .violation(
      'each clamped to its own size',
      { engines: [SMALL, MEDIUM, LARGE], option: '700' },
      appliesFrom('option', 100n, 700n, 700n),
    )
    .violation(
      'an int',
      { engines: [SMALL, MEDIUM, LARGE], option: 700 },
      appliesFrom('option', 100n, 700n, 700n),
    )
    .violation(
      'over compile specs of their own',
      { engines: [{ ...SMALL, spec: '7' }, MEDIUM, { ...LARGE, spec: '9' }], option: '700' },
      appliesFrom('option', 100n, 700n, 700n),
    )
    .boundary(
      'above all',
      { engines: [SMALL, MEDIUM, LARGE], option: '5001' },
      appliesFrom('option', 100n, 1000n, 5000n),
    )
    .boundary('0', { engines: [SMALL, LARGE], option: '0' }, appliesFrom('option', 0n, 0n))
    .boundary('equal to the smaller', { engines: [SMALL, LARGE], option: '100' }, applies(100n, 100n))
    .boundary(
      'eight engines',
      { engines: engines(8, () => LARGE), option: '9' },
      applies(...repeated(8, 9n)),
    ),

  clause('WSB-MULTI-02')
    .control(
      'equal compile specs',
      {
        engines: [
          { ...MEDIUM, spec: '7' },
          { ...LARGE, spec: '7' },
        ],
      },
      appliesFrom('compile-spec', 7n, 7n),
    )
    .violation(
      'different compile specs',
      {
        engines: [
          { ...MEDIUM, spec: '7' },
          { ...LARGE, spec: '8' },
        ],
      },
      appliesFrom('compile-spec', 7n, 8n),
    )
    .violation(
      'the second malformed',
      {
        engines: [
          { ...MEDIUM, spec: '7' },
          { ...LARGE, spec: '8x' },
        ],
      },
      rejects(),
    )
    .boundary(
      'none between two',
      { engines: [{ ...MEDIUM, spec: '7' }, LARGE, { ...SMALL, spec: '8' }] },
      budgetCalls(['set 7'], ['automatic 512', 'set 512'], ['set 8']),
    )
    .boundary(
      'one in two delegates is no duplicate',
      {
        engines: [
          { ...MEDIUM, spec: '7' },
          { ...MEDIUM, spec: '7' },
        ],
      },
      appliesFrom('compile-spec', 7n, 7n),
    )
    .boundary(
      '0 beside 5000',
      {
        engines: [
          { ...LARGE, spec: '0' },
          { ...LARGE, spec: '5000' },
        ],
      },
      applies(0n, 5000n),
    ),

  clause('WSB-MULTI-03')
    .control('one engine', { engines: [LARGE], spec: '3000' }, applies(3000n))
    .violation('two engines', { engines: [LARGE, LARGE], spec: '3000' }, applies(3000n, 3000n))
    .violation('two engines, option', { engines: [LARGE, LARGE], option: '3000' }, applies(3000n, 3000n))
    .violation(
      'three engines of which two would use up a total',
      { engines: [MEDIUM, MEDIUM, LARGE], spec: '1000' },
      applies(1000n, 1000n, 1000n),
    )
    .boundary('eight engines', { engines: engines(8, () => LARGE), spec: '8' }, applies(...repeated(8, 8n)))
    .boundary(
      'sixty-four engines',
      { engines: engines(64, () => LARGE), spec: '1' },
      applies(...repeated(64, 1n)),
    ),

  clause('WSB-MULTI-04')
    .control('streamable alone', { engines: [MEDIUM, LARGE], option: '5' }, applies(5n, 5n))
    .control('resident alone', { engines: [RESIDENT, RESIDENT], option: '5' }, applies(null, null))
    .violation('resident first', { engines: [RESIDENT, MEDIUM], option: '5' }, applies(null, 5n))
    .violation('resident last', { engines: [MEDIUM, RESIDENT], option: '5' }, applies(5n, null))
    .violation('resident between', { engines: [MEDIUM, RESIDENT, LARGE], option: '5' }, applies(5n, null, 5n))
    .violation(
      'automatic',
      { engines: [RESIDENT, MEDIUM, RESIDENT] },
      all(budgetCalls([], ['automatic 512', 'set 512'], []), logs(false)),
    )
    .boundary(
      'one resident among streamable ones is logged',
      { engines: [MEDIUM, LARGE, RESIDENT], spec: '5' },
      all(applies(5n, 5n, null), logs(true)),
      'WSB-APPLY-08',
    )
    .boundary(
      'streamable size 1 between 0',
      { engines: [RESIDENT, { streamable: 1n }, RESIDENT], option: '5' },
      applies(null, 1n, null),
    ),

  clause('WSB-MULTI-05')
    .control('none fails', { engines: [SMALL, MEDIUM, LARGE], spec: '5' }, applies(5n, 5n, 5n))
    .violation(
      'the first',
      { engines: [{ spec: '5x' }, MEDIUM, LARGE] },
      all(rejects(), calls(['deserialize'])),
    )
    .violation(
      'the second',
      { engines: [{ spec: '5' }, { spec: '5x' }, LARGE] },
      all(rejects(), calls(['deserialize', 'set 5', 'context'], ['deserialize'])),
    )
    .violation(
      'the last',
      { engines: [{ spec: '5' }, { spec: '6' }, { spec: '', streamable: 7n }] },
      all(
        rejects(),
        calls(['deserialize', 'set 5', 'context'], ['deserialize', 'set 6', 'context'], ['deserialize']),
      ),
    )
    .boundary(
      'two faults: a budget, then a plan',
      { engines: [{ spec: '5x' }, { deserialize: null }] },
      all(rejects(), calls(['deserialize'])),
    )
    .boundary(
      'two faults: a plan, then a budget',
      { engines: [{ deserialize: null }, { spec: '5x' }] },
      all(rejects(), calls(['deserialize refused'])),
    )
    .boundary(
      'a malformed option ends it at the first',
      { engines: [RESIDENT, MEDIUM], option: '5x' },
      all(rejects(), calls(['deserialize']), noBudgetCall()),
    ),

  clause('WSB-MULTI-06')
    .control(
      'all loaded, all destroyed',
      { engines: [SMALL, MEDIUM, LARGE] },
      all(steps('ok'), leavesNothing()),
    )
    .violation('a budget', { engines: [MEDIUM, { spec: '5x' }] }, all(rejects(), leavesNothing()))
    .violation('a set', { engines: [MEDIUM, { spec: '5', refuses: 1 }] }, all(rejects(), leavesNothing()))
    .violation('a plan', { engines: [MEDIUM, { deserialize: null }] }, all(rejects(), leavesNothing()))
    .violation('a context', { engines: [MEDIUM, { context: null }] }, all(rejects(), leavesNothing()))
    .boundary(
      'the last of eight',
      { engines: [...engines(7, () => LARGE), { spec: 'x' }] },
      all(rejects(), leavesNothing()),
    )
    .boundary(
      'the last of sixty-four',
      { engines: [...engines(63, () => LARGE), { spec: 'x' }] },
      all(rejects(), leavesNothing()),
    ),

  clause('WSB-MULTI-07')
    .control('one load', { steps: [load('forward', '5')] }, applies(5n))
    .violation(
      'an option, then none',
      { steps: [load('forward', '5'), unload('forward'), load('forward')] },
      all(steps('ok', 'ok', 'ok'), budgetCalls(['set 5'], ['automatic 512', 'set 512'])),
    )
    .violation(
      'an option, then another',
      { steps: [load('forward', '5'), unload('forward'), load('forward', '6')] },
      applies(5n, 6n),
    )
    .violation(
      'none, then an option',
      { spec: '7', steps: [load('forward'), unload('forward'), load('forward', '5')] },
      applies(7n, 5n),
    )
    .boundary(
      'a rejected load, then a good one',
      { steps: [load('forward', 'x'), load('forward')] },
      all(steps('load InvalidProgram', 'ok'), budgetCalls([], ['automatic 512', 'set 512']), leavesNothing()),
    )
    .boundary(
      'an empty option, then none: logged once',
      { steps: [load('forward', ''), unload('forward'), load('forward')] },
      all(applies(512n, 512n), logs(true)),
    )
    .boundary(
      'a method loaded twice without unloading',
      { steps: [load('forward', '5'), load('forward', '6')] },
      all(applies(5n, 6n), leavesNothing()),
    ),

  clause('WSB-MULTI-08')
    .control('one engine', {}, calls(['deserialize', 'automatic 512', 'set 512', 'context']))
    .violation(
      'each complete before the next: the second fails',
      {
        engines: [
          { ...SMALL, spec: '1' },
          { ...MEDIUM, spec: '2', context: null },
          { ...LARGE, spec: '3' },
        ],
      },
      all(rejects(), calls(['deserialize', 'set 1', 'context'], ['deserialize', 'set 2', 'context refused'])),
    )
    .violation(
      'in the order of the delegates',
      {
        engines: [
          { ...LARGE, spec: '3' },
          { ...SMALL, spec: '1' },
          { ...MEDIUM, spec: '2' },
        ],
      },
      applies(3n, 1n, 2n),
    )
    .boundary(
      'equal plans, different compile specs',
      { engines: [{ spec: '1' }, { spec: '2' }] },
      applies(1n, 2n),
    )
    .boundary(
      'eight',
      { engines: engines(8, (index) => ({ spec: String(index) })) },
      applies(0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n),
    ),

  clause('WSB-MULTI-09')
    .control(
      'different data',
      {
        engines: [
          { ...MEDIUM, spec: '5' },
          { ...LARGE, spec: '6' },
        ],
      },
      applies(5n, 6n),
    )
    .violation('one segment, two budgets', { engines: [{ spec: '5' }, { spec: '6' }] }, applies(5n, 6n))
    .violation(
      'one inline data, two budgets',
      { inline: true, engines: [{ spec: '5' }, { spec: '6' }] },
      applies(5n, 6n),
    )
    .boundary(
      'a budget and none',
      { engines: [{ spec: '5' }, {}] },
      budgetCalls(['set 5'], ['automatic 512', 'set 512']),
    )
    .boundary(
      'none and a budget',
      { engines: [{}, { spec: '5' }] },
      budgetCalls(['automatic 512', 'set 512'], ['set 5']),
    ),
].flatMap(({ cases }) => cases);

function repeated(count: number, budget: bigint): bigint[] {
  return Array.from({ length: count }, () => budget);
}
