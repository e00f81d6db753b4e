/*
 * Plan: parsing a budget (WSB-PARSE).
 *
 * A budget is read from a range of bytes. Each clause is shown through the compile spec, whose
 * value reaches the delegate exactly as it stands in the file, and through the load-time option
 * where that can say more: a string option ends at its first NUL, so what a NUL does is shown by
 * compile specs alone.
 *
 * An engine with 2^63-1 streamable bytes shows the number that was read; the default engine (1024)
 * would cut it. A malformed budget has to be refused, so each violation stands beside a control
 * that differs in as little as possible. The limits are those of the number (0, 2^63-1, and 2^31,
 * 2^32, where a narrower type would break), of the length (0 and 1 bytes; more digits than any
 * buffer holds) and of the digits in ASCII ('0' - 1 and '9' + 1).
 */
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { applies, fromOption, fromSpec, rejects } from '../model/expectation.js';
import { behind } from '../model/scenario/program-change.js';
import { BUDGET } from '../model/names.js';
import { hex, repeat } from '../model/text.js';

const ALL = 2n ** 63n - 1n;

/** Cases of the clauses WSB-PARSE. */
export const PARSING: readonly Case[] = [
  clause('WSB-PARSE-01')
    .control('one digit', { spec: '5' }, fromSpec(5n))
    .control('every digit', { spec: '1234567890', streamable: ALL }, applies(1234567890n))
    .control('every digit, as option', { streamable: ALL, option: '1234567890' }, applies(1234567890n))
    .violation('digits that do not fill the range', { spec: '12a' }, rejects())
    .violation('digits only at the end', { spec: 'a12' }, rejects())
    .violation('digits that do not fill an option', { option: '12a' }, rejects())
    .boundary('the least', { spec: '0', streamable: ALL }, applies(0n))
    .boundary('one', { spec: '1', streamable: ALL }, applies(1n))
    .boundary('2^31 - 1', { spec: '2147483647', streamable: ALL }, applies(2147483647n))
    .boundary('2^31', { spec: '2147483648', streamable: ALL }, applies(2147483648n))
    .boundary('2^32 - 1', { spec: '4294967295', streamable: ALL }, applies(4294967295n))
    .boundary('2^32', { spec: '4294967296', streamable: ALL }, applies(4294967296n))
    .boundary('2^53 + 1', { spec: '9007199254740993', streamable: ALL }, applies(9007199254740993n))
    .boundary('2^63 - 2', { spec: '9223372036854775806', streamable: ALL }, applies(ALL - 1n))
    .boundary('the greatest', { spec: '9223372036854775807', streamable: ALL }, applies(ALL))
    .boundary('the greatest, as option', { streamable: ALL, option: '9223372036854775807' }, applies(ALL))
    .boundary('the least too great', { spec: '9223372036854775808', streamable: ALL }, rejects())
    .boundary(
      'the least too great, as option',
      { streamable: ALL, option: '9223372036854775808' },
      rejects(),
    ),

  clause('WSB-PARSE-02')
    .control('no leading zero', { spec: '42' }, applies(42n))
    .control('one leading zero', { spec: '042' }, applies(42n))
    .violation('no octal number', { spec: '010' }, applies(10n))
    .violation('a digit that no octal number has', { spec: '08' }, applies(8n))
    .violation('leading zeros do not excuse what follows', { spec: repeat('0', 400, 'x') }, rejects())
    .violation('nor a sign behind them', { spec: '00-1' }, rejects())
    .boundary('only zeros', { spec: '000' }, applies(0n))
    .boundary('more zeros than a number has digits', { spec: repeat('0', 20, '42') }, applies(42n))
    .boundary('as many zeros as a number has digits', { spec: repeat('0', 19, '42') }, applies(42n))
    .boundary('255 bytes', { spec: repeat('0', 253, '42') }, applies(42n))
    .boundary('256 bytes', { spec: repeat('0', 254, '42') }, applies(42n))
    .boundary('257 bytes', { spec: repeat('0', 255, '42') }, applies(42n))
    .boundary('256 zeros', { spec: repeat('0', 256, '42') }, applies(42n))
    .boundary('400 zeros', { spec: repeat('0', 400, '42') }, applies(42n))
    .boundary('4,096 zeros', { spec: repeat('0', 4096, '42') }, applies(42n))
    .boundary(
      'zeros before the greatest',
      { spec: repeat('0', 400, `${ALL}`), streamable: ALL },
      applies(ALL),
    )
    .boundary('zeros before the least too great', { spec: repeat('0', 400, `${ALL + 1n}`) }, rejects())
    .boundary('a whole option of zeros and 42', { option: repeat('0', 253, '42') }, applies(42n)),

  clause('WSB-PARSE-03')
    .control('no sign', { spec: '5' }, applies(5n))
    .violation('leading plus', { spec: '+5' }, rejects())
    .violation('leading minus', { spec: '-5' }, rejects())
    .violation('plus zero', { spec: '+0' }, rejects())
    .violation('minus zero', { spec: '-0' }, rejects())
    .violation('minus zeros', { spec: '-00' }, rejects())
    .violation('trailing plus', { spec: '5+' }, rejects())
    .violation('trailing minus', { spec: '5-' }, rejects())
    .violation('two signs', { spec: '+-5' }, rejects())
    .violation('the most negative', { spec: '-9223372036854775808' }, rejects())
    .violation('leading plus, as option', { option: '+5' }, rejects())
    .violation('leading minus, as option', { option: '-5' }, rejects())
    .violation('minus zero, as option', { option: '-0' }, rejects())
    .boundary('zero without a sign', { spec: '0' }, applies(0n))
    .boundary('a plus alone', { spec: '+' }, rejects())
    .boundary('a minus alone', { spec: '-' }, rejects()),

  clause('WSB-PARSE-04')
    .control('no blank', { spec: '56' }, applies(56n))
    .violation('leading space', { spec: ' 5' }, rejects())
    .violation('trailing space', { spec: '5 ' }, rejects())
    .violation('space between', { spec: '5 6' }, rejects())
    .violation('tab between', { spec: '5\t6' }, rejects())
    .violation('line feed between', { spec: '5\n6' }, rejects())
    .violation('leading tab', { spec: '\t5' }, rejects())
    .violation('trailing tab', { spec: '5\t' }, rejects())
    .violation('leading line feed', { spec: '\n5' }, rejects())
    .violation('trailing line feed', { spec: '5\n' }, rejects())
    .violation('trailing carriage return', { spec: '5\r' }, rejects())
    .violation('leading carriage return', { spec: '\r5' }, rejects())
    .violation('leading vertical tab', { spec: '\v5' }, rejects())
    .violation('leading form feed', { spec: '\f5' }, rejects())
    .violation('trailing vertical tab', { spec: '5\v' }, rejects())
    .violation('trailing form feed', { spec: '5\f' }, rejects())
    .violation('no-break space', { spec: '5\u00a0' }, rejects())
    .violation('leading space, as option', { option: ' 5' }, rejects())
    .violation('trailing space, as option', { option: '5 ' }, rejects())
    .boundary('a space alone', { spec: ' ' }, rejects())
    .boundary('a digit alone', { spec: '5' }, applies(5n)),

  clause('WSB-PARSE-05')
    .control('one byte', { spec: '7' }, applies(7n))
    .violation('no byte', { spec: '' }, rejects())
    .violation('no byte, engine not built for streaming', { spec: '', streamable: 0n }, rejects())
    .boundary('one byte, zero', { spec: '0' }, applies(0n))
    .boundary('no byte, delegate inline', { spec: '', inline: true }, rejects()),

  clause('WSB-PARSE-06')
    .control('the greatest', { spec: `${ALL}`, streamable: ALL }, applies(ALL))
    .violation('2^64 - 1', { spec: '18446744073709551615' }, rejects())
    .violation('2^64', { spec: '18446744073709551616' }, rejects())
    .violation('2^64 + 5, which wraps to 5', { spec: '18446744073709551621' }, rejects())
    .violation('2^64 + 1', { spec: '18446744073709551617' }, rejects())
    .violation('2^65 + 5', { spec: '36893488147419103237' }, rejects())
    .violation('ten times the greatest', { spec: '92233720368547758070' }, rejects())
    .violation('20 digits', { spec: '10000000000000000000' }, rejects())
    .violation('21 digits', { spec: '100000000000000000000' }, rejects())
    .violation('2^127', { spec: '170141183460469231731687303715884105728' }, rejects())
    .violation('255 nines', { spec: repeat('9', 255) }, rejects())
    .violation('400 digits', { spec: repeat('9', 400) }, rejects())
    .violation('2^64 + 5, as option', { option: '18446744073709551621' }, rejects())
    .boundary('2^63 - 1', { spec: '9223372036854775807' }, applies(1024n))
    .boundary('2^63', { spec: '9223372036854775808' }, rejects())
    .boundary('2^63 + 1', { spec: '9223372036854775809' }, rejects())
    .boundary('2^63, as option', { option: '9223372036854775808' }, rejects())
    .boundary('2^63 - 1, as option', { option: '9223372036854775807' }, applies(1024n))
    .boundary('19 nines', { spec: repeat('9', 19) }, rejects())
    .boundary('18 nines', { spec: repeat('9', 18), streamable: ALL }, applies(999999999999999999n)),

  clause('WSB-PARSE-07')
    .control('digits alone', { spec: '1000' }, applies(1000n))
    .violation('hexadecimal', { spec: '0x10' }, rejects())
    .violation('binary', { spec: '0b1' }, rejects())
    .violation('octal of C++', { spec: '0o7' }, rejects())
    .violation('fraction', { spec: '1.5' }, rejects())
    .violation('fraction of nothing', { spec: '1.' }, rejects())
    .violation('exponent', { spec: '1e3' }, rejects())
    .violation('underscore', { spec: '1_000' }, rejects())
    .violation('comma', { spec: '1,000' }, rejects())
    .violation('apostrophe', { spec: "1'000" }, rejects())
    .violation('a word', { spec: 'auto' }, rejects())
    .violation('unit', { spec: '1K' }, rejects())
    .violation('suffix of a type', { spec: '5L' }, rejects())
    .violation('infinity', { spec: 'inf' }, rejects())
    .violation('not a number', { spec: 'nan' }, rejects())
    .violation('quotes', { spec: '"5"' }, rejects())
    .violation('full-width digit', { spec: '\uff15' }, rejects())
    .violation('Arabic digit', { spec: '\u0665' }, rejects())
    .violation('superscript digit of Latin-1', { spec: hex('b2') }, rejects())
    .violation('byte order mark', { spec: '\ufeff5' }, rejects())
    .violation('a digit with the high bit set', { spec: hex('b5') }, rejects())
    .violation('byte 0xff behind a digit', { spec: hex('35ff') }, rejects())
    .violation('delete character', { spec: hex('357f') }, rejects())
    .violation('a word, as option', { option: 'auto' }, rejects())
    .violation('exponent, as option', { option: '1e3' }, rejects())
    .boundary("the byte before '0'", { spec: '/' }, rejects())
    .boundary("'0'", { spec: '0' }, applies(0n))
    .boundary("'9'", { spec: '9' }, applies(9n))
    .boundary("the byte behind '9'", { spec: ':' }, rejects())
    .boundary("the byte before '0', first", { spec: '/5' }, rejects())
    .boundary("the byte before '0', between", { spec: '5/5' }, rejects())
    .boundary("the byte behind '9', first", { spec: ':5' }, rejects())
    .boundary("the byte behind '9', between", { spec: '5:5' }, rejects())
    .boundary("the byte before '0', as option", { option: '5/' }, rejects())
    .boundary("the byte behind '9', as option", { option: '5:' }, rejects()),

  clause('WSB-PARSE-08')
    .control('no NUL', { spec: '5' }, applies(5n))
    .violation('trailing NUL', { spec: '5\0' }, rejects())
    .violation('leading NUL', { spec: '\x005' }, rejects())
    .violation('embedded NUL', { spec: '5\x006' }, rejects())
    .violation('junk behind a NUL', { spec: '5\0junk' }, rejects())
    .violation('many trailing NULs', { spec: '5\0\0\0' }, rejects())
    .boundary('a NUL alone', { spec: '\0' }, rejects())
    .boundary("the digit '0' alone", { spec: '0' }, applies(0n))
    .boundary('a NUL as the last of 20 bytes', { spec: repeat('1', 19, '\0') }, rejects())
    .boundary('19 ones', { spec: repeat('1', 19), streamable: ALL }, applies(1111111111111111111n))
    .boundary('a NUL behind 256 digits', { spec: repeat('0', 256, '\0') }, rejects()),

  clause('WSB-PARSE-09')
    .control('a NUL behind the value, as written', { spec: '5' }, applies(5n))
    .violation('a digit behind the value in the file', { spec: '5', file: behind('5', '7') }, applies(5n))
    .violation(
      'three digits behind the value in the file',
      { spec: '5', file: behind('5', '789') },
      applies(5n),
    )
    .violation('a blank behind the value in the file', { spec: '5', file: behind('5', ' ') }, applies(5n))
    .violation(
      'digits in the compile spec that follows',
      {
        specs: [
          [BUDGET, '1234'],
          ['56789', '56789'],
        ],
        streamable: ALL,
      },
      applies(1234n),
    )
    .boundary('three bytes, and a digit', { spec: '123', file: behind('123', '9') }, applies(123n))
    .boundary('four bytes, a whole word', { spec: '1234', streamable: ALL }, applies(1234n))
    .boundary('five bytes, and a digit', { spec: '00123', file: behind('00123', '9') }, applies(123n))
    .boundary('seven bytes, and a digit', { spec: '0000123', file: behind('0000123', '9') }, applies(123n))
    .boundary('eight bytes, two words', { spec: '12345678', streamable: ALL }, applies(12345678n)),

  clause('WSB-PARSE-10')
    .control('accepted as compile spec', { spec: '5' }, fromSpec(5n))
    .control('accepted as option', { option: '5' }, fromOption(5n))
    .violation('a sign, as compile spec', { spec: '+5' }, rejects())
    .violation('a sign, as option', { option: '+5' }, rejects())
    .violation('a trailing blank, as compile spec', { spec: '5 ' }, rejects())
    .violation('a trailing blank, as option', { option: '5 ' }, rejects())
    .boundary('255 digits, as compile spec', { spec: repeat('0', 254, '7') }, fromSpec(7n))
    .boundary('255 digits, as option', { option: repeat('0', 254, '7') }, fromOption(7n))
    .boundary('255 nines, as compile spec', { spec: repeat('9', 255) }, rejects())
    .boundary('255 nines, as option', { option: repeat('9', 255) }, rejects()),
].flatMap(({ cases }) => cases);
