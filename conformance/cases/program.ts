/*
 * Plan: the program file (WSB-PROG-01 to 12; damaged-program.ts has the others).
 *
 * Files are written whole and then changed: cut, lengthened, or with one field put to another
 * value. Only changes that ExecuTorch 1.5.1 answers with an error stand here; those that crash it
 * belong to cases with a process of their own. An engine before a damaged delegate has to be
 * destroyed. Boundaries: 63 and 64 bytes, one byte less and one more, the last index of a list and
 * the one behind it.
 */
import { firstBytes, insteadOfBlob } from '../model/scenario/blob-change.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { compileSpec, crafted, delegateCall, tensor } from '../model/scenario/crafted-program.js';
import { all, applies, calls, rejects, rejectsAfter, rejectsProgram, steps } from '../model/expectation.js';
import { cut, extend, half, overwrite, shorten, twice } from '../model/scenario/program-change.js';
import { dataIndex, segmentOffset, segmentSize, withoutChains } from '../model/scenario/program-field.js';
import { BUDGET } from '../model/names.js';
import { bytesOf, hex, repeat } from '../model/text.js';
import { engines, input, loadMethod } from '../model/scenario/vocabulary.js';

const HEADER_LENGTH = 12;
/** Of a reference to something else in a flatbuffer. */
const OFFSET_BYTES = 4;
const NO_CALLS = calls();
const COMPLETE = 'deserialize, set 5, context';
const NOT_FOUND = all(rejects('NotFound'), NO_CALLS);
const SECOND_NOT_FOUND = all(rejects('NotFound'), calls(COMPLETE));
const OUT_OF_RANGE = all(rejects('InvalidArgument'), NO_CALLS);
const TWO = { spec: '5', engines: [{}, { streamable: 9n }] } as const;
const SPECS = [compileSpec(BUDGET, bytesOf('5'))];

