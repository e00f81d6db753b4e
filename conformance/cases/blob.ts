/*
 * Plan: the engine blob (WSB-BLOB).
 *
 * Header fields are changed one at a time in an otherwise good blob, to the value just inside the
 * limit and the value just outside. Most violations must stop before `deserializeCudaEngine`, which
 * an empty list of calls shows; a size that lies within the blob but cuts the plan gets as far as
 * TensorRT, which refuses it. Metadata is given as text where its spelling matters, and as keys
 * where it does not. Names and aliases need engines with bindings, of shape [1,4] unless the case
 * is about shapes.
 */
import type { BlobAlias, BlobBinding, PlanBinding } from '../../reference/index.js';
import {
  byteAt,
  field,
  firstBytes,
  magic,
  metadata,
  metadataPastEngine,
  more,
  movedEngine,
  rawMetadata,
  reserved,
  wrappingEngine,
} from '../model/scenario/blob-change.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { all, applies, calls, leavesNothing, rejects } from '../model/expectation.js';
import type { EngineScenario } from '../model/scenario/scenario.js';
import { hex, named } from '../model/text.js';
import { input, output } from '../model/scenario/vocabulary.js';

const REFUSED = all(rejects(), calls(), leavesNothing());
const TOO_LATE_FOR_CONTEXT = all(
  rejects(),
  calls(['deserialize', 'automatic 512', 'set 512']),
  leavesNothing(),
);
const AFTER_CONTEXT = all(
  rejects(),
  calls(['deserialize', 'automatic 512', 'set 512', 'context']),
  leavesNothing(),
);
const MINIMAL = '{"io_bindings":[]}';

