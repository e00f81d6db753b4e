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
  applies,
  budgetCalls,
  fromOption,
  fromSpec,
  loadsWith,
  logs,
  noBudgetCall,
  rejects,
  rejectsAfter,
  steps,
} from '../model/expectation.js';
import type { EngineScenario } from '../model/scenario/scenario.js';
import { engines, load, unload } from '../model/scenario/vocabulary.js';

const SMALL = { streamable: 100n };
const MEDIUM = { streamable: 1000n };
const LARGE = { streamable: 5000n };
const RESIDENT = { streamable: 0n };
const THREE = [SMALL, MEDIUM, LARGE];
const EIGHT = engines(8, () => LARGE);
const SIXTY_FOUR = engines(64, () => LARGE);
const AUTOMATIC = 'automatic 512, set 512';
const SET_5 = 'deserialize, set 5, context';
const [small, medium, large] = [budgeted(SMALL), budgeted(MEDIUM), budgeted(LARGE)];

/** Cases of the clauses WSB-MULTI. */
export const ENGINES: readonly Case[] = [
  clause('WSB-MULTI-01')
    .control('one engine', { engines: [MEDIUM], option: '700' }, fromOption(700n))
    .violation(
      'each clamped to its own size',
      { engines: THREE, option: '700' },
      fromOption(100n, 700n, 700n),
    )
    .violation('an int', { engines: THREE, option: 700 }, fromOption(100n, 700n, 700n))
    .violation(
      'over compile specs of their own',
      { engines: [small('7'), MEDIUM, large('9')], option: '700' },
      fromOption(100n, 700n, 700n),
    )
    .boundary('above all', { engines: THREE, option: '5001' }, fromOption(100n, 1000n, 5000n))
    .boundary('0', { engines: [SMALL, LARGE], option: '0' }, fromOption(0n, 0n))
    .boundary('equal to the smaller', { engines: [SMALL, LARGE], option: '100' }, applies(100n, 100n))
    .boundary('eight engines', { engines: EIGHT, option: '9' }, applies(...repeated(8, 9n))),

  clause('WSB-MULTI-02')
    .control('equal compile specs', { engines: [medium('7'), large('7')] }, fromSpec(7n, 7n))
    .violation('different compile specs', { engines: [medium('7'), large('8')] }, fromSpec(7n, 8n))
    .violation('the second malformed', { engines: [medium('7'), large('8x')] }, rejects())
    .boundary(
      'none between two',
      { engines: [medium('7'), LARGE, small('8')] },
      budgetCalls('set 7', AUTOMATIC, 'set 8'),
    )
    .boundary(
      'one in two delegates is no duplicate',
      { engines: [medium('7'), medium('7')] },
      fromSpec(7n, 7n),
    )
    .boundary('0 beside 5000', { engines: [large('0'), large('5000')] }, applies(0n, 5000n)),

  clause('WSB-MULTI-03')
    .control('one engine', { engines: [LARGE], spec: '3000' }, applies(3000n))
    .violation('two engines', { engines: [LARGE, LARGE], spec: '3000' }, applies(3000n, 3000n))
    .violation('two engines, option', { engines: [LARGE, LARGE], option: '3000' }, applies(3000n, 3000n))
    .violation(
      'three engines of which two would use up a total',
      { engines: [MEDIUM, MEDIUM, LARGE], spec: '1000' },
      applies(1000n, 1000n, 1000n),
    )
    .boundary('eight engines', { engines: EIGHT, spec: '8' }, applies(...repeated(8, 8n)))
    .boundary('sixty-four engines', { engines: SIXTY_FOUR, spec: '1' }, applies(...repeated(64, 1n))),

  clause('WSB-MULTI-04')
    .control('streamable alone', { engines: [MEDIUM, LARGE], option: '5' }, applies(5n, 5n))
    .control('resident alone', { engines: [RESIDENT, RESIDENT], option: '5' }, applies(null, null))
    .violation('resident first', { engines: [RESIDENT, MEDIUM], option: '5' }, applies(null, 5n))
    .violation('resident last', { engines: [MEDIUM, RESIDENT], option: '5' }, applies(5n, null))
    .violation('resident between', { engines: [MEDIUM, RESIDENT, LARGE], option: '5' }, applies(5n, null, 5n))
    .violation(
      'automatic',
      { engines: [RESIDENT, MEDIUM, RESIDENT] },
      budgetCalls('none', AUTOMATIC, 'none'),
      logs(false),
    )
    .boundary(
      'one resident among streamable ones is logged',
      { engines: [MEDIUM, LARGE, RESIDENT], spec: '5' },
      applies(5n, 5n, null),
      logs(true),
    )
    .also('WSB-APPLY-08')
    .boundary(
      'streamable size 1 between 0',
      { engines: [RESIDENT, { streamable: 1n }, RESIDENT], option: '5' },
      applies(null, 1n, null),
    ),

  clause('WSB-MULTI-05')
    .control('none fails', { engines: THREE, spec: '5' }, applies(5n, 5n, 5n))
    .violation('the first', { engines: [{ spec: '5x' }, MEDIUM, LARGE] }, rejectsAfter('deserialize'))
    .violation(
      'the second',
      { engines: [{ spec: '5' }, { spec: '5x' }, LARGE] },
      rejectsAfter(SET_5, 'deserialize'),
    )
    .violation(
      'the last',
      { engines: [{ spec: '5' }, { spec: '6' }, { spec: '', streamable: 7n }] },
      rejectsAfter(SET_5, 'deserialize, set 6, context', 'deserialize'),
    )
    .boundary(
      'two faults: a budget, then a plan',
      { engines: [{ spec: '5x' }, { deserialize: null }] },
      rejectsAfter('deserialize'),
    )
    .boundary(
      'two faults: a plan, then a budget',
      { engines: [{ deserialize: null }, { spec: '5x' }] },
      rejectsAfter('deserialize refused'),
    )
    .boundary(
      'a malformed option ends it at the first',
      { engines: [RESIDENT, MEDIUM], option: '5x' },
      rejectsAfter('deserialize'),
      noBudgetCall(),
    ),

  clause('WSB-MULTI-06')
    .control('all loaded, all destroyed', { engines: THREE }, steps('ok'))
    .violation('a budget', { engines: [MEDIUM, { spec: '5x' }] }, rejects())
    .violation('a set', { engines: [MEDIUM, { spec: '5', refuses: 1 }] }, rejects())
    .violation('a plan', { engines: [MEDIUM, { deserialize: null }] }, rejects())
    .violation('a context', { engines: [MEDIUM, { context: null }] }, rejects())
    .boundary('the last of eight', { engines: [...engines(7, () => LARGE), { spec: 'x' }] }, rejects())
    .boundary('the last of sixty-four', { engines: [...engines(63, () => LARGE), { spec: 'x' }] }, rejects()),

  clause('WSB-MULTI-07')
    .control('one load', { steps: [load('5')] }, applies(5n))
    .violation(
      'an option, then none',
      { steps: [load('5'), unload(), load()] },
      steps('ok', 'ok', 'ok'),
      budgetCalls('set 5', AUTOMATIC),
    )
    .violation('an option, then another', { steps: [load('5'), unload(), load('6')] }, applies(5n, 6n))
    .violation('none, then an option', { spec: '7', steps: [load(), unload(), load('5')] }, applies(7n, 5n))
    .boundary(
      'a rejected load, then a good one',
      { steps: [load('x'), load()] },
      steps('load InvalidProgram', 'ok'),
      budgetCalls('none', AUTOMATIC),
    )
    .boundary(
      'an empty option, then none: logged once',
      { steps: [load(''), unload(), load()] },
      applies(512n, 512n),
      logs(true),
    )
    .boundary('a method loaded twice without unloading', { steps: [load('5'), load('6')] }, applies(5n, 6n)),

  clause('WSB-MULTI-08')
    .control('one engine', {}, loadsWith(AUTOMATIC))
    .violation(
      'each complete before the next: the second fails',
      { engines: [small('1'), { ...MEDIUM, spec: '2', context: null }, large('3')] },
      rejectsAfter('deserialize, set 1, context', 'deserialize, set 2, context refused'),
    )
    .violation(
      'in the order of the delegates',
      { engines: [large('3'), small('1'), medium('2')] },
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
    .control('different data', { engines: [medium('5'), large('6')] }, applies(5n, 6n))
    .violation('one segment, two budgets', { engines: [{ spec: '5' }, { spec: '6' }] }, applies(5n, 6n))
    .violation(
      'one inline data, two budgets',
      { inline: true, engines: [{ spec: '5' }, { spec: '6' }] },
      applies(5n, 6n),
    )
    .boundary('a budget and none', { engines: [{ spec: '5' }, {}] }, budgetCalls('set 5', AUTOMATIC))
    .boundary('none and a budget', { engines: [{}, { spec: '5' }] }, budgetCalls(AUTOMATIC, 'set 5')),
].flatMap(({ cases }) => cases);

/** Gives an engine that budget as compile spec. */
function budgeted(engine: EngineScenario): (spec: string) => EngineScenario {
  return (spec) => ({ ...engine, spec });
}

function repeated(count: number, budget: bigint): bigint[] {
  return Array.from({ length: count }, () => budget);
}
