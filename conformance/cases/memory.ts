/*
 * Plan: budgets and device memory (WSB-MEM).
 *
 * Modelled engines on a device with little free memory; they obey the rules of
 * spec/scripted-plan.md. Sizes are small and odd, so that each sum is recognised: streamable s =
 * 1000, activations a = 10, scratch x = 200. At `need` bytes free the case is just inside, at one
 * byte less just outside.
 *
 *     streaming with budget b:  the context takes b + x + a
 *     not streaming:            the set takes s, the context a
 *     automatic:                free - 4a, at least 0 and at most s
 */
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { applies, budgetCalls, loadsWith, rejects, rejectsAfter, steps } from '../model/expectation.js';
import { LARGE, load, loadMethod, modelled, unload } from '../model/scenario/vocabulary.js';

const ENGINE = modelled({ streamable: 1000n, activations: 10n, scratch: 200n });

/** An engine whose automatic budget leaves room for its context: its scratch is smaller than 3a. */
const THRIFTY = modelled({ streamable: 1000n, activations: 100n, scratch: 50n });

/** What it needs with everything streamed. */
const NEED = LARGE.activations + LARGE.scratch;

const TWO = { methods: { decode: [ENGINE], prefill: [ENGINE] } };

/** Two engines in one method. */
const BOTH = { engines: [ENGINE, ENGINE] };
const THRIFTY_PAIR = { engines: [THRIFTY, THRIFTY] };
const SECOND_FAILS = steps('ok', 'load InvalidProgram');
const LOAD_BOTH = [loadMethod('decode', '1000'), loadMethod('prefill', '1000')];

/** Two large ones in one method. */
const PAIR = { engines: [LARGE, LARGE] };

