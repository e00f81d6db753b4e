/*
 * Plan: which source decides (WSB-PREC).
 *
 * Three sources: the load-time option, the compile spec, TensorRT's automatic budget (512 here). In
 * every case the sources hold different values, so that the value set tells which of them was
 * taken; the outcome also names it. The lattice of option
 * {absent, empty, valid, malformed, int, negative, bool} by compile spec
 * {absent, valid, malformed, twice, foreign keys around} is walked by the generators; what stands
 * here is each clause by itself, and the cases of two faults at once, where the first source
 * decides which error is seen.
 */
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { all, appliesFrom, logs, noBudgetCall, rejects } from '../model/expectation.js';
import { BUDGET } from '../model/names.js';
import { hex } from '../model/text.js';

const FOREIGN = ['target_device', 'cuda:0'] as const;
const EMPTY = ['empty', ''] as const;

/** Cases of the clauses WSB-PREC. */
export const PRECEDENCE: readonly Case[] = [
  clause('WSB-PREC-01')
    .control('the option alone', { option: '5' }, appliesFrom('option', 5n))
    .control('the compile spec alone', { spec: '7' }, appliesFrom('compile-spec', 7n))
    .violation('both, the option smaller', { spec: '7', option: '5' }, appliesFrom('option', 5n))
    .violation('both, the option greater', { spec: '5', option: '7' }, appliesFrom('option', 7n))
    .violation('both, the option an int', { spec: '7', option: 5 }, appliesFrom('option', 5n))
    .boundary('both, the option 0', { spec: '7', option: '0' }, appliesFrom('option', 0n))
    .boundary('both, the option the int 0', { spec: '7', option: 0 }, appliesFrom('option', 0n))
    .boundary('both alike', { spec: '7', option: '7' }, appliesFrom('option', 7n)),

  clause('WSB-PREC-02')
    .control('no option, valid compile spec', { spec: '7' }, appliesFrom('compile-spec', 7n))
    .control('no option, malformed compile spec', { spec: '7x' }, rejects(), 'WSB-PREC-07')
    .violation('malformed compile spec', { spec: '7x', option: '5' }, appliesFrom('option', 5n))
    .violation('negative compile spec', { spec: '-7', option: '5' }, appliesFrom('option', 5n))
    .violation('malformed compile spec, int', { spec: '7x', option: 5 }, appliesFrom('option', 5n))
    .violation(
      'malformed compile spec, nothing is logged',
      { spec: ' 7', option: '5' },
      all(appliesFrom('option', 5n), logs(false)),
    )
    .boundary('empty compile spec', { spec: '', option: '5' }, appliesFrom('option', 5n))
    .boundary('empty compile spec, option 0', { spec: '', option: '0' }, appliesFrom('option', 0n)),

  clause('WSB-PREC-03')
    .control('no option, one compile spec', { spec: '7' }, appliesFrom('compile-spec', 7n))
    .control('no option, two compile specs', { spec: ['7', '8'] }, rejects(), 'WSB-PREC-06')
    .violation('two compile specs', { spec: ['7', '8'], option: '5' }, appliesFrom('option', 5n))
    .violation('two compile specs, int', { spec: ['7', '8'], option: 5 }, appliesFrom('option', 5n))
    .violation('two malformed compile specs', { spec: ['7x', ''], option: '5' }, appliesFrom('option', 5n))
    .boundary('two equal compile specs', { spec: ['7', '7'], option: '5' }, appliesFrom('option', 5n))
    .boundary(
      'eight compile specs',
      { spec: Array.from('12345678'), option: '0' },
      appliesFrom('option', 0n),
    ),

  clause('WSB-PREC-04')
    .control('the option', { spec: '7', option: '5' }, appliesFrom('option', 5n))
    .violation('no option', { spec: '7' }, appliesFrom('compile-spec', 7n))
    .violation('an empty map', { spec: '7', options: [] }, appliesFrom('compile-spec', 7n))
    .violation('an empty option', { spec: '7', option: '' }, appliesFrom('compile-spec', 7n), 'WSB-OPT-05')
    .boundary('0', { spec: '0' }, appliesFrom('compile-spec', 0n))
    .boundary('equal to the automatic budget', { spec: '512' }, appliesFrom('compile-spec', 512n)),

  clause('WSB-PREC-05')
    .control('the compile spec', { spec: '7' }, appliesFrom('compile-spec', 7n))
    .violation('neither', {}, appliesFrom('automatic', 512n))
    .violation('neither, an empty map', { options: [] }, appliesFrom('automatic', 512n))
    .violation('an empty option and no compile spec', { option: '' }, appliesFrom('automatic', 512n))
    .boundary('neither, automatic budget 0', { automatic: 0n }, appliesFrom('automatic', 0n))
    .boundary('neither, automatic budget 1', { automatic: 1n }, appliesFrom('automatic', 1n)),

  clause('WSB-PREC-06')
    .control('once', { spec: '7' }, appliesFrom('compile-spec', 7n))
    .violation('twice', { spec: ['7', '8'] }, all(rejects(), noBudgetCall()))
    .violation('twice the same', { spec: ['7', '7'] }, all(rejects(), noBudgetCall()))
    .violation('the first malformed', { spec: ['x', '7'] }, rejects())
    .violation('the second malformed', { spec: ['7', 'x'] }, rejects())
    .violation('both malformed', { spec: ['x', ''] }, rejects())
    .violation(
      'another key between',
      {
        specs: [
          [BUDGET, '7'],
          ['target_device', 'cuda:0'],
          [BUDGET, '7'],
        ],
      },
      rejects(),
    )
    .boundary('three times', { spec: ['7', '7', '7'] }, rejects())
    .boundary('twice, engine not built for streaming', { spec: ['7', '7'], streamable: 0n }, rejects()),

  clause('WSB-PREC-07')
    .control('well formed', { spec: '7' }, appliesFrom('compile-spec', 7n))
    .violation('malformed', { spec: '7x' }, all(rejects(), noBudgetCall()))
    .violation('negative', { spec: '-7' }, all(rejects(), noBudgetCall()))
    .violation('a word that stands for the automatic budget', { spec: 'auto' }, rejects())
    .violation('malformed beside an empty option', { spec: '7x', option: '' }, rejects())
    .violation('malformed beside an empty map', { spec: '7x', options: [] }, rejects())
    .boundary('empty', { spec: '' }, all(rejects(), noBudgetCall()))
    .boundary('malformed, engine not built for streaming', { spec: '7x', streamable: 0n }, rejects()),

  clause('WSB-PREC-08')
    .control('the right key', { specs: [[BUDGET, '7']] }, appliesFrom('compile-spec', 7n))
    .violation('another key', { specs: [['target_device', 'cuda:0']] }, appliesFrom('automatic', 512n))
    .violation(
      'other keys around the right one',
      {
        specs: [
          ['target_device', 'cuda:0'],
          [BUDGET, '7'],
          ['note', 'x'],
        ],
      },
      appliesFrom('compile-spec', 7n),
    )
    .violation(
      'a prefix beside the right key is no duplicate',
      {
        specs: [
          ['weight_streaming', '9'],
          [BUDGET, '7'],
        ],
      },
      appliesFrom('compile-spec', 7n),
    )
    .violation(
      'a longer key beside the right key is no duplicate',
      {
        specs: [
          [BUDGET, '7'],
          ['weight_streaming_budget_per_engine', '9'],
        ],
      },
      appliesFrom('compile-spec', 7n),
    )
    .violation(
      "a malformed value under the exporter's keyword",
      { specs: [['weight_streaming_budget_per_engine', 'x']] },
      appliesFrom('automatic', 512n),
    )
    .violation(
      'a foreign key with bytes that are no text',
      { specs: [['blob', hex('00ff00ff')]] },
      appliesFrom('automatic', 512n),
    )
    .boundary(
      'one character less',
      { specs: [['weight_streaming_budge', '7']] },
      appliesFrom('automatic', 512n),
    )
    .boundary(
      'one character more',
      { specs: [['weight_streaming_budgets', '7']] },
      appliesFrom('automatic', 512n),
    )
    .boundary('another case', { specs: [['WEIGHT_STREAMING_BUDGET', '7']] }, appliesFrom('automatic', 512n))
    .boundary('a trailing blank', { specs: [[`${BUDGET} `, '7']] }, appliesFrom('automatic', 512n))
    .boundary(
      'a byte order mark before',
      { specs: [[`\ufeff${BUDGET}`, '7']] },
      appliesFrom('automatic', 512n),
    )
    .boundary(
      'a byte behind that is no UTF-8',
      { specs: [[`${BUDGET}\udcff`, '7']] },
      appliesFrom('automatic', 512n),
    )
    .boundary('a leading blank', { specs: [[` ${BUDGET}`, '7']] }, appliesFrom('automatic', 512n))
    .boundary('the empty key', { specs: [['', '7']] }, appliesFrom('automatic', 512n)),

  clause('WSB-PREC-09')
    .control('both valid', { spec: '7', option: '5' }, appliesFrom('option', 5n))
    .violation('malformed option', { spec: '7', option: '5x' }, all(rejects(), noBudgetCall()))
    .violation('a word', { spec: '7', option: 'auto' }, all(rejects(), noBudgetCall()))
    .violation('negative option', { spec: '7', option: -1 }, all(rejects(), noBudgetCall()))
    .violation('bool', { spec: '7', option: true }, all(rejects(), noBudgetCall()))
    .violation('both malformed', { spec: '7x', option: '5x' }, all(rejects(), noBudgetCall()))
    .violation('malformed option, two compile specs', { spec: ['7', '7'], option: '5x' }, rejects())
    .boundary('a blank', { spec: '7', option: ' ' }, rejects())
    .boundary('too great by one', { spec: '7', option: '9223372036854775808' }, rejects()),

  clause('WSB-PREC-10')
    .control('alone', { specs: [[BUDGET, '7']] }, appliesFrom('compile-spec', 7n))
    .violation('second', { specs: [FOREIGN, [BUDGET, '7']] }, appliesFrom('compile-spec', 7n))
    .violation(
      'last of four',
      { specs: [FOREIGN, EMPTY, ['z', '9'], [BUDGET, '7']] },
      appliesFrom('compile-spec', 7n),
    )
    .violation('last, malformed', { specs: [FOREIGN, EMPTY, [BUDGET, '7x']] }, rejects())
    .boundary('first of three', { specs: [[BUDGET, '7'], FOREIGN, EMPTY] }, appliesFrom('compile-spec', 7n))
    .boundary('in the middle', { specs: [FOREIGN, [BUDGET, '7'], EMPTY] }, appliesFrom('compile-spec', 7n))
    .boundary('last of three', { specs: [EMPTY, FOREIGN, [BUDGET, '7']] }, appliesFrom('compile-spec', 7n))
    .boundary('first of three, malformed', { specs: [[BUDGET, '7x'], FOREIGN, EMPTY] }, rejects())
    .boundary('in the middle, malformed', { specs: [FOREIGN, [BUDGET, '7x'], EMPTY] }, rejects())
    .boundary('last of three, malformed', { specs: [EMPTY, FOREIGN, [BUDGET, '7x']] }, rejects()),

  clause('WSB-PREC-11')
    .control('the exact key', { specs: [[BUDGET, '7']] }, appliesFrom('compile-spec', 7n))
    .violation(
      'a NUL and a letter behind the key',
      { specs: [[`${BUDGET}\0x`, '7']] },
      appliesFrom('compile-spec', 7n),
    )
    .violation(
      'a duplicate by its first NUL',
      {
        specs: [
          [BUDGET, '7'],
          [`${BUDGET}\0x`, '7'],
        ],
      },
      rejects(),
    )
    .boundary('a NUL behind the key', { specs: [[`${BUDGET}\0`, '7']] }, appliesFrom('compile-spec', 7n))
    .boundary(
      'a NUL before the last letter',
      { specs: [['weight_streaming_budge\0t', '7']] },
      appliesFrom('automatic', 512n),
    )
    .boundary('a NUL before the key', { specs: [[`\0${BUDGET}`, '7']] }, appliesFrom('automatic', 512n)),
].flatMap(({ cases }) => cases);