/** Cases of the clauses WSB-BLOB. */
export const BLOB: readonly Case[] = [
  clause('WSB-BLOB-01')
    .control('TR01', { blob: magic('TR01') }, applies(512n))
    .violation('TR03', { blob: magic('TR03') }, REFUSED)
    .violation('a program for a blob', { blob: magic('ET12') }, REFUSED)
    .boundary('TR00', { blob: magic('TR00') }, REFUSED)
    .boundary('tr01', { blob: magic('tr01') }, REFUSED)
    .boundary('TR02 without aliases', { blob: magic('TR02') }, applies(512n))
    .boundary('TR01 with aliases', aliased({ magic: 'TR01' }), applies(512n)),

  clause('WSB-BLOB-02')
    .control('as the exporter lays it out', {}, applies(512n))
    .violation('metadata over the engine', { blob: metadataPastEngine(16n) }, REFUSED)
    .violation('a metadata offset behind the blob', { blob: field('metadataOffset', 1000000n) }, REFUSED)
    .violation('an engine offset behind the blob', { blob: field('engineOffset', 1000000n) }, REFUSED)
    .boundary('metadata offset 31', { blob: field('metadataOffset', 31n) }, REFUSED)
    .boundary('metadata offset 32', { blob: field('metadataOffset', 32n) }, applies(512n))
    .boundary('metadata up to the engine', { blob: rawMetadata(padded(MINIMAL, 32)) }, applies(512n))
    .boundary('metadata one byte into the engine', { blob: metadataPastEngine(1n) }, REFUSED)
    .boundary('engine up to the end', { blob: more('engineSize', 0n) }, applies(512n))
    .boundary('engine one byte past the end', { blob: more('engineSize', 1n) }, REFUSED)
    .boundary(
      'engine one byte short, which TensorRT refuses',
      { blob: more('engineSize', -1n) },
      all(rejects(), calls(['deserialize refused'])),
    )
    .boundary('31 bytes', { blob: firstBytes(31) }, REFUSED),

  clause('WSB-BLOB-03')
    .control('the true size', {}, applies(512n))
    .violation('an engine size of 2^64 - 1', { blob: field('engineSize', 2n ** 64n - 1n) }, REFUSED)
    .violation('an engine size of 2^63', { blob: field('engineSize', 2n ** 63n) }, REFUSED)
    .boundary('engine end at 2^64 - 1', { blob: wrappingEngine(-1n) }, REFUSED)
    .boundary('engine end at 2^64', { blob: wrappingEngine(0n) }, REFUSED)
    .boundary('engine end at 2^64 + 1', { blob: wrappingEngine(1n) }, REFUSED)
    .boundary('a metadata size of 2^32 - 1', { blob: field('metadataSize', 2n ** 32n - 1n) }, REFUSED)
    .boundary('a metadata size of 2^32 - 32', { blob: field('metadataSize', 2n ** 32n - 32n) }, REFUSED)
    .boundary('a metadata offset of 2^32 - 1', { blob: field('metadataOffset', 2n ** 32n - 1n) }, REFUSED),

  clause('WSB-BLOB-04')
    .control('a multiple of 16', { blob: movedEngine(16) }, applies(512n))
    .violation('4 bytes less', { blob: movedEngine(12) }, REFUSED)
    .violation('8 bytes more', { blob: movedEngine(8) }, REFUSED)
    .boundary('one byte less', { blob: movedEngine(15) }, REFUSED)
    .boundary('one byte more', { blob: movedEngine(17) }, REFUSED),

  clause('WSB-BLOB-05')
    .control("the exporter's", {}, applies(512n))
    .violation('a missing comma', { blob: rawMetadata('{"io_bindings":[]"device_id":0}') }, REFUSED)
    .violation('a comma too many', { blob: rawMetadata('{"io_bindings":[],}') }, REFUSED)
    .violation('an unknown escape', { blob: rawMetadata('{"io_bindings":[],"a":"\\x"}') }, REFUSED)
    .violation('a comment', { blob: rawMetadata('{"io_bindings":[]/**/}') }, REFUSED)
    .violation('an array', { blob: rawMetadata('[{"io_bindings":[]}]') }, REFUSED)
    .violation('no closing brace', { blob: rawMetadata('{"io_bindings":[]') }, REFUSED)
    .violation('io_bindings of an inner object', { blob: rawMetadata('{"a":{"io_bindings":[]}}') }, REFUSED)
    .violation('io_bindings an object', { blob: rawMetadata('{"io_bindings":{}}') }, REFUSED)
    .violation(
      'io_bindings a number, and a list behind it',
      { blob: rawMetadata('{"io_bindings":0,"aliased_io":[]}') },
      REFUSED,
    )
    .violation(
      'not UTF-8',
      { blob: rawMetadata(hex('7b22696f5f62696e64696e6773223a5b5d2c2261223a22ff227d')) },
      REFUSED,
    )
    .boundary('nothing', { blob: rawMetadata('') }, REFUSED)
    .boundary('{}', { blob: rawMetadata('{}') }, REFUSED)
    .boundary('an empty io_bindings', { blob: rawMetadata(MINIMAL) }, applies(512n))
    .boundary(
      'a key spelled with an escape',
      { blob: rawMetadata('{"io\\u005fbindings":[]}') },
      applies(512n),
    )
    .boundary('a byte behind the brace', { blob: rawMetadata(`${MINIMAL}x`) }, REFUSED)
    .boundary('a blank behind the brace', { blob: rawMetadata(`${MINIMAL} `) }, applies(512n))
    .boundary('blanks between', { blob: rawMetadata(' {\n\t"io_bindings" : [ ]\r\n}') }, applies(512n)),

  clause('WSB-BLOB-06')
    .control('0', { blob: deviceId('0') }, applies(512n))
    .violation('4294967296, which wraps to 0', { blob: deviceId('4294967296') }, REFUSED)
    .violation('2^64', { blob: deviceId('18446744073709551616') }, REFUSED)
    .violation('0.9', { blob: deviceId('0.9') }, REFUSED)
    .violation('1e3', { blob: deviceId('1e3') }, REFUSED)
    .violation(
      '-1, in front of the bindings',
      { blob: rawMetadata('{"device_id":-1,"io_bindings":[]}') },
      REFUSED,
    )
    .violation('"0"', { blob: deviceId('"0"') }, REFUSED)
    .violation('null', { blob: deviceId('null') }, REFUSED)
    .violation('false', { blob: deviceId('false') }, REFUSED)
    .boundary('-1', { blob: deviceId('-1') }, REFUSED)
    .boundary('2147483647', { blob: deviceId('2147483647') }, applies(512n))
    .boundary('2147483648', { blob: deviceId('2147483648') }, REFUSED)
    .boundary('none', { blob: rawMetadata(MINIMAL) }, applies(512n)),

  clause('WSB-BLOB-07')
    .control('known keys alone', { blob: rawMetadata('{"io_bindings":[],"device_id":0}') }, applies(512n))
    .violation('an unknown key', { blob: rawMetadata('{"io_bindings":[],"zz":1}') }, applies(512n))
    .violation('an unknown key first', { blob: rawMetadata('{"zz":[1,{}],"io_bindings":[]}') }, applies(512n))
    .boundary(
      'nested keys like known ones',
      { blob: rawMetadata('{"a":{"device_id":"x","io_bindings":0},"io_bindings":[]}') },
      applies(512n),
    )
    .boundary(
      'a nested key behind the bindings',
      { blob: rawMetadata('{"io_bindings":[],"a":{"device_id":-1}}') },
      applies(512n),
    )
    .boundary(
      'nested aliases behind the bindings',
      { blob: rawMetadata('{"io_bindings":[],"a":{"aliased_io":[{"output":"nowhere","input":"in"}]}}') },
      applies(512n),
    )
    .boundary(
      'nested bindings in front of the bindings',
      { blob: rawMetadata('{"a":{"io_bindings":[{"name":"nowhere","is_input":true}]},"io_bindings":[]}') },
      applies(512n),
    )
    .boundary(
      'an unknown key in a binding',
      {
        bindings: [input('input_0')],
        blob: rawMetadata(
          '{"io_bindings":[{"name":"input_0","dtype":"float16","shape":[1,4],"is_input":true,"zz":{"name":1}}]}',
        ),
      },
      applies(512n),
    )
    .boundary(
      'a known key and a letter more',
      { blob: rawMetadata('{"io_bindings":[],"device_ids":"x"}') },
      applies(512n),
    )
    .boundary(
      'a known key in capitals',
      { blob: rawMetadata('{"io_bindings":[],"DEVICE_ID":"x"}') },
      applies(512n),
    )
    .boundary(
      'the known key with that value',
      { blob: rawMetadata('{"io_bindings":[],"device_id":"x"}') },
      REFUSED,
    ),

  clause('WSB-BLOB-08')
    .control('1 and zeros', { blob: reserved(hex('0100000000000000')) }, applies(512n))
    .violation('2 and zeros', { blob: reserved(hex('0200000000000000')) }, applies(512n))
    .boundary('all zeros', { blob: reserved(hex('0000000000000000')) }, applies(512n))
    .boundary('all ones', { blob: reserved(hex('ffffffffffffffff')) }, applies(512n))
    .boundary('the byte before them', { blob: byteAt(23, 0xff) }, REFUSED)
    .boundary('the first of them', { blob: byteAt(24, 0xff) }, applies(512n))
    .boundary('the last of them', { blob: byteAt(31, 0xff) }, applies(512n))
    .boundary('the byte behind them', { blob: byteAt(32, 0xff) }, REFUSED),

  clause('WSB-BLOB-09')
    .control('ASCII', spelled('cache', '"cache"'), applies(512n))
    .violation('a letter escaped', spelled('café', '"caf\\u00e9"'), applies(512n))
    .violation('another letter', spelled('café', '"caf\\u00e8"'), AFTER_CONTEXT)
    .boundary('a surrogate pair', spelled('\u{1f600}', '"\\ud83d\\ude00"'), applies(512n))
    .boundary('the surrogate pair behind it', spelled('\u{1f600}', '"\\ud83d\\ude01"'), AFTER_CONTEXT)
    .boundary('an escaped tab', spelled('a\tb', '"a\\tb"'), applies(512n))
    .boundary('an escaped slash', spelled('a/b', '"a\\/b"'), applies(512n))
    .boundary('an escaped quote', spelled('a"b', '"a\\"b"'), applies(512n)),

  clause('WSB-BLOB-10')
    .control('an output called output_0', aliased({ outputName: 'output_0' }), applies(512n))
    .violation('an output called device_id', aliased({ outputName: 'device_id' }), applies(512n))
    .violation(
      'an output called hardware_compatible',
      aliased({ outputName: 'hardware_compatible' }),
      applies(512n),
    )
    .violation('an output called aliased_io', aliased({ outputName: 'aliased_io' }), applies(512n))
    .boundary(
      'a key as a value',
      { blob: rawMetadata('{"io_bindings":[],"target_platform":"device_id"}') },
      applies(512n),
    )
    .boundary('an input called io_bindings', aliased({ inputName: 'io_bindings' }), applies(512n))
    .boundary(
      'serialized metadata with these keys',
      { blob: metadata('serialized', { serialized_metadata: '{"device_id":-1,"io_bindings":0}' }) },
      applies(512n),
    )
    .boundary(
      'the metadata itself with such a key',
      { blob: rawMetadata('{"io_bindings":[],"device_id":-1}') },
      REFUSED,
    ),

  clause('WSB-BLOB-11')
    .control('input_0 and output_0', { bindings: [input('input_0'), output('output_0')] }, applies(512n))
    .violation(
      'inputs in reverse order',
      { bindings: [input('x_1'), input('x_0'), output('y_0')] },
      applies(512n),
    )
    .violation('outputs before inputs', { bindings: [output('y_0'), input('x_0')] }, applies(512n))
    .boundary('a dot', { bindings: [input('input.0'), output('output.0')] }, applies(512n))
    .boundary('no tensor', {}, applies(512n))
    .boundary('two numbers', { bindings: [input('a_1_0'), output('b_2_0')] }, applies(512n))
    .boundary('no output', { bindings: [input('input_0')] }, applies(512n))
    .boundary('counted from 1', { bindings: [input('input_1')] }, TOO_LATE_FOR_CONTEXT),

  clause('WSB-BLOB-12')
    .control('with numbers', { bindings: [input('input_0'), input('input_1')] }, applies(512n))
    .violation('no number', { bindings: [input('input')] }, TOO_LATE_FOR_CONTEXT)
    .violation(
      'one without a number',
      { bindings: [input('input_0'), output('output')] },
      TOO_LATE_FOR_CONTEXT,
    )
    .boundary('nothing behind the dash', { bindings: [input('input_')] }, TOO_LATE_FOR_CONTEXT)
    .boundary('a gap at 0', { bindings: [input('input_1')] }, TOO_LATE_FOR_CONTEXT)
    .boundary('a repetition', { bindings: [input('a_0'), input('b_0')] }, TOO_LATE_FOR_CONTEXT)
    .boundary('a gap at 1', { bindings: [input('a_0'), input('a_2')] }, TOO_LATE_FOR_CONTEXT)
    .boundary('a letter behind the number', { bindings: [input('input_0x')] }, TOO_LATE_FOR_CONTEXT)
    .boundary(
      'the same number for input and output',
      { bindings: [input('a_0'), output('b_0')] },
      applies(512n),
    ),

  clause('WSB-BLOB-13')
    .control('0', { bindings: [input('input_0')] }, applies(512n))
    .violation('4000000000', { bindings: [input('input_4000000000')] }, TOO_LATE_FOR_CONTEXT)
    .violation('2^64', { bindings: [input('input_18446744073709551616')] }, TOO_LATE_FOR_CONTEXT)
    .boundary('1 of one', { bindings: [input('input_1')] }, TOO_LATE_FOR_CONTEXT)
    .boundary('1 of two', { bindings: [input('input_1'), input('input_0')] }, applies(512n))
    .boundary('2^64 - 1', { bindings: [input('input_18446744073709551615')] }, TOO_LATE_FOR_CONTEXT)
    .boundary('40 digits', { bindings: [input(`input_${'9'.repeat(40)}`)] }, TOO_LATE_FOR_CONTEXT),

  clause('WSB-BLOB-14')
    .control('both found', aliased({}), applies(512n))
    .violation('an unknown output', aliased({ alias: { output: 'nowhere' } }), AFTER_CONTEXT)
    .violation('an unknown input', aliased({ alias: { input: 'nowhere' } }), AFTER_CONTEXT)
    .boundary(
      'in front of the bindings',
      { blob: rawMetadata('{"aliased_io":[{"output":"nowhere","input":"in"}],"io_bindings":[]}') },
      AFTER_CONTEXT,
    )
    .boundary('swapped', aliased({ alias: { output: 'in', input: 'out' } }), AFTER_CONTEXT)
    .boundary('the beginning of a name', aliased({ alias: { output: 'ou' } }), AFTER_CONTEXT)
    .boundary('an output to itself', aliased({ alias: { input: 'out' } }), AFTER_CONTEXT),

  clause('WSB-BLOB-15')
    .control(
      'kv_cache_update',
      aliased({ engineAlias: 'in', alias: { kind: 'kv_cache_update' } }),
      applies(512n),
    )
    .control('user', aliased({ alias: { kind: 'user' } }), applies(512n))
    .violation('other', aliased({ alias: { kind: 'other' } }), AFTER_CONTEXT)
    .boundary('User', aliased({ alias: { kind: 'User' } }), AFTER_CONTEXT)
    .boundary('the empty string', aliased({ alias: { kind: '' } }), AFTER_CONTEXT)
    .boundary(
      'the empty string, an engine that agrees',
      aliased({ engineAlias: 'in', alias: { kind: '' } }),
      AFTER_CONTEXT,
    )
    .boundary('no kind, an engine that agrees', kindless('in'), applies(512n))
    .boundary('no kind, an engine without aliases', kindless(null), AFTER_CONTEXT),

  clause('WSB-BLOB-16')
    .control('agrees', aliased({ engineAlias: 'in', alias: { kind: 'kv_cache_update' } }), applies(512n))
    .violation('an engine without aliases', aliased({ alias: { kind: 'kv_cache_update' } }), AFTER_CONTEXT)
    .boundary(
      'an engine that aliases another input',
      aliased({ engineAlias: 'other', alias: { kind: 'kv_cache_update' } }),
      AFTER_CONTEXT,
    )
    .boundary(
      'an engine that aliases another input, kind user',
      aliased({ engineAlias: 'other', alias: { kind: 'user' } }),
      applies(512n),
    ),

  clause('WSB-BLOB-17')
    .control(
      'equal shapes',
      aliased({
        shapes: [
          [1n, 4n],
          [1n, 4n],
        ],
      }),
      applies(512n),
    )
    .violation(
      'equal sizes',
      aliased({
        shapes: [
          [1n, 4n],
          [4n, 1n],
        ],
      }),
      AFTER_CONTEXT,
    )
    .violation(
      'other sizes',
      aliased({
        shapes: [
          [1n, 4n],
          [1n, 5n],
        ],
      }),
      AFTER_CONTEXT,
    )
    .boundary('rank 0', aliased({ shapes: [[], []] }), applies(512n))
    .boundary('a dimension more', aliased({ shapes: [[4n], [1n, 4n]] }), AFTER_CONTEXT)
    .boundary(
      'equal dynamic shapes',
      aliased({
        shapes: [
          [-1n, 4n],
          [-1n, 4n],
        ],
      }),
      applies(512n),
    )
    .boundary(
      'a dynamic shape and a static one',
      aliased({
        shapes: [
          [-1n, 4n],
          [1n, 4n],
        ],
      }),
      AFTER_CONTEXT,
    ),

  clause('WSB-BLOB-18')
    .control(
      'complete',
      entries('{"name":"a","dtype":"float16","shape":[1,4],"is_input":true}'),
      applies(512n),
    )
    .violation('no is_input', entries('{"name":"a","dtype":"float16","shape":[1,4]}'), REFUSED)
    .violation('no name', entries('{"dtype":"float16","shape":[1,4],"is_input":true}'), REFUSED)
    .violation('is_input a number', entries('{"name":"a","is_input":1}'), REFUSED)
    .violation('a name that is no string', entries('{"name":0,"is_input":true}'), REFUSED)
    .violation(
      'an alias without input',
      entries('{"name":"a","is_input":true}', '{"output":"a","kind":"user"}'),
      REFUSED,
    )
    .violation(
      'an alias without output',
      entries('{"name":"a","is_input":true}', '{"input":"a","kind":"user"}'),
      REFUSED,
    )
    .boundary('an empty name', entries('{"name":"","is_input":true}'), REFUSED)
    .boundary(
      'an alias with an empty name',
      entries('{"name":"a","is_input":true}', '{"output":"","input":"a","kind":"user"}'),
      REFUSED,
    )
    .boundary('a name of one byte', entries('{"name":"a","is_input":true}'), applies(512n))
    .boundary('a NUL in a name', entries('{"name":"a\\u0000","is_input":true}'), REFUSED)
    .boundary('no object', entries('"a"'), REFUSED),

  clause('WSB-BLOB-19')
    .control("the exporter's", {}, applies(512n))
    .violation('40,000 brackets', { blob: nested(40_000, false) }, REFUSED)
    .boundary('64 levels', { blob: nested(64, true) }, applies(512n))
    .boundary('65 levels', { blob: nested(65, true) }, REFUSED),

  clause('WSB-BLOB-20')
    .control('each key once', { blob: deviceId('0') }, applies(512n))
    .violation('a bad device id, then a good one', { blob: deviceIds('-1', '0') }, applies(512n))
    .violation(
      'no bindings, then a list of them',
      { blob: rawMetadata('{"io_bindings":0,"io_bindings":[]}') },
      applies(512n),
    )
    .violation(
      'a list of bindings, then none',
      { blob: rawMetadata('{"io_bindings":[],"io_bindings":0}') },
      REFUSED,
    )
    .violation(
      'a name that is no string, then a name',
      entries('{"name":0,"name":"a","is_input":true}'),
      applies(512n),
    )
    .violation(
      'an unknown key twice, with unlike values',
      { blob: rawMetadata('{"zz":1,"zz":[],"io_bindings":[]}') },
      applies(512n),
    )
    .violation('two names for one binding', entries('{"name":"","name":"a","is_input":true}'), applies(512n))
    .boundary('the last of three is good', { blob: deviceIds('-1', '"0"', '0') }, applies(512n))
    .boundary('the last of three is bad', { blob: deviceIds('0', '0', '-1') }, REFUSED)
    .boundary(
      'equal once their escapes are resolved',
      { blob: rawMetadata('{"io_bindings":[],"device_id":-1,"device\\u005fid":0}') },
      applies(512n),
    )
    .boundary(
      'a key of an inner object',
      { blob: rawMetadata('{"io_bindings":[],"device_id":-1,"a":{"device_id":0}}') },
      REFUSED,
    ),
].flatMap(({ cases }) => cases);