/** Cases of the clauses WSB-MEM. */
export const MEMORY: readonly Case[] = [
  clause('WSB-MEM-01')
    .control('one engine', { ...THRIFTY, free: 900n }, loadsWith('automatic 500, set 500'))
    .violation(
      'the second of two',
      { ...THRIFTY_PAIR, free: 1700n },
      budgetCalls('automatic 1000, set 1000', 'automatic 200, set 200'),
    )
    .boundary(
      'exactly 4a left for the second',
      { ...THRIFTY_PAIR, free: 1500n },
      budgetCalls('automatic 1000, set 1000', 'automatic 0, set 0'),
    )
    .boundary(
      '4a + 1 left for the second',
      { ...THRIFTY_PAIR, free: 1501n },
      budgetCalls('automatic 1000, set 1000', 'automatic 1, set 1'),
    ),

  clause('WSB-MEM-02')
    .control('s + a free', { ...ENGINE, spec: '1000', free: 1010n }, applies(1000n))
    .violation(
      'far too little free',
      { ...ENGINE, spec: '1000', free: 500n },
      rejects(),
      budgetCalls('set 1000 refused'),
    )
    .boundary(
      's free, and nothing for the context',
      { ...ENGINE, spec: '1000', free: 1000n },
      rejectsAfter('deserialize, set 1000, context refused'),
    )
    .boundary(
      's - 1 free',
      { ...ENGINE, spec: '1000', free: 999n },
      rejectsAfter('deserialize, set 1000 refused'),
    )
    .boundary(
      's - 1 free, a greater budget',
      { ...ENGINE, spec: '5000', free: 999n },
      rejectsAfter('deserialize, set 1000 refused'),
    ),

  clause('WSB-MEM-03')
    .control('b + x + a free', { ...ENGINE, spec: '500', free: 710n }, applies(500n))
    .violation(
      'far too little free',
      { ...ENGINE, spec: '500', free: 300n },
      rejectsAfter('deserialize, set 500, context refused'),
    )
    .boundary('0, just enough', { ...ENGINE, spec: '0', free: 210n }, applies(0n))
    .boundary(
      '0, one byte too little',
      { ...ENGINE, spec: '0', free: 209n },
      rejectsAfter('deserialize, set 0, context refused'),
    )
    .boundary('1, just enough', { ...ENGINE, spec: '1', free: 211n }, applies(1n))
    .boundary('1, one byte too little', { ...ENGINE, spec: '1', free: 210n }, rejects())
    .boundary('s - 1, just enough', { ...ENGINE, spec: '999', free: 1209n }, applies(999n))
    .boundary('s - 1, one byte too little', { ...ENGINE, spec: '999', free: 1208n }, rejects()),

  clause('WSB-MEM-04')
    .control('room for both', { ...BOTH, spec: '500', free: 5000n }, applies(500n, 500n))
    .violation(
      'room for one',
      { ...BOTH, spec: '500', free: 1000n },
      rejectsAfter('deserialize, set 500, context', 'deserialize, set 500, context refused'),
    )
    .boundary('room for both to the byte', { ...BOTH, spec: '500', free: 1420n }, applies(500n, 500n))
    .boundary('one byte too little for both', { ...BOTH, spec: '500', free: 1419n }, rejects())
    .boundary('resident ones, to the byte', { ...BOTH, spec: '1000', free: 2020n }, applies(1000n, 1000n))
    .boundary('resident ones, one byte too little', { ...BOTH, spec: '1000', free: 2019n }, rejects()),

  clause('WSB-MEM-05')
    .control('the second load alone', { ...ENGINE, free: 1010n, steps: [load('1000')] }, applies(1000n))
    .violation(
      'after one whose context does not fit',
      { ...ENGINE, free: 1010n, steps: [load('900'), load('1000')] },
      steps('load InvalidProgram', 'ok'),
      budgetCalls('set 900', 'set 1000'),
    )
    .boundary(
      'after one whose second engine does not fit',
      {
        methods: { big: [ENGINE], two: BOTH.engines },
        free: 1010n,
        steps: [loadMethod('two', '500'), loadMethod('big', '1000')],
      },
      steps('load InvalidProgram', 'ok'),
    )
    .boundary(
      'one byte too little for the second load',
      { ...ENGINE, free: 1009n, steps: [load('900'), load('1000')] },
      steps('load InvalidProgram', 'load InvalidProgram'),
    ),

  clause('WSB-MEM-06')
    .control('one load', { ...THRIFTY, free: 900n }, budgetCalls('automatic 500, set 500'))
    .violation(
      'the automatic budget of a reload',
      { ...THRIFTY, free: 900n, steps: [load(), unload(), load()] },
      budgetCalls('automatic 500, set 500', 'automatic 500, set 500'),
    )
    .boundary(
      'ten turns with room for one',
      { ...ENGINE, free: 1010n, steps: Array.from({ length: 10 }, () => [load('1000'), unload()]).flat() },
      applies(...Array.from({ length: 10 }, () => 1000n)),
    )
    .boundary(
      'room for one, and two at once',
      {
        ...TWO,
        free: 1010n,
        steps: [
          loadMethod('decode', '1000'),
          loadMethod('prefill', '1000'),
          unload('decode'),
          loadMethod('prefill', '1000'),
        ],
      },
      steps('ok', 'load InvalidProgram', 'ok', 'ok'),
    ),

  clause('WSB-MEM-07')
    .control('one method', { ...TWO, free: 1010n, steps: [loadMethod('decode', '1000')] }, applies(1000n))
    .violation('room for one', { ...TWO, free: 1500n, steps: LOAD_BOTH }, SECOND_FAILS)
    .violation(
      'the automatic budget of the later one',
      { methods: { decode: [THRIFTY], prefill: [THRIFTY] }, free: 1700n },
      budgetCalls('automatic 1000, set 1000', 'automatic 200, set 200'),
    )
    .boundary('room for both to the byte', { ...TWO, free: 2020n, steps: LOAD_BOTH }, applies(1000n, 1000n))
    .boundary('one byte too little for both', { ...TWO, free: 2019n, steps: LOAD_BOTH }, SECOND_FAILS),

  clause('WSB-MEM-08', 'fitting')
    .control('room for everything', { ...LARGE, free: 1n << 30n }, steps('ok'))
    .control('the budget 0, where it fits', { ...LARGE, spec: '0', free: NEED }, steps('ok'))
    .violation('94,568,448 bytes, as measured', { ...LARGE, free: 94_568_448n }, steps('ok'))
    .violation('209,911,808 bytes, as measured', { ...LARGE, free: 209_911_808n }, steps('ok'))
    .violation('293,797,888 bytes, as measured', { ...LARGE, free: 293_797_888n }, steps('ok'))
    .control('two engines, the budget 0', { ...PAIR, spec: '0', free: 2n * NEED }, steps('ok'))
    .violation('two engines in 209,911,808 bytes, as measured', { ...PAIR, free: 209_911_808n }, steps('ok'))
    .violation('two engines in 335,740,928 bytes, as measured', { ...PAIR, free: 335_740_928n }, steps('ok'))
    .violation('two engines in 587,399,168 bytes, as measured', { ...PAIR, free: 587_399_168n }, steps('ok'))
    .boundary('two engines, just enough', { ...PAIR, free: 2n * NEED }, applies(0n, 0n))
    .boundary('two engines, one byte too little', { ...PAIR, free: 2n * NEED - 1n }, rejects())
    .boundary('just enough', { ...LARGE, free: NEED }, applies(0n))
    .boundary('one byte too little, as for the budget 0', { ...LARGE, free: NEED - 1n }, rejects())
    .boundary('one byte too little, the budget 0', { ...LARGE, spec: '0', free: NEED - 1n }, rejects()),
].flatMap(({ cases }) => cases);
