/*
 * Plan: the load-time option (WSB-OPT).
 *
 * The option comes through ExecuTorch's own containers, so a case says how it was put there: one by
 * one on a `BackendOptions` builder, which cuts strings and replaces equal keys, or as a raw span,
 * which can hold what a builder cannot: a char[256] without a terminator, and the same key twice.
 *
 * Beside an option there is often a compile spec of another value, so that an option that has no
 * effect shows as that value (or as the automatic budget, 512) and not as silence. Boundaries: the
 * smallest and the largest 32-bit integers, 255, 256 and 257 bytes, a NUL in the first, second and
 * last byte, and backend ids and keys that differ from the right one in a single character.
 */
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import {
  all,
  budgetCalls,
  calls,
  fromAutomatic,
  fromOption,
  fromSpec,
  logs,
  noBudgetCall,
  rejects,
  steps,
} from '../model/expectation.js';
import type { EntryScenario, Scenario } from '../model/scenario/scenario.js';
import { BUDGET } from '../model/names.js';
import { hex, named, repeat, type Text } from '../model/text.js';
import { array, budget, builder, foreign, span } from '../model/scenario/vocabulary.js';

const XNNPACK = 'XnnpackBackend';
/** The option cannot be set, and nothing is loaded. */
const NOT_SET = all(steps('options InvalidArgument'), calls());
const ALL = 2n ** 63n - 1n;