/**
 * What an engine with an input `in`, an input `other` and an output `out` differs in; `out` aliases
 * `in`.
 */
interface Aliased {
  readonly magic?: 'TR01' | 'TR02';
  readonly inputName?: string;
  readonly outputName?: string;
  /** Shapes of input and output. */
  readonly shapes?: readonly [readonly bigint[], readonly bigint[]];
  /** The input that the engine itself says the output aliases. */
  readonly engineAlias?: string;
  readonly alias?: Partial<BlobAlias>;
}

function aliased(change: Aliased): EngineScenario {
  const [inputName, outputName] = [change.inputName ?? 'in', change.outputName ?? 'out'];
  const [inputShape, outputShape] = change.shapes ?? [
    [1n, 4n],
    [1n, 4n],
  ];
  const alias = { output: outputName, input: inputName, kind: 'user', ...change.alias };
  const keys = {
    io_bindings: [
      binding(inputName, inputShape, true),
      binding('other', [1n, 4n], true),
      binding(outputName, outputShape, false),
    ],
    aliased_io: [alias],
  };
  return {
    bindings: [
      input(inputName, inputShape, { profile: profileOf(inputShape) }),
      input('other'),
      output(outputName, outputShape, { aliases: change.engineAlias ?? null }),
    ],
    blob: metadata(`${alias.kind} ${alias.output}=${alias.input}`, keys, change.magic),
  };
}

