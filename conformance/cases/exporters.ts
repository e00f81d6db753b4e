/*
 * Plan: what an exporter does with what it is asked (WSB-EXPORT).
 *
 * These cases are asked of an exporter; export.ts judges programs by themselves. Unless a case says
 * otherwise it asks for one method with one engine that streams 1,024 bytes, in the format of
 * ExecuTorch, by the call that saves a program. What comes back is read, judged by all clauses
 * about programs, and loaded.
 *
 * Boundaries: both ends of what a budget can be and what lies one beyond; 0 and none; integers
 * whose own text is another number or none; the key, the key up to a NUL, and keys that differ in
 * one letter, one blank or one byte; one engine and two, in one method and in two; a device number
 * with and without its zero.
 */
import type { BudgetType, GivenBudget } from '../../reference/exporter/export-request.js';
import type { ExportCase } from '../model/export-case.js';
import {
  describes,
  keeps,
  magic,
  refuses,
  targets,
  warns,
  writes,
  writesNone,
} from '../model/export-expectation.js';
import { BUDGET } from '../model/names.js';
import { exportClause } from '../model/scenario/export-clause.js';

const MOST = 2n ** 63n - 1n;
const TWO = { engines: [{}, {}] };
const BY_METHOD = { methods: { decode: [{}], prefill: [{}] } };