/** Cases of the clauses WSB-OPT. */
export const OPTIONS: readonly Case[] = [
  clause('WSB-OPT-01')
    .control('no option', { spec: '7' }, fromSpec(7n))
    .control('a string', { option: '5' }, fromOption(5n))
    .control('a raw array', raw('5'), fromOption(5n))
    .violation('a string against the automatic budget', { option: '100' }, fromOption(100n))
    .violation('a string of 0', { option: '0' }, fromOption(0n))
    .boundary('one digit', { option: '9' }, fromOption(9n))
    .boundary('the greatest', { option: `${ALL}`, streamable: ALL }, fromOption(ALL))
    .boundary('255 bytes', { option: repeat('0', 254, '7') }, fromOption(7n))
    .boundary('the least too great', { option: `${ALL + 1n}`, streamable: ALL }, rejects()),

  clause('WSB-OPT-02')
    .control('a string', { option: '77' }, fromOption(77n))
    .violation('an int', { option: 77 }, fromOption(77n))
    .violation('an int beside a compile spec', { spec: '7', option: 77 }, fromOption(77n))
    .violation('an int in a span', spanned([BUDGET, 77]), fromOption(77n))
    .boundary('0', { option: 0 }, fromOption(0n))
    .boundary('1', { option: 1 }, fromOption(1n))
    .boundary('2^31 - 1', { option: 2147483647, streamable: ALL }, fromOption(2147483647n))
    .boundary('-1', { option: -1, streamable: ALL }, rejects()),

  clause('WSB-OPT-03')
    .control('a positive int', { option: 5 }, fromOption(5n))
    .violation('a negative int', { option: -5 }, rejects())
    .violation('a negative int beside a compile spec', { spec: '7', option: -5 }, rejects())
    .violation('a negative int, engine not built for streaming', { streamable: 0n, option: -5 }, rejects())
    .boundary('0', { option: 0, streamable: 7n }, fromOption(0n))
    .boundary('-1', { option: -1 }, rejects(), noBudgetCall())
    .boundary('-2^31', { option: -2147483648 }, rejects(), noBudgetCall()),

  clause('WSB-OPT-04')
    .control('an int', { option: 1 }, fromOption(1n))
    .violation('true', { option: true }, rejects(), noBudgetCall())
    .violation('false', { option: false }, rejects(), noBudgetCall())
    .violation('true beside a compile spec', { spec: '7', option: true }, rejects())
    .violation('true in a span', spanned([BUDGET, true]), rejects())
    .boundary('the int 0, which is not false', { option: 0, spec: '7' }, fromOption(0n))
    .boundary('false, engine not built for streaming', { streamable: 0n, option: false }, rejects()),

  clause('WSB-OPT-05')
    .control('a string', { spec: '7', option: '5' }, fromOption(5n))
    .violation('empty, compile spec', { spec: '7', option: '' }, fromSpec(7n))
    .violation('empty, nothing else', { option: '' }, fromAutomatic(512n))
    .violation('empty, malformed compile spec', { spec: '7x', option: '' }, rejects())
    .violation('empty, two compile specs', { spec: ['7', '7'], option: '' }, rejects())
    .violation('an array that begins with NUL', { spec: '7', ...raw('\x005') }, fromSpec(7n))
    .boundary('an empty array', { spec: '7', ...raw('') }, fromSpec(7n))
    .boundary('one blank is not empty', { spec: '7', option: ' ' }, rejects())
    .boundary('one digit', { spec: '7', option: '0' }, fromOption(0n)),

  clause('WSB-OPT-06')
    .control('a string', { spec: '7', option: '5' }, fromOption(5n), logs(false))
    .control('no option', { spec: '7' }, fromSpec(7n), logs(false))
    .violation('empty', { spec: '7', option: '' }, fromSpec(7n), logs(true))
    .violation('empty, nothing else', { option: '' }, fromAutomatic(512n), logs(true))
    .boundary('a leading NUL', { spec: '7', ...raw('\x005') }, fromSpec(7n), logs(true))
    .boundary(
      'empty, engine not built for streaming',
      { streamable: 0n, option: '' },
      noBudgetCall(),
      logs(true),
    ),

  clause('WSB-OPT-07')
    .control('a short array', raw('5'), fromOption(5n))
    .violation(
      '256 digits, digits in the option that follows',
      spanned([BUDGET, array(repeat('0', 254, '12'))], ['3456', array('3456')]),
      fromOption(12n),
    )
    .violation('the last of 256 bytes is no digit', raw(repeat('0', 255, 'x')), rejects())
    .boundary('255 digits and a NUL', raw(repeat('0', 253, '42')), fromOption(42n))
    .boundary('256 digits and no NUL', raw(repeat('0', 254, '42')), fromOption(42n))
    .boundary('256 zeros', raw(repeat('0', 256)), fromOption(0n))
    .boundary('256 nines', raw(repeat('9', 256)), rejects())
    .boundary('255 bytes, the last no digit', raw(repeat('0', 254, 'x')), rejects()),

  clause('WSB-OPT-08')
    .control('nothing behind the NUL', raw('5\0'), fromOption(5n))
    .violation('junk behind the NUL', raw('5\0junk'), fromOption(5n))
    .violation('digits behind the NUL', raw('5\x006'), fromOption(5n))
    .violation('junk behind the NUL of a C string', { option: '5\0junk' }, fromOption(5n))
    .violation('a blank before the NUL', raw('5 \0'), rejects())
    .boundary('a NUL as the last of 256 bytes', raw(repeat('0', 254, '7\0')), fromOption(7n))
    .boundary(
      'a NUL in byte 1, and 254 digits',
      raw(named('5,NUL,9*254', `5\0${'9'.repeat(254)}`)),
      fromOption(5n),
    ),

  clause('WSB-OPT-09')
    .control('well formed', { spec: '7', option: '5' }, fromOption(5n))
    .violation('malformed', { option: '5x' }, rejects(), noBudgetCall())
    .violation('malformed beside a compile spec', { spec: '7', option: '5x' }, rejects(), noBudgetCall())
    .violation('a word', { option: 'auto' }, rejects())
    .violation('too great', { option: '9223372036854775808' }, rejects())
    .violation('not UTF-8', { option: hex('35ff') }, rejects())
    .violation('malformed in a raw array', raw('5x'), rejects())
    .boundary('malformed in its first byte', { spec: '7', option: 'x5' }, rejects())
    .boundary('one byte, a blank', { spec: '7', option: ' ' }, rejects())
    .boundary('one byte, a digit', { spec: '7', option: '8' }, fromOption(8n))
    .boundary('the least too great', { spec: '7', option: `${ALL + 1n}` }, rejects())
    .boundary('the greatest', { spec: '7', option: `${ALL}`, streamable: ALL }, fromOption(ALL))
    .boundary('malformed, engine not built for streaming', { streamable: 0n, option: '5x' }, rejects()),

  clause('WSB-OPT-10')
    .control('the right backend', { spec: '7', options: [budget('5')] }, fromOption(5n))
    .violation('another backend', { spec: '7', options: [foreign(XNNPACK, '5')] }, fromSpec(7n))
    .violation('another backend, malformed', { options: [foreign(XNNPACK, '-5')] }, fromAutomatic(512n))
    .violation(
      'another backend before the right one',
      { options: [foreign(XNNPACK, '6'), budget('5')] },
      fromOption(5n),
    )
    .violation(
      'another backend behind the right one',
      { options: [budget('5'), foreign(XNNPACK, '6')] },
      fromOption(5n),
    )
    .violation('the last of eight backends', { options: [...ids('ABCDEFG'), budget('5')] }, fromOption(5n))
    .boundary('one character less', { options: [foreign('TensorRTBacken', '5')] }, fromAutomatic(512n))
    .boundary('one character more', { options: [foreign('TensorRTBackend2', '5')] }, fromAutomatic(512n))
    .boundary('another case', { options: [foreign('tensorrtbackend', '5')] }, fromAutomatic(512n))
    .boundary('an id of 63 characters', { options: [foreign('B'.repeat(63), '5')] }, fromAutomatic(512n)),

  clause('WSB-OPT-11')
    .control('the right key', { option: '5' }, fromOption(5n))
    .violation('another key', built(['target_device', '5']), fromAutomatic(512n))
    .violation('another key, malformed', { spec: '7', ...built(['target_device', '-5']) }, fromSpec(7n))
    .violation(
      "the exporter's keyword",
      { spec: '7', ...built(['weight_streaming_budget_per_engine', 'x']) },
      fromSpec(7n),
    )
    .violation('another key, bool', { spec: '7', ...built(['verbose', true]) }, fromSpec(7n))
    .violation('another key, negative', { spec: '7', ...built(['level', -1]) }, fromSpec(7n))
    .violation(
      'other keys around the right one',
      built(['a', '1'], [BUDGET, '5'], ['z', '9']),
      fromOption(5n),
    )
    .violation('the eighth key', built(...letters('abcdefg'), [BUDGET, '5']), fromOption(5n))
    .boundary('no options at all', { spec: '7', ...built() }, fromSpec(7n))
    .boundary('one character less', built(['weight_streaming_budge', '5']), fromAutomatic(512n))
    .boundary('one character more', built(['weight_streaming_budget_', '5']), fromAutomatic(512n))
    .boundary('another case', built(['Weight_Streaming_Budget', '5']), fromAutomatic(512n))
    .boundary('a trailing blank', built([`${BUDGET} `, '5']), fromAutomatic(512n))
    .boundary('the empty key', built(['', '5']), fromAutomatic(512n))
    .boundary('a byte order mark before the key', built([`\ufeff${BUDGET}`, '5']), fromAutomatic(512n))
    .boundary('a byte behind the key that is no UTF-8', built([`${BUDGET}\udcff`, '5']), fromAutomatic(512n))
    .boundary('a key of 63 characters', built(['k'.repeat(63), '5']), fromAutomatic(512n)),

  clause('WSB-OPT-12')
    .control('once', spanned([BUDGET, '1']), fromOption(1n))
    .control('a builder replaces', built([BUDGET, '1'], [BUDGET, '2']), fromOption(2n))
    .violation('twice', spanned([BUDGET, '1'], [BUDGET, '2']), fromOption(1n))
    .violation('the first is empty', { spec: '7', ...spanned([BUDGET, ''], [BUDGET, '2']) }, fromSpec(7n))
    .violation('the first is malformed', spanned([BUDGET, '1x'], [BUDGET, '2']), rejects())
    .violation('the second is malformed', spanned([BUDGET, '1'], [BUDGET, '2x']), fromOption(1n))
    .violation('of another type', spanned([BUDGET, 1], [BUDGET, '2']), fromOption(1n))
    .violation('the first is a bool', spanned([BUDGET, true], [BUDGET, '2']), rejects())
    .violation(
      'an entry set again replaces the whole',
      { options: [budget('1'), budget('2')] },
      fromOption(2n),
    )
    .boundary('another key between', spanned([BUDGET, '1'], ['other', '3'], [BUDGET, '2']), fromOption(1n))
    .boundary('the second is empty', { spec: '7', ...spanned([BUDGET, '2'], [BUDGET, '']) }, fromOption(2n))
    .boundary('three times', spanned([BUDGET, '3'], [BUDGET, '2'], [BUDGET, '1']), fromOption(3n)),

  clause('WSB-OPT-13')
    .control('255 bytes', { option: repeat('0', 253, '42') }, fromOption(42n))
    .violation('257 bytes, two of them cut', { option: repeat('0', 255, '42') }, fromOption(0n))
    .violation('a blank that is cut', { option: repeat('0', 255, ' ') }, fromOption(0n))
    .violation('300 bytes, a letter that is cut', { option: repeat('0', 299, 'x') }, fromOption(0n))
    .violation(
      '300 bytes, a letter that is not cut',
      { option: named('x,0*299', `x${'0'.repeat(299)}`) },
      rejects(),
      noBudgetCall(),
    )
    .boundary('256 bytes, one of them cut', { option: repeat('0', 254, '42') }, fromOption(4n))
    .boundary('255 bytes, the last a blank', { option: repeat('0', 254, ' ') }, rejects())
    .boundary('256 bytes, the last a blank', { option: repeat('0', 254, '5 ') }, budgetCalls('set 5')),

  clause('WSB-OPT-14')
    .control('set once', { options: [budget('1')] }, fromOption(1n))
    .violation('set twice', { spec: '7', ...built([BUDGET, '1'], [BUDGET, '2']) }, fromOption(2n))
    .violation('another key between', built([BUDGET, '1'], ['other', '3'], [BUDGET, '2']), fromOption(2n))
    .boundary('a malformed string, then 5', built([BUDGET, 'x'], [BUDGET, 5]), fromOption(5n))
    .boundary('5, then true', built([BUDGET, 5], [BUDGET, true]), rejects())
    .boundary('5, then the empty string', { spec: '7', ...built([BUDGET, '5'], [BUDGET, '']) }, fromSpec(7n))
    .boundary(
      'replaced in a full builder',
      built([BUDGET, '1'], ...letters('abcdefg'), [BUDGET, '2']),
      fromOption(2n),
    ),

  clause('WSB-OPT-15')
    .control('eight keys', built(...letters('abcdefg'), [BUDGET, '5']), fromOption(5n))
    .violation(
      'nine keys, the budget the last',
      { spec: '7', ...built(...letters('abcdefgh'), [BUDGET, '5']) },
      NOT_SET,
    )
    .violation(
      'nine keys, the budget the first',
      { spec: '7', ...built([BUDGET, '5'], ...letters('abcdefgh')) },
      NOT_SET,
    )
    .boundary('nine calls with eight keys', built([BUDGET, '1'], ...letters('abcdefga')), fromOption(1n))
    .boundary('a span of nine keys', spanned(...letters('abcdefgh'), [BUDGET, '5']), fromOption(5n)),

  clause('WSB-OPT-16')
    .control("the delegate's id alone", { options: [budget('5')] }, fromOption(5n))
    .violation(
      'nine ids, the right one among them',
      { spec: '7', options: [budget('5'), ...ids('ABCDEFGH')] },
      NOT_SET,
    )
    .boundary(
      'the right id as the eighth',
      { spec: '7', options: [...ids('ABCDEFG'), budget('5')] },
      fromOption(5n),
    )
    .boundary('the right id as the ninth', { spec: '7', options: [...ids('ABCDEFGH'), budget('5')] }, NOT_SET)
    .boundary(
      'nine calls for eight ids',
      { spec: '7', options: [budget('5'), ...ids('ABCDEFGA')] },
      fromOption(5n),
    ),

  clause('WSB-OPT-17')
    .control('one entry', { spec: '7', options: [budget('1')] }, fromOption(1n))
    .violation('two entries', { spec: '7', options: [budget('1'), budget('2')] }, fromOption(2n))
    .violation('the later one malformed', { spec: '7', options: [budget('1'), budget('x')] }, rejects())
    .boundary(
      'the later one with another key alone',
      { spec: '7', options: [budget('1'), builder(['other', '2'])] },
      fromSpec(7n),
    )
    .boundary('the later one without options', { spec: '7', options: [budget('1'), builder()] }, fromSpec(7n))
    .boundary(
      'replaced in a full map',
      { spec: '7', options: [budget('1'), ...ids('ABCDEFG'), span([BUDGET, '2'])] },
      fromOption(2n),
    ),

  clause('WSB-OPT-18')
    .control('the right id', { spec: '7', options: [budget('5')] }, fromOption(5n))
    .violation('an id of 100 characters', { spec: '7', options: [foreign('B'.repeat(100), '5')] }, NOT_SET)
    .boundary('no character', { spec: '7', options: [foreign('', '5')] }, NOT_SET)
    .boundary('one character', { spec: '7', options: [foreign('B', '5'), budget('6')] }, fromOption(6n))
    .boundary(
      '62 characters',
      { spec: '7', options: [foreign('B'.repeat(62), '5'), budget('6')] },
      fromOption(6n),
    )
    .boundary(
      '63 characters',
      { spec: '7', options: [foreign('B'.repeat(63), '5'), budget('6')] },
      fromOption(6n),
    )
    .boundary('64 characters', { spec: '7', options: [foreign('B'.repeat(64), '5'), budget('6')] }, NOT_SET),

  clause('WSB-OPT-19')
    .control('no map', { spec: '7' }, fromSpec(7n))
    .violation('an empty map', { spec: '7', options: [] }, fromSpec(7n), logs(false))
    .violation('an empty map, automatic', { options: [] }, fromAutomatic(512n), logs(false))
    .boundary('an entry without options', { spec: '7', ...built() }, fromSpec(7n), logs(false))
    .boundary('a span without options', { spec: '7', ...spanned() }, fromSpec(7n), logs(false))
    .boundary('an entry with one option', { spec: '7', options: [budget('5')] }, fromOption(5n))
    .boundary(
      'an entry with an empty option',
      { spec: '7', options: [budget('')] },
      fromSpec(7n),
      logs(true),
    ),
].flatMap(({ cases }) => cases);

/** The budget alone, as a raw `char[256]`. */
function raw(text: Text): Scenario {
  return spanned([BUDGET, array(text)]);
}

/** Options of the TensorRT backend alone, as a raw span. */
function spanned(...options: EntryScenario['options']): Scenario {
  return { options: [span(...options)] };
}

/** Options of the TensorRT backend alone, set one by one on a builder. */
function built(...options: EntryScenario['options']): Scenario {
  return { options: [builder(...options)] };
}

function letters(keys: string): (readonly [key: string, value: string])[] {
  return Array.from(keys, (key) => [key, '1']);
}

function ids(backends: string): EntryScenario[] {
  return Array.from(backends, (backend) => foreign(backend, '6'));
}