/** The bounds of an input with that shape; null for a static one, which needs none. */
function profileOf(shape: readonly bigint[]): PlanBinding['profile'] {
  if (!shape.includes(-1n)) return null;
  const at = (size: bigint): bigint[] => shape.map((dimension) => (dimension === -1n ? size : dimension));
  return { min: at(1n), max: at(8n) };
}

/** An alias that says nothing of its kind, and what the engine says of it. */
function kindless(engineAlias: string | null): EngineScenario {
  const bindings = '{"name":"in","is_input":true},{"name":"out","is_input":false}';
  return {
    bindings: [input('in'), output('out', [1n, 4n], { aliases: engineAlias })],
    blob: rawMetadata(`{"io_bindings":[${bindings}],"aliased_io":[{"output":"out","input":"in"}]}`),
  };
}

/** An alias to a binding of that name, the alias's own spelling given as JSON. */
function spelled(name: string, spelling: string): EngineScenario {
  const bindings = `{"name":"in","dtype":"float16","shape":[1,4],"is_input":true},{"name":${JSON.stringify(name)},"dtype":"float16","shape":[1,4],"is_input":false}`;
  const text = `{"io_bindings":[${bindings}],"aliased_io":[{"output":${spelling},"input":"in","kind":"user"}]}`;
  return {
    bindings: [input('in'), output(name)],
    blob: { ...rawMetadata(text), label: `alias ${spelling.replace(/[^ -~]/gu, '?')}` },
  };
}