/** Cases that exporters are asked, by clause. */
export const EXPORTERS: readonly ExportCase[] = [
  exportClause('WSB-EXPORT-01')
    .control('8192', { budget: int(8192) }, writes('8192'))
    .violation(
      'more digits than a double has',
      { budget: int(9_007_199_254_740_993n) },
      writes('9007199254740993'),
    )
    .violation('a power of ten', { budget: int(10n ** 18n) }, writes('1000000000000000000'))
    .boundary('0', { budget: int(0) }, writes('0'))
    .boundary('9', { budget: int(9) }, writes('9'))
    .boundary('10', { budget: int(10) }, writes('10'))
    .boundary('the greatest', { budget: int(MOST) }, writes(`${MOST}`)),

  exportClause('WSB-EXPORT-02')
    .control('a budget', { budget: int(5) }, writes('5'))
    .violation(
      'a budget beside a key with a NUL',
      { budget: int(5), specs: [[`${BUDGET}\0`, '7']] },
      refuses('ValueError'),
    )
    .boundary('a budget beside a longer key', { budget: int(5), specs: [[`${BUDGET}_`, '7']] }, writes('5'))
    .boundary('two engines', { ...TWO, budget: int(6) }, writes('6')),

  exportClause('WSB-EXPORT-03')
    .control('one engine', { budget: int(7) }, writes('7'))
    .violation('the second engine', { ...TWO, budget: int(7) }, writes('7'))
    .violation('the second method', { ...BY_METHOD, budget: int(7) }, writes('7'))
    .boundary(
      'a method without engines',
      { methods: { decode: [], prefill: [{}] }, budget: int(8) },
      writes('8'),
    )
    .boundary('no budget in two methods', BY_METHOD, writesNone()),

  exportClause('WSB-EXPORT-04')
    .control('device 0', {}, targets('cuda:0'))
    .violation('device 1', { engines: [{ device: 1 }] }, targets('cuda:1'))
    .boundary('device 9', { engines: [{ device: 9 }] }, targets('cuda:9'))
    .boundary('device 10', { engines: [{ device: 10 }] }, targets('cuda:10'))
    .boundary('the greatest of a program', { engines: [{ device: 127 }] }, targets('cuda:127')),

  exportClause('WSB-EXPORT-05')
    .control('device 0', { budget: int(5) }, targets('cuda:0'))
    .violation('two devices', { engines: [{ device: 1 }, { device: 0 }] }, targets('cuda:1', 'cuda:0'))
    .boundary('device 1', { engines: [{ device: 1 }], budget: int(5) }, targets('cuda:1'))
    .boundary('device 2', { engines: [{ device: 2 }], budget: int(5) }, targets('cuda:2')),

  exportClause('WSB-EXPORT-06')
    .control('without aliases', {}, magic('TR01'))
    .violation('with an alias', { engines: [{ aliases: { output_0: 'input_0' } }] }, magic('TR02'))
    .boundary('two outputs without one', { engines: [{ outputs: ['c', 'd'] }] }, magic('TR01'))
    .boundary(
      'with two aliases',
      {
        engines: [
          {
            inputs: ['a', 'b'],
            outputs: ['c', 'd'],
            aliases: { c: 'a', d: 'b' },
          },
        ],
      },
      magic('TR02'),
    ),

  exportClause('WSB-EXPORT-07')
    .control('one engine', {}, writesNone())
    .violation('names that end on a multiple of 16', { engines: [{ inputs: ['input_12345'] }] }, writesNone())
    .boundary('a name of 1 byte', { engines: [{ inputs: ['a'] }], budget: int(1) }, writes('1'))
    .boundary('a name of 2 bytes', { engines: [{ inputs: ['ab'] }], budget: int(2) }, writes('2')),

  exportClause('WSB-EXPORT-10')
    .control('an integer', { budget: int(8192) }, writes('8192'))
    .control('None', { budget: none() }, writesNone())
    .control('a member of a subclass of int', { budget: of('int-subclass', '8192') }, writes('8192'))
    .violation('True', { budget: of('bool', 'true') }, refuses('TypeError'))
    .violation('False', { budget: of('bool', 'false') }, refuses('TypeError'))
    .violation('a float', { budget: of('float', '8192.0') }, refuses('TypeError'))
    .violation('a float of one half', { budget: of('float', '0.5') }, refuses('TypeError'))
    .violation('not a number', { budget: of('float', 'nan') }, refuses('TypeError'))
    .violation('infinity', { budget: of('float', 'inf') }, refuses('TypeError'))
    .violation('a text', { budget: of('text', '8192') }, refuses('TypeError'))
    .violation('an empty text', { budget: of('text', '') }, refuses('TypeError'))
    .violation('a word', { budget: of('text', 'auto') }, refuses('TypeError'))
    .violation('bytes', { budget: of('bytes', '8192') }, refuses('TypeError'))
    .violation('a member of an enum', { budget: of('enum', '8192') }, refuses('TypeError'))
    .violation('a Decimal', { budget: of('decimal', '8192') }, refuses('TypeError'))
    .violation('a Fraction', { budget: of('fraction', '8192') }, refuses('TypeError'))
    .violation('a list', { budget: of('list', '8192') }, refuses('TypeError'))
    .violation('a dict', { budget: of('dict', '8192') }, refuses('TypeError'))
    .violation('an object', { budget: of('object', '') }, refuses('TypeError'))
    .boundary('the integer 1', { budget: int(1) }, writes('1'))
    .boundary('a float that is out of range', { budget: of('float', '-1.0') }, refuses('TypeError'))
    .boundary('the float 0', { budget: of('float', '0.0') }, refuses('TypeError')),

  exportClause('WSB-EXPORT-11')
    .control('the same as an integer', { budget: int(64) }, writes('64'))
    .violation('an integer of numpy', { budget: of('numpy.int64', '64') }, refuses('TypeError'))
    .violation('an unsigned one', { budget: of('numpy.uint64', '64') }, refuses('TypeError'))
    .violation('a bool of numpy', { budget: of('numpy.bool', 'true') }, refuses('TypeError'))
    .violation('an object with an index', { budget: of('index', '64') }, refuses('TypeError'))
    .boundary('0 of numpy', { budget: of('numpy.int64', '0') }, refuses('TypeError'))
    .boundary('0 as an integer', { budget: int(0) }, writes('0')),

  exportClause('WSB-EXPORT-12')
    .control('in the middle', { budget: int(2n ** 32n) }, writes('4294967296'))
    .violation('less than 0', { budget: int(-8192) }, refuses('ValueError'))
    .violation('2^64', { budget: int(2n ** 64n) }, refuses('ValueError'))
    .violation(
      'an integer of 4,300 digits',
      { budget: of('int', '1'.padEnd(4300, '0')) },
      refuses('ValueError'),
    )
    .violation(
      'an integer of 5,001 digits',
      { budget: of('int', '1'.padEnd(5001, '0')) },
      refuses('ValueError'),
    )
    .violation('a subclass of int below 0', { budget: of('int-subclass', '-1', '5') }, refuses('ValueError'))
    .boundary('0', { budget: int(0) }, writes('0'))
    .boundary('-1', { budget: int(-1) }, refuses('ValueError'))
    .boundary('2^63 - 1', { budget: int(MOST) }, writes(`${MOST}`))
    .boundary('2^63', { budget: int(MOST + 1n) }, refuses('ValueError'))
    .boundary('2^31', { budget: int(2n ** 31n) }, writes('2147483648')),

  exportClause('WSB-EXPORT-13')
    .control('a budget', { budget: int(3) }, writes('3'))
    .violation('nothing given', {}, writesNone())
    .violation('None', { budget: none() }, writesNone())
    .violation('None for two engines', { ...TWO, budget: none() }, writesNone(), warns(false))
    .boundary('None in two methods', { ...BY_METHOD, budget: none() }, writesNone())
    .boundary('0, which is no None', { budget: int(0) }, writes('0')),

  exportClause('WSB-EXPORT-14')
    .control('a part of the weights', { budget: int(512) }, writes('512'))
    .violation('nothing of them', { budget: int(0) }, writes('0'))
    .violation(
      'different engines',
      {
        engines: [{ streamable: 4096n }, { streamable: 1024n }],
        budget: int(2048),
      },
      writes('2048'),
    )
    .violation(
      'two methods with two engines each',
      {
        methods: { decode: [{}, {}], prefill: [{}, {}] },
        budget: int(100),
      },
      writes('100'),
    )
    .boundary('one byte less than there is', { budget: int(1023) }, writes('1023'))
    .boundary('all there is', { budget: int(1024) }, writes('1024'))
    .boundary('one byte more', { budget: int(1025) }, writes('1025')),

  exportClause('WSB-EXPORT-15')
    .control('its own digits', { budget: of('int-subclass', '77', '77') }, writes('77'))
    .violation('another number', { budget: of('int-subclass', '77', '78') }, writes('77'))
    .violation('a word', { budget: of('int-subclass', '77', 'many') }, writes('77'))
    .violation('letters that are no ASCII', { budget: of('int-subclass', '77', 'é') }, writes('77'))
    .violation('no text', { budget: of('int-subclass', '77', '') }, writes('77'))
    .violation('a member of an enum', { budget: of('int-enum', '77', 'Budget.A') }, writes('77'))
    .boundary('a leading zero', { budget: of('int-subclass', '77', '077') }, writes('77'))
    .boundary('a plus', { budget: of('int-subclass', '77', '+77') }, writes('77'))
    .boundary('the greatest, as 0', { budget: of('int-subclass', `${MOST}`, '0') }, writes(`${MOST}`)),

  exportClause('WSB-EXPORT-16')
    .control('another key', { specs: [['other', '5']] }, writesNone())
    .violation('without a budget', { specs: [[BUDGET, '5']] }, refuses('ValueError'))
    .violation('beside None', { specs: [[BUDGET, '5']], budget: none() }, refuses('ValueError'))
    .violation('beside a budget', { specs: [[BUDGET, '5']], budget: int(5) }, refuses('ValueError'))
    .violation('with no value', { specs: [[BUDGET, '']] }, refuses('ValueError'))
    .violation(
      'behind another',
      {
        specs: [
          ['other', '1'],
          [BUDGET, '5'],
        ],
      },
      refuses('ValueError'),
    )
    .violation('for one method', { ...BY_METHOD, specs: [[BUDGET, '5', 'prefill']] }, refuses('ValueError'))
    .violation('without an engine', { engines: [], specs: [[BUDGET, '5']] }, refuses('ValueError'))
    .violation('by the other call', { way: 'export', specs: [[BUDGET, '5']] }, refuses('ValueError'))
    .boundary('one letter more', { specs: [[`${BUDGET}s`, '5']] }, writesNone())
    .boundary('one letter less', { specs: [[BUDGET.slice(0, -1), '5']] }, writesNone())
    .boundary(
      'the key itself, twice',
      {
        specs: [
          [BUDGET, '5'],
          [BUDGET, '5'],
        ],
      },
      refuses('ValueError'),
    ),

  exportClause('WSB-EXPORT-17')
    .control('a NUL in another key', { specs: [['other\0', '5']] }, writesNone())
    .violation('a NUL behind it', { specs: [[`${BUDGET}\0`, '5']] }, refuses('ValueError'))
    .violation('more behind the NUL', { specs: [[`${BUDGET}\0x`, '7']] }, refuses('ValueError'))
    .violation('beside a budget', { specs: [[`${BUDGET}\0x`, '7']], budget: int(5) }, refuses('ValueError'))
    .violation(
      'for one method',
      { ...BY_METHOD, specs: [[`${BUDGET}\0`, '5', 'decode']] },
      refuses('ValueError'),
    )
    .boundary('a NUL before it', { specs: [[`\0${BUDGET}`, '5']] }, writesNone())
    .boundary('a NUL behind one letter more', { specs: [[`${BUDGET}s\0`, '5']] }, writesNone())
    .boundary('two NULs behind it', { specs: [[`${BUDGET}\0\0`, '5']] }, refuses('ValueError')),

  exportClause('WSB-EXPORT-18')
    .control('nothing', { way: 'partitioner' }, writesNone())
    .control('another key', { way: 'partitioner', specs: [['other', '1']] }, writesNone())
    .violation('the key', { way: 'partitioner', specs: [[BUDGET, '5']] }, refuses('ValueError'))
    .violation(
      'twice',
      {
        way: 'partitioner',
        specs: [
          [BUDGET, '5'],
          [BUDGET, '6'],
        ],
      },
      refuses('ValueError'),
    )
    .violation('what is no budget', { way: 'partitioner', specs: [[BUDGET, '+junk']] }, refuses('ValueError'))
    .boundary('one letter more', { way: 'partitioner', specs: [[`${BUDGET}s`, '5']] }, writesNone())
    .boundary('no value', { way: 'partitioner', specs: [[BUDGET, '']] }, refuses('ValueError')),

  exportClause('WSB-EXPORT-19')
    .control('another key', { specs: [['other', '1']] }, keeps('other', '1'))
    .violation(
      'capitals',
      { specs: [['Weight_Streaming_Budget', '5']] },
      keeps('Weight_Streaming_Budget', '5'),
    )
    .violation('a trailing blank', { specs: [[`${BUDGET} `, '5']] }, keeps(`${BUDGET} `, '5'))
    .violation('a leading blank', { specs: [[` ${BUDGET}`, '5']] }, keeps(` ${BUDGET}`, '5'))
    .violation(
      'hyphens',
      { specs: [['weight-streaming-budget', '5']] },
      keeps('weight-streaming-budget', '5'),
    )
    .violation(
      'the keyword',
      { specs: [[`${BUDGET}_per_engine`, '5']], budget: int(5) },
      keeps(`${BUDGET}_per_engine`, '5'),
      writes('5'),
    )
    .boundary('no value', { specs: [['other', '']] }, keeps('other', ''))
    .boundary('no key', { specs: [['', '5']] }, keeps('', '5'))
    .boundary(
      'beside a budget',
      { specs: [['other', '1']], budget: int(5) },
      keeps('other', '1'),
      writes('5'),
    ),

  exportClause('WSB-EXPORT-20')
    .control('one engine', { budget: int(5) }, warns(false))
    .violation('two engines', { ...TWO, budget: int(5) }, warns(true))
    .violation('three engines', { engines: [{}, {}, {}], budget: int(0) }, warns(true))
    .violation('by the other call', { ...TWO, way: 'export', budget: int(5) }, warns(true))
    .boundary('two engines without a budget', TWO, warns(false))
    .boundary('two engines with 0', { ...TWO, budget: int(0) }, warns(true))
    .boundary('one engine with 0', { budget: int(0) }, warns(false)),

  exportClause('WSB-EXPORT-21')
    .control('one method with two', { methods: { decode: [{}, {}] }, budget: int(5) }, warns(true))
    .violation('two methods with one each', { ...BY_METHOD, budget: int(5) }, warns(true))
    .violation('three methods', { methods: { a: [{}], b: [{}], c: [{}] }, budget: int(5) }, warns(true))
    .boundary(
      'two methods, one without',
      { methods: { decode: [{}], prefill: [] }, budget: int(5) },
      warns(false),
    )
    .boundary('two methods without a budget', BY_METHOD, warns(false))
    .boundary('two methods with 0', { ...BY_METHOD, budget: int(0) }, warns(true)),

  exportClause('WSB-EXPORT-22')
    .control('the format of ExecuTorch', { format: 'executorch', budget: int(5) }, writes('5'))
    .violation('a budget', { format: 'exported_program', budget: int(5) }, warns(true))
    .violation('what is no budget', { format: 'exported_program', budget: of('text', 'junk') }, warns(true))
    .violation('what is out of range', { format: 'torchscript', budget: int(-1) }, warns(true))
    .boundary('nothing given', { format: 'exported_program' }, warns(false))
    .boundary('None', { format: 'torchscript', budget: none() }, warns(false))
    .boundary('0', { format: 'torchscript', budget: int(0) }, warns(true)),

  exportClause('WSB-EXPORT-23')
    .control('the form', { specs: [['target_device', 'cuda:0']] }, targets('cuda:0'))
    .violation('capitals', { specs: [['target_device', 'CUDA:0']] }, refuses('ValueError'))
    .violation('blanks', { specs: [['target_device', ' cuda:0 ']] }, refuses('ValueError'))
    .violation('no number', { specs: [['target_device', 'cuda']] }, refuses('ValueError'))
    .violation('another device', { specs: [['target_device', 'gpu:0']] }, refuses('ValueError'))
    .violation('nothing', { specs: [['target_device', '']] }, refuses('ValueError'))
    .violation(
      'two of them',
      {
        specs: [
          ['target_device', 'cuda:0'],
          ['target_device', 'cuda:1'],
        ],
      },
      refuses('ValueError'),
    )
    .boundary('a leading zero', { specs: [['target_device', 'cuda:00']] }, refuses('ValueError'))
    .boundary('a NUL behind it', { specs: [['target_device', 'cuda:0\0']] }, refuses('ValueError'))
    .boundary(
      'device 10',
      { specs: [['target_device', 'cuda:10']], engines: [{ device: 10 }] },
      targets('cuda:10'),
    ),

  exportClause('WSB-EXPORT-24')
    .control('one input, one output', {}, describes('device 0, in input_0, out output_0, aliases none'))
    .violation(
      'its device',
      { engines: [{ device: 3 }] },
      describes('device 3, in input_0, out output_0, aliases none'),
    )
    .violation(
      'an alias',
      { engines: [{ aliases: { output_0: 'input_0' } }] },
      describes('device 0, in input_0, out output_0, aliases output_0>input_0 (kv_cache_update)'),
    )
    .violation(
      'the order of the inputs',
      { engines: [{ inputs: ['b', 'a'] }] },
      describes('device 0, in b+a, out output_0, aliases none'),
    )
    .violation(
      'letters that are no ASCII',
      { engines: [{ inputs: ['é'] }] },
      describes('device 0, in é, out output_0, aliases none'),
    )
    .violation(
      'a quotation mark and a backslash',
      { engines: [{ inputs: ['a"\\'] }] },
      describes('device 0, in a"\\, out output_0, aliases none'),
    )
    .violation(
      'a percent sign',
      { engines: [{ inputs: ['a%b'] }] },
      describes('device 0, in a%b, out output_0, aliases none'),
    )
    .violation(
      'a percent sign in the name of an aliased output',
      { engines: [{ outputs: ['b', 'a%b'], aliases: { 'a%b': 'input_0' } }] },
      describes('device 0, in input_0, out b+a%b, aliases a%b>input_0 (kv_cache_update)'),
    )
    .violation(
      'an at sign in the names of an alias',
      { engines: [{ inputs: ['a@0'], outputs: ['c', 'b@0'], aliases: { 'b@0': 'a@0' } }] },
      describes('device 0, in a@0, out c+b@0, aliases b@0>a@0 (kv_cache_update)'),
    )
    .violation(
      'a key of the metadata as a name',
      { engines: [{ outputs: ['device_id'] }] },
      describes('device 0, in input_0, out device_id, aliases none'),
    )
    .boundary(
      'two inputs',
      { engines: [{ inputs: ['a', 'b'] }] },
      describes('device 0, in a+b, out output_0, aliases none'),
    )
    .boundary(
      'two outputs',
      { engines: [{ outputs: ['c', 'd'] }] },
      describes('device 0, in input_0, out c+d, aliases none'),
    ),
].flatMap(({ cases }) => cases);

/** An integer of Python's. */
function int(value: bigint | number): GivenBudget {
  return { type: 'int', text: String(value) };
}

/** Python's None. */
function none(): GivenBudget {
  return { type: 'none', text: '' };
}

/** A value of a type, and the text that it gives of itself where that is another. */
function of(type: BudgetType, text: string, shown?: string): GivenBudget {
  return { type, text, ...(shown === undefined ? {} : { shown }) };
}
