/*
 * Plan: what is done with a budget on one engine (WSB-APPLY).
 *
 * The outcome lists every budget call in order with its argument and its result, so these cases
 * state calls, not only the value in force at the end. The default engine streams 1024 bytes and
 * suggests 512. Refusals are dictated: the first, the first two, or all calls of
 * setWeightStreamingBudgetV2. Boundaries: a request one below, at and one above the streamable
 * size; a streamable size of 0 and 1 (and negative, which TensorRT never gives but a delegate must
 * survive); an automatic budget of -1, 0, the streamable size and above it.
 */
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import {
  applies,
  budgetCalls,
  calls,
  fromAutomatic,
  fromOption,
  fromSpec,
  loadsWith,
  logs,
  noBudgetCall,
  rejects,
  rejectsAfter,
} from '../model/expectation.js';
import { load, unload } from '../model/scenario/vocabulary.js';

const ALL = 2n ** 63n - 1n;
const TWICE_REFUSED = 'automatic 512, set 512 refused, set 0 refused';
const LEAST = -(2n ** 63n);

/** Cases of the clauses WSB-APPLY. */
export const APPLICATION: readonly Case[] = [
  clause('WSB-APPLY-01')
    .control('far below', { spec: '5' }, applies(5n))
    .violation('far above', { spec: '99999999' }, applies(1024n), budgetCalls('set 1024'))
    .violation('far above, as option', { option: '99999999' }, applies(1024n), budgetCalls('set 1024'))
    .violation('far above, as int', { option: 2147483647 }, applies(1024n))
    .violation('the greatest', { spec: `${ALL}` }, applies(1024n))
    .boundary('streamable - 1', { spec: '1023' }, budgetCalls('set 1023'))
    .boundary('streamable', { spec: '1024' }, budgetCalls('set 1024'))
    .boundary('streamable + 1', { spec: '1025' }, budgetCalls('set 1024'))
    .boundary('2 of 1', { spec: '2', streamable: 1n }, budgetCalls('set 1'))
    .boundary('1 of 1', { spec: '1', streamable: 1n }, budgetCalls('set 1'))
    .boundary(
      'streamable above 32 bits',
      { spec: '4294967297', streamable: 4294967296n },
      applies(4294967296n),
    )
    .boundary('the greatest of the greatest', { spec: `${ALL}`, streamable: ALL }, applies(ALL)),

  clause('WSB-APPLY-02')
    .control('automatic', {}, budgetCalls('automatic 512, set 512'))
    .violation('compile spec', { spec: '5' }, budgetCalls('set 5'))
    .violation('option', { option: '5' }, budgetCalls('set 5'))
    .violation('option beside compile spec', { spec: '7', option: '5' }, budgetCalls('set 5'))
    .boundary('0', { spec: '0' }, budgetCalls('set 0'))
    .boundary('streamable, which changes nothing', { spec: '1024' }, budgetCalls('set 1024')),

  clause('WSB-APPLY-03')
    .control('accepted', { spec: '5' }, fromSpec(5n))
    .violation('refused', { spec: '5', refuses: 'all' }, rejects(), budgetCalls('set 5 refused'))
    .violation('refused, as option', { option: '5', refuses: 'all' }, rejects(), budgetCalls('set 5 refused'))
    .violation(
      'refused once: a second try would do',
      { spec: '5', refuses: 1 },
      rejects(),
      budgetCalls('set 5 refused'),
    )
    .violation('refused, nothing to fall back to', { spec: '5', automatic: 0n, refuses: 1 }, rejects())
    .boundary('0 refused', { spec: '0', refuses: 1 }, rejects(), budgetCalls('set 0 refused'))
    .boundary(
      'a clamped budget refused',
      { spec: '1025', refuses: 1 },
      rejects(),
      budgetCalls('set 1024 refused'),
    ),

  clause('WSB-APPLY-04')
    .control('within the streamable size', {}, budgetCalls('automatic 512, set 512'))
    .violation('above', { automatic: 9999n }, budgetCalls('automatic 9999, set 9999'))
    .violation('negative', { automatic: -5n }, budgetCalls('automatic -5, set -5'))
    .boundary('-1', { automatic: -1n }, budgetCalls('automatic -1, set -1'))
    .boundary('0', { automatic: 0n }, budgetCalls('automatic 0, set 0'))
    .boundary('1', { automatic: 1n }, budgetCalls('automatic 1, set 1'))
    .boundary('streamable', { automatic: 1024n }, budgetCalls('automatic 1024, set 1024'))
    .boundary('streamable + 1', { automatic: 1025n }, budgetCalls('automatic 1025, set 1025'))
    .boundary('the greatest', { automatic: ALL }, budgetCalls(`automatic ${ALL}, set ${ALL}`))
    .boundary('the least', { automatic: LEAST }, budgetCalls(`automatic ${LEAST}, set ${LEAST}`)),

  clause('WSB-APPLY-05')
    .control('accepted', {}, fromAutomatic(512n), budgetCalls('automatic 512, set 512'))
    .violation(
      'refused once',
      { refuses: 1 },
      fromAutomatic(0n),
      budgetCalls('automatic 512, set 512 refused, set 0'),
    )
    .violation(
      'negative and refused',
      { automatic: -1n, refuses: 1 },
      fromAutomatic(0n),
      budgetCalls('automatic -1, set -1 refused, set 0'),
    )
    .boundary(
      '0 refused once',
      { automatic: 0n, refuses: 1 },
      fromAutomatic(0n),
      budgetCalls('automatic 0, set 0 refused, set 0'),
    )
    .boundary(
      'streamable refused once',
      { automatic: 1024n, refuses: 1 },
      budgetCalls('automatic 1024, set 1024 refused, set 0'),
    ),

  clause('WSB-APPLY-06')
    .control('refused once', { refuses: 1 }, fromAutomatic(0n))
    .violation('refused always', { refuses: 'all' }, rejects(), budgetCalls(TWICE_REFUSED))
    .boundary('refused twice: a third try would do', { refuses: 2 }, rejects(), budgetCalls(TWICE_REFUSED))
    .boundary('0 refused twice', { automatic: 0n, refuses: 2 }, rejects()),

  clause('WSB-APPLY-07')
    .control('streamable', { spec: '5' }, applies(5n))
    .violation('compile spec', { spec: '5', streamable: 0n }, applies(null), noBudgetCall())
    .violation('option', { option: '5', streamable: 0n }, applies(null), noBudgetCall())
    .violation('int', { option: 5, streamable: 0n }, applies(null), noBudgetCall())
    .violation('the context is created', { spec: '100', streamable: 0n }, calls('deserialize, context'))
    .boundary('0 of 0', { spec: '0', streamable: 0n }, applies(null), noBudgetCall())
    .boundary('streamable 1', { spec: '5', streamable: 1n }, applies(1n))
    .boundary('streamable -1', { spec: '5', streamable: -1n }, applies(null), noBudgetCall()),

  clause('WSB-APPLY-08')
    .control('streamable', { spec: '5' }, applies(5n), logs(false))
    .control('not streamable, automatic', { streamable: 0n }, applies(null), logs(false))
    .violation('compile spec', { spec: '5', streamable: 0n }, applies(null), logs(true))
    .violation('option', { option: '5', streamable: 0n }, applies(null), logs(true))
    .boundary('0 of 0', { spec: '0', streamable: 0n }, applies(null), logs(true))
    .boundary('0 of 1', { spec: '0', streamable: 1n }, applies(0n), logs(false)),

  clause('WSB-APPLY-09')
    .control('streamable', {}, budgetCalls('automatic 512, set 512'))
    .violation('not streamable', { streamable: 0n }, applies(null), noBudgetCall())
    .violation(
      'not streamable, automatic budget -1 as TensorRT gives',
      { streamable: 0n, automatic: -1n, refuses: 'all' },
      applies(null),
      noBudgetCall(),
      logs(false),
    )
    .boundary('streamable 1', { streamable: 1n, automatic: 1n }, budgetCalls('automatic 1, set 1'))
    .boundary('streamable -1', { streamable: -1n }, applies(null), noBudgetCall()),

  clause('WSB-APPLY-10')
    .control('well formed', { spec: '5', streamable: 0n }, applies(null))
    .violation('malformed compile spec', { spec: '5x', streamable: 0n }, rejects(), noBudgetCall())
    .violation('malformed option', { option: '5x', streamable: 0n }, rejects(), noBudgetCall())
    .violation('two compile specs', { spec: ['5', '5'], streamable: 0n }, rejects(), noBudgetCall())
    .violation('negative int', { option: -1, streamable: 0n }, rejects(), noBudgetCall())
    .violation('bool', { option: true, streamable: 0n }, rejects(), noBudgetCall())
    .boundary('too great by one', { spec: `${ALL + 1n}`, streamable: 0n }, rejects())
    .boundary('the greatest', { spec: `${ALL}`, streamable: 0n }, applies(null)),

  clause('WSB-APPLY-11')
    .control('automatic', {}, loadsWith('automatic 512, set 512'))
    .violation('explicit', { spec: '5' }, loadsWith('set 5'))
    .violation('a fallback too', { refuses: 1 }, loadsWith('automatic 512, set 512 refused, set 0'))
    .violation(
      'a second load sets before its own context',
      { spec: '5', steps: [load(), unload(), load('6')] },
      loadsWith('set 5', 'set 6'),
    )
    .boundary(
      'a modelled engine, which refuses a set while a context lives',
      { spec: '5', modelled: true },
      loadsWith('set 5'),
    )
    .boundary(
      'the context fails: no set behind it',
      { spec: '5', context: null },
      rejectsAfter('deserialize, set 5, context refused'),
    ),

  clause('WSB-APPLY-12')
    .control('accepted', { spec: '5' }, budgetCalls('set 5'))
    .violation('malformed compile spec', { spec: '5x' }, rejectsAfter('deserialize'))
    .violation('malformed option', { option: '5x' }, rejectsAfter('deserialize'))
    .violation('negative int', { option: -1 }, rejectsAfter('deserialize'))
    .violation('bool', { option: true }, rejectsAfter('deserialize'))
    .violation('two compile specs', { spec: ['5', '5'] }, rejectsAfter('deserialize'))
    .boundary('empty compile spec', { spec: '' }, rejectsAfter('deserialize'))
    .boundary('too great by one', { spec: `${ALL + 1n}` }, rejectsAfter('deserialize')),

  clause('WSB-APPLY-13')
    .control('1', { spec: '1' }, fromSpec(1n))
    .violation('compile spec 0', { spec: '0' }, fromSpec(0n), budgetCalls('set 0'))
    .violation('option "0"', { spec: '7', option: '0' }, fromOption(0n), budgetCalls('set 0'))
    .violation('option 0', { spec: '7', option: 0 }, fromOption(0n), budgetCalls('set 0'))
    .boundary('many zeros', { spec: '0000' }, fromSpec(0n))
    .boundary('0 of 1', { spec: '0', streamable: 1n }, fromSpec(0n)),

  clause('WSB-APPLY-14')
    .control('automatic, asked for once', {}, budgetCalls('automatic 512, set 512'))
    .violation('compile spec', { spec: '600' }, budgetCalls('set 600'))
    .violation('option', { option: '600' }, budgetCalls('set 600'))
    .violation('option 0', { option: 0 }, budgetCalls('set 0'))
    .boundary('refused', { spec: '600', refuses: 1 }, rejects(), budgetCalls('set 600 refused'))
    .boundary('not streamable', { spec: '600', streamable: 0n }, noBudgetCall()),

  clause('WSB-APPLY-15')
    .control('explicit', { spec: '5' }, budgetCalls('set 5'))
    .violation('accepted', { automatic: 700n }, budgetCalls('automatic 700, set 700'))
    .violation('refused once', { refuses: 1 }, budgetCalls('automatic 512, set 512 refused, set 0'))
    .boundary('0, accepted', { automatic: 0n }, budgetCalls('automatic 0, set 0'))
    .boundary('refused twice', { refuses: 2 }, rejects(), budgetCalls(TWICE_REFUSED)),

  clause('WSB-APPLY-16')
    .control('streamable size 0, explicit', { spec: '5', streamable: 0n }, applies(null), noBudgetCall())
    .control('streamable size 0, automatic', { streamable: 0n }, applies(null), noBudgetCall())
    .violation('-1024, explicit', { spec: '5', streamable: -1024n }, applies(null), noBudgetCall())
    .violation('-1024, automatic', { streamable: -1024n }, applies(null), noBudgetCall())
    .boundary('-1, explicit', { spec: '5', streamable: -1n }, applies(null), noBudgetCall())
    .boundary('-1, option', { option: '5', streamable: -1n }, applies(null), noBudgetCall())
    .boundary('-1, automatic', { streamable: -1n }, applies(null), noBudgetCall(), logs(false))
    .boundary('-2^63, explicit', { spec: '5', streamable: LEAST }, applies(null), noBudgetCall())
    .boundary('-2^63, automatic', { streamable: LEAST }, applies(null), noBudgetCall())
    .boundary('1, explicit', { spec: '5', streamable: 1n }, budgetCalls('set 1')),

  clause('WSB-APPLY-17')
    .control('reads do not show in an outcome', { spec: '5' }, loadsWith('set 5'))
    .boundary('not streamable', { spec: '5', streamable: 0n }, calls('deserialize, context'))
    .boundary('streamable 1', { spec: '5', streamable: 1n }, loadsWith('set 1')),
].flatMap(({ cases }) => cases);