function binding(name: string, shape: readonly bigint[], isInput: boolean): BlobBinding {
  return { name, dtype: 'float16', shape: shape.map(Number), is_input: isInput };
}

/** An engine with the input `a`, and metadata with that one binding and alias, spelled as given. */
function entries(binding: string, alias = ''): EngineScenario {
  return {
    bindings: [input('a')],
    blob: rawMetadata(`{"io_bindings":[${binding}],"aliased_io":[${alias}]}`),
  };
}

/**
 * Metadata that nests so many levels deep, itself being the first; its brackets are closed or not.
 */
function nested(levels: number, closed: boolean): ReturnType<typeof rawMetadata> {
  const inner = levels - 1;
  const text = `{"io_bindings":[],"a":${'['.repeat(inner)}${closed ? `${']'.repeat(inner)}}` : ''}`;
  return { ...rawMetadata(text), label: `${levels} levels${closed ? '' : ' that never close'}` };
}

function deviceId(value: string): ReturnType<typeof rawMetadata> {
  return rawMetadata(`{"io_bindings":[],"device_id":${value}}`);
}

/** Metadata that names its device more than once. */
function deviceIds(...values: readonly string[]): ReturnType<typeof rawMetadata> {
  return rawMetadata(`{"io_bindings":[],${values.map((value) => `"device_id":${value}`).join()}}`);
}

function padded(text: string, length: number): ReturnType<typeof named> {
  return named(`${text.length}+${length - text.length} blanks`, text + ' '.repeat(length - text.length));
}