/** Cases of the clauses WSB-PROG-01 to 12. */
export const PROGRAM: readonly Case[] = [
  clause('WSB-PROG-01')
    .control('as written', { spec: '5' }, applies(5n))
    .violation('ET11', { file: overwrite('identifier ET11', 4, 'ET11') }, rejectsProgram())
    .violation(
      'ET11, inline',
      { inline: true, file: overwrite('identifier ET11', 4, 'ET11') },
      rejectsProgram(),
    )
    .violation('no identifier', { file: overwrite('no identifier', 4, '\0\0\0\0') }, rejectsProgram())
    .boundary('header length 23', { file: headerLength('17000000') }, rejectsProgram())
    .boundary('header length 24', { spec: '5', file: headerLength('18000000') }, applies(5n))
    .boundary('header length 32', { spec: '5', file: headerLength('20000000') }, applies(5n))
    .boundary('header length 2^32 - 1', { spec: '5', file: headerLength('ffffffff') }, applies(5n))
    .boundary('63 bytes', { file: cut(63) }, rejectsProgram('InvalidArgument'))
    .boundary('64 bytes', { file: cut(64) }, rejectsProgram()),

  clause('WSB-PROG-02')
    .control('the whole file', { spec: '5' }, applies(5n))
    .control('the whole file, inline', { spec: '5', inline: true }, applies(5n))
    .violation('half of it', { file: half() }, rejectsProgram())
    .violation('less its last 100 bytes', { file: shorten(100) }, rejectsProgram())
    .violation('inline, less its last byte', { inline: true, file: shorten(1) }, rejectsProgram())
    .boundary('less its last byte', { file: shorten(1) }, rejectsProgram())
    .violation('inline, its first 100 bytes', { inline: true, file: cut(100) }, rejectsProgram())
    .boundary('inline, its first 64 bytes', { inline: true, file: cut(64) }, rejectsProgram())
    .boundary('its first 64 bytes', { file: cut(64) }, rejectsProgram())
    .boundary('its first 65 bytes', { file: cut(65) }, rejectsProgram()),

  clause('WSB-PROG-03')
    .control('in a segment', { spec: '5' }, applies(5n))
    .violation('inline', { spec: '5', inline: true }, applies(5n))
    .violation('inline, automatic', { inline: true }, applies(512n))
    .violation('inline, malformed', { spec: '5x', inline: true }, rejects())
    .violation('one of each', { spec: '5', engines: [{ inline: true }, { streamable: 9n }] }, applies(5n, 5n))
    .boundary('a damaged blob inline', { inline: true, blob: firstBytes(31) }, rejectsAfter())
    .boundary('a damaged blob in a segment', { blob: firstBytes(31) }, rejectsAfter())
    .boundary(
      'inline data of many sizes',
      {
        spec: '5',
        inline: true,
        engines: engines(4, (index) => ({ bindings: [input(`${'x'.repeat(index + 1)}_0`)] })),
      },
      applies(5n, 5n, 5n, 5n),
    ),

  clause('WSB-PROG-04')
    .control(
      'two segments',
      { engines: [{ streamable: 100n }, { streamable: 200n }], spec: '5' },
      applies(5n, 5n),
    )
    .violation('one segment, two delegates', { engines: [{}, {}], spec: '5' }, applies(5n, 5n))
    .violation(
      'one inline data, two delegates',
      { inline: true, engines: [{}, {}], spec: '5' },
      applies(5n, 5n),
    )
    .boundary(
      'one segment, three delegates of two methods',
      { spec: '5', methods: { decode: [{}, {}], prefill: [{}] } },
      applies(5n, 5n, 5n),
    )
    .boundary('one segment, eight delegates', { spec: '5', engines: engines(8, () => ({})) }, steps('ok')),

  clause('WSB-PROG-05')
    .control('nothing behind', { spec: '5' }, applies(5n))
    .violation('4,096 bytes behind', { spec: '5', file: extend(repeat('x', 4096)) }, applies(5n))
    .violation('another whole program behind', { spec: '5', file: twice() }, applies(5n))
    .boundary('one byte behind', { spec: '5', file: extend('\0') }, applies(5n))
    .boundary('one byte behind, inline', { spec: '5', inline: true, file: extend('\0') }, applies(5n))
    .boundary('one byte less', { spec: '5', file: shorten(1) }, rejectsProgram())
    .boundary('one byte less, inline', { spec: '5', inline: true, file: shorten(1) }, rejectsProgram()),

  clause('WSB-PROG-06')
    .control('in range', { spec: '5', file: dataIndex(0, 1) }, applies(5n))
    .violation('far behind the last segment', { file: dataIndex(0, 1000) }, NOT_FOUND)
    .violation(
      'behind the last segment, an engine before it',
      { ...TWO, file: dataIndex(1, 3) },
      SECOND_NOT_FOUND,
    )
    .boundary('the last segment', { ...TWO, file: dataIndex(0, 2) }, applies(5n, 5n))
    .boundary('one behind the last segment', { file: dataIndex(0, 2) }, NOT_FOUND)
    .boundary(
      'one behind the last inline data',
      { spec: '5', inline: true, engines: [{}, { streamable: 9n }], file: dataIndex(1, 2) },
      SECOND_NOT_FOUND,
    ),

  clause('WSB-PROG-07')
    .control('as written', { spec: '5', file: segmentSize(1, (size) => size, '+0') }, applies(5n))
    .violation('a size of 2^64 - 1', { file: segmentSize(1, () => 2n ** 64n - 1n, '=2^64-1') }, OUT_OF_RANGE)
    .violation(
      'an offset far behind the file',
      { ...TWO, file: segmentOffset(2, 1000000n) },
      rejects('InvalidArgument'),
      calls(COMPLETE),
    )
    .boundary('one byte too large', { file: segmentSize(1, (size) => size + 1n, '+1') }, OUT_OF_RANGE)
    .boundary(
      'an offset that overflows with the base',
      { ...TWO, file: segmentOffset(2, 2n ** 64n - 1n) },
      rejectsAfter(COMPLETE),
    ),

  clause('WSB-PROG-08')
    .control('TensorRTBackend', { spec: '5' }, applies(5n))
    .violation('another backend', { backend: 'XnnpackBackend' }, NOT_FOUND)
    .boundary('the empty id', { backend: '' }, NOT_FOUND)
    .boundary('another case', { backend: 'tensorrtbackend' }, NOT_FOUND)
    .boundary('a letter more', { backend: 'TensorRTBackends' }, NOT_FOUND)
    .boundary('a letter less', { backend: 'TensorRTBacken' }, NOT_FOUND)
    .boundary('a byte order mark before', { backend: '\ufeffTensorRTBackend' }, NOT_FOUND)
    .boundary('bytes that are no UTF-8', { backend: '\udcff\udcfe' }, NOT_FOUND),

  clause('WSB-PROG-09')
    .control('in order', { spec: '5' }, applies(5n))
    .violation('no chains', { spec: '5', file: withoutChains() }, rejectsAfter(COMPLETE))
    .boundary(
      'no chains, two delegates',
      { spec: '5', engines: [{}, {}], file: withoutChains() },
      rejectsAfter(COMPLETE, COMPLETE),
    )
    .boundary(
      'no chains, eight delegates',
      { spec: '5', engines: engines(8, () => ({})), file: withoutChains() },
      rejects(),
    )
    .violation(
      'a call without arguments',
      { file: crafted('a call without arguments', { specs: SPECS, instructions: [delegateCall(0, null)] }) },
      rejectsAfter(COMPLETE),
    )
    .boundary(
      'a chain without a list of instructions',
      { file: crafted('no instructions', { specs: SPECS, instructions: null }) },
      rejectsAfter(COMPLETE),
    )
    .boundary(
      'an argument one behind the last value',
      {
        file: crafted('an argument behind the last', {
          specs: SPECS,
          values: [tensor()],
          instructions: [delegateCall(0, [1])],
        }),
      },
      rejectsAfter(COMPLETE),
    ),

  clause('WSB-PROG-10')
    .control('a valid blob', { spec: '5' }, applies(5n))
    .violation('no bytes in a segment', { blob: insteadOfBlob('') }, rejectsAfter())
    .violation('no bytes inline', { inline: true, blob: insteadOfBlob('') }, rejectsAfter())
    .boundary('one byte in a segment', { blob: insteadOfBlob('T') }, rejectsAfter())
    .boundary('one byte inline', { inline: true, blob: insteadOfBlob('T') }, rejectsAfter()),

  clause('WSB-PROG-11')
    .control('internal consistency', { spec: '5' }, applies(5n))
    .violation('minimal', { spec: '5', verification: 'minimal' }, applies(5n))
    .boundary('minimal, inline', { spec: '5', inline: true, verification: 'minimal' }, applies(5n))
    .boundary('minimal, no compile spec', { verification: 'minimal' }, applies(512n))
    .boundary(
      'minimal, eight delegates',
      { spec: '5', engines: engines(8, (index) => ({ streamable: BigInt(index) })), verification: 'minimal' },
      applies(null, 1n, 2n, 3n, 4n, 5n, 5n, 5n),
    )
    .boundary('fields up to 32,764 bytes behind the start of their table', far(32_764), applies(5n))
    .boundary('fields up to 32,768 bytes behind it', far(32_768), applies(5n))
    .boundary('up to 40,000, minimal', { ...far(40_000), verification: 'minimal' }, applies(5n)),

  clause('WSB-PROG-12')
    .control('one delegate', { spec: '5' }, calls(COMPLETE))
    .violation('no delegate', { engines: [] }, steps('ok'), NO_CALLS)
    .violation('no delegate, an option', { engines: [], option: '5' }, steps('ok'), NO_CALLS)
    .boundary('no delegate, a malformed option', { engines: [], option: 'x' }, steps('ok'), NO_CALLS)
    .boundary(
      'a method without beside one with',
      { methods: { empty: [], full: [{ spec: '5' }] }, steps: [loadMethod('empty'), loadMethod('full')] },
      steps('ok', 'ok'),
      applies(5n),
    ),
].flatMap(({ cases }) => cases);

/** A program whose delegate has its last field that far behind the start of its table. */
function far(bytes: number) {
  return { file: crafted(`far ${bytes}`, { specs: SPECS, gap: bytes - 3 * OFFSET_BYTES }) };
}

function headerLength(digits: string): ReturnType<typeof overwrite> {
  return overwrite(`header length 0x${digits}`, HEADER_LENGTH, hex(digits));
}
