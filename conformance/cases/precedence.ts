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
import { withSpecs } from '../model/scenario/vocabulary.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { fromAutomatic, fromOption, fromSpec, logs, noBudgetCall, rejects } from '../model/expectation.js';
import { BUDGET } from '../model/names.js';
import { hex } from '../model/text.js';

const FOREIGN = ['target_device', 'cuda:0'] as const;
const EMPTY = ['empty', ''] as const;

/** Cases of the clauses WSB-PREC. */
export const PRECEDENCE: readonly Case[] = [
  clause('WSB-PREC-01')
    .control('the option alone', { option: '5' }, fromOption(5n))
    .control('the compile spec alone', { spec: '7' }, fromSpec(7n))
    .violation('both, the option smaller', { spec: '7', option: '5' }, fromOption(5n))
    .violation('both, the option greater', { spec: '5', option: '7' }, fromOption(7n))
    .violation('both, the option an int', { spec: '7', option: 5 }, fromOption(5n))
    .boundary('both, the option 0', { spec: '7', option: '0' }, fromOption(0n))
    .boundary('both, the option the int 0', { spec: '7', option: 0 }, fromOption(0n))
    .boundary('both alike', { spec: '7', option: '7' }, fromOption(7n)),

  clause('WSB-PREC-02')
    .control('no option, valid compile spec', { spec: '7' }, fromSpec(7n))
    .control('no option, malformed compile spec', { spec: '7x' }, rejects())
    .also('WSB-PREC-07')
    .violation('malformed compile spec', { spec: '7x', option: '5' }, fromOption(5n))
    .violation('negative compile spec', { spec: '-7', option: '5' }, fromOption(5n))
    .violation('malformed compile spec, int', { spec: '7x', option: 5 }, fromOption(5n))
    .violation(
      'malformed compile spec, nothing is logged',
      { spec: ' 7', option: '5' },
      fromOption(5n),
      logs(false),
    )
    .boundary('empty compile spec', { spec: '', option: '5' }, fromOption(5n))
    .boundary('empty compile spec, option 0', { spec: '', option: '0' }, fromOption(0n)),

  clause('WSB-PREC-03')
    .control('no option, one compile spec', { spec: '7' }, fromSpec(7n))
    .control('no option, two compile specs', { spec: ['7', '8'] }, rejects())
    .also('WSB-PREC-06')
    .violation('two compile specs', { spec: ['7', '8'], option: '5' }, fromOption(5n))
    .violation('two compile specs, int', { spec: ['7', '8'], option: 5 }, fromOption(5n))
    .violation('two malformed compile specs', { spec: ['7x', ''], option: '5' }, fromOption(5n))
    .boundary('two equal compile specs', { spec: ['7', '7'], option: '5' }, fromOption(5n))
    .boundary('eight compile specs', { spec: Array.from('12345678'), option: '0' }, fromOption(0n)),

  clause('WSB-PREC-04')
    .control('the option', { spec: '7', option: '5' }, fromOption(5n))
    .violation('no option', { spec: '7' }, fromSpec(7n))
    .violation('an empty map', { spec: '7', options: [] }, fromSpec(7n))
    .violation('an empty option', { spec: '7', option: '' }, fromSpec(7n))
    .also('WSB-OPT-05')
    .boundary('0', { spec: '0' }, fromSpec(0n))
    .boundary('equal to the automatic budget', { spec: '512' }, fromSpec(512n)),

  clause('WSB-PREC-05')
    .control('the compile spec', { spec: '7' }, fromSpec(7n))
    .violation('neither', {}, fromAutomatic(512n))
    .violation('neither, an empty map', { options: [] }, fromAutomatic(512n))
    .violation('an empty option and no compile spec', { option: '' }, fromAutomatic(512n))
    .boundary('neither, automatic budget 0', { automatic: 0n }, fromAutomatic(0n))
    .boundary('neither, automatic budget 1', { automatic: 1n }, fromAutomatic(1n)),

  clause('WSB-PREC-06')
    .control('once', { spec: '7' }, fromSpec(7n))
    .violation('twice', { spec: ['7', '8'] }, rejects(), noBudgetCall())
    .violation('twice the same', { spec: ['7', '7'] }, rejects(), noBudgetCall())
    .violation('the first malformed', { spec: ['x', '7'] }, rejects())
    .violation('the second malformed', { spec: ['7', 'x'] }, rejects())
    .violation('both malformed', { spec: ['x', ''] }, rejects())
    .violation(
      'another key between',
      withSpecs([BUDGET, '7'], ['target_device', 'cuda:0'], [BUDGET, '7']),
      rejects(),
    )
    .boundary('three times', { spec: ['7', '7', '7'] }, rejects())
    .boundary('twice, engine not built for streaming', { spec: ['7', '7'], streamable: 0n }, rejects()),

  clause('WSB-PREC-07')
    .control('well formed', { spec: '7' }, fromSpec(7n))
    .violation('malformed', { spec: '7x' }, rejects(), noBudgetCall())
    .violation('negative', { spec: '-7' }, rejects(), noBudgetCall())
    .violation('a word that stands for the automatic budget', { spec: 'auto' }, rejects())
    .violation('malformed beside an empty option', { spec: '7x', option: '' }, rejects())
    .violation('malformed beside an empty map', { spec: '7x', options: [] }, rejects())
    .boundary('empty', { spec: '' }, rejects(), noBudgetCall())
    .boundary('malformed, engine not built for streaming', { spec: '7x', streamable: 0n }, rejects()),

  clause('WSB-PREC-08')
    .control('the right key', withSpecs([BUDGET, '7']), fromSpec(7n))
    .violation('another key', withSpecs(['target_device', 'cuda:0']), fromAutomatic(512n))
    .violation(
      'other keys around the right one',
      withSpecs(['target_device', 'cuda:0'], [BUDGET, '7'], ['note', 'x']),
      fromSpec(7n),
    )
    .violation(
      'a prefix beside the right key is no duplicate',
      withSpecs(['weight_streaming', '9'], [BUDGET, '7']),
      fromSpec(7n),
    )
    .violation(
      'a longer key beside the right key is no duplicate',
      withSpecs([BUDGET, '7'], ['weight_streaming_budget_per_engine', '9']),
      fromSpec(7n),
    )
    .violation(
      "a malformed value under the exporter's keyword",
      withSpecs(['weight_streaming_budget_per_engine', 'x']),
      fromAutomatic(512n),
    )
    .violation(
      'a foreign key with bytes that are no text',
      withSpecs(['blob', hex('00ff00ff')]),
      fromAutomatic(512n),
    )
    .boundary('one character less', withSpecs(['weight_streaming_budge', '7']), fromAutomatic(512n))
    .boundary('one character more', withSpecs(['weight_streaming_budgets', '7']), fromAutomatic(512n))
    .boundary('another case', withSpecs(['WEIGHT_STREAMING_BUDGET', '7']), fromAutomatic(512n))
    .boundary('a trailing blank', withSpecs([`${BUDGET} `, '7']), fromAutomatic(512n))
    .boundary('a byte order mark before', withSpecs([`\ufeff${BUDGET}`, '7']), fromAutomatic(512n))
    .boundary('a byte behind that is no UTF-8', withSpecs([`${BUDGET}\udcff`, '7']), fromAutomatic(512n))
    .boundary('a leading blank', withSpecs([` ${BUDGET}`, '7']), fromAutomatic(512n))
    .boundary('the empty key', withSpecs(['', '7']), fromAutomatic(512n)),

  clause('WSB-PREC-09')
    .control('both valid', { spec: '7', option: '5' }, fromOption(5n))
    .violation('malformed option', { spec: '7', option: '5x' }, rejects(), noBudgetCall())
    .violation('a word', { spec: '7', option: 'auto' }, rejects(), noBudgetCall())
    .violation('negative option', { spec: '7', option: -1 }, rejects(), noBudgetCall())
    .violation('bool', { spec: '7', option: true }, rejects(), noBudgetCall())
    .violation('both malformed', { spec: '7x', option: '5x' }, rejects(), noBudgetCall())
    .violation('malformed option, two compile specs', { spec: ['7', '7'], option: '5x' }, rejects())
    .boundary('a blank', { spec: '7', option: ' ' }, rejects())
    .boundary('too great by one', { spec: '7', option: '9223372036854775808' }, rejects()),

  clause('WSB-PREC-10')
    .control('alone', withSpecs([BUDGET, '7']), fromSpec(7n))
    .violation('second', withSpecs(FOREIGN, [BUDGET, '7']), fromSpec(7n))
    .violation('last of four', withSpecs(FOREIGN, EMPTY, ['z', '9'], [BUDGET, '7']), fromSpec(7n))
    .violation('last, malformed', withSpecs(FOREIGN, EMPTY, [BUDGET, '7x']), rejects())
    .boundary('first of three', withSpecs([BUDGET, '7'], FOREIGN, EMPTY), fromSpec(7n))
    .boundary('in the middle', withSpecs(FOREIGN, [BUDGET, '7'], EMPTY), fromSpec(7n))
    .boundary('last of three', withSpecs(EMPTY, FOREIGN, [BUDGET, '7']), fromSpec(7n))
    .boundary('first of three, malformed', withSpecs([BUDGET, '7x'], FOREIGN, EMPTY), rejects())
    .boundary('in the middle, malformed', withSpecs(FOREIGN, [BUDGET, '7x'], EMPTY), rejects())
    .boundary('last of three, malformed', withSpecs(EMPTY, FOREIGN, [BUDGET, '7x']), rejects()),

  clause('WSB-PREC-11')
    .control('the exact key', withSpecs([BUDGET, '7']), fromSpec(7n))
    .violation('a NUL and a letter behind the key', withSpecs([`${BUDGET}\0x`, '7']), fromSpec(7n))
    .violation('a duplicate by its first NUL', withSpecs([BUDGET, '7'], [`${BUDGET}\0x`, '7']), rejects())
    .boundary('a NUL behind the key', withSpecs([`${BUDGET}\0`, '7']), fromSpec(7n))
    .boundary(
      'a NUL before the last letter',
      withSpecs(['weight_streaming_budge\0t', '7']),
      fromAutomatic(512n),
    )
    .boundary('a NUL before the key', withSpecs([`\0${BUDGET}`, '7']), fromAutomatic(512n)),
].flatMap(({ cases }) => cases);
