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
  metadataInHeader,
  metadataPastEngine,
  more,
  movedEngine,
  rawMetadata,
  reserved,
  wrappingEngine,
} from '../model/scenario/blob-change.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { applies, rejectsAfter } from '../model/expectation.js';
import type { EngineScenario } from '../model/scenario/scenario.js';
import { hex, named, type Text } from '../model/text.js';
import { input, output } from '../model/scenario/vocabulary.js';

const LOADS = applies(512n);
const REFUSED = rejectsAfter();
const BEFORE_CONTEXT = rejectsAfter('deserialize, automatic 512, set 512');
const AFTER_CONTEXT = rejectsAfter('deserialize, automatic 512, set 512, context');
const MINIMAL = '{"io_bindings":[]}';

/** Cases of the clauses WSB-BLOB. */
export const BLOB: readonly Case[] = [
  clause('WSB-BLOB-01')
    .control('TR01', { blob: magic('TR01') }, LOADS)
    .violation('TR03', { blob: magic('TR03') }, REFUSED)
    .violation('a program for a blob', { blob: magic('ET12') }, REFUSED)
    .boundary('TR00', { blob: magic('TR00') }, REFUSED)
    .boundary('tr01', { blob: magic('tr01') }, REFUSED)
    .boundary('TR02 without aliases', { blob: magic('TR02') }, LOADS)
    .boundary('TR01 with aliases', aliased({ magic: 'TR01' }), LOADS),

  clause('WSB-BLOB-02')
    .control('as the exporter lays it out', {}, LOADS)
    .violation('metadata over the engine', { blob: metadataPastEngine(16n) }, REFUSED)
    .violation('a metadata offset behind the blob', { blob: field('metadataOffset', 1000000n) }, REFUSED)
    .violation('an engine offset behind the blob', { blob: field('engineOffset', 1000000n) }, REFUSED)
    .boundary('metadata that begins in the reserved bytes', { blob: metadataInHeader(MINIMAL) }, REFUSED)
    .boundary('metadata offset 31', { blob: field('metadataOffset', 31n) }, REFUSED)
    .boundary('metadata offset 32', { blob: field('metadataOffset', 32n) }, LOADS)
    .boundary('metadata up to the engine', json(padded(MINIMAL, 32)), LOADS)
    .boundary('metadata one byte into the engine', { blob: metadataPastEngine(1n) }, REFUSED)
    .boundary('engine up to the end', { blob: more('engineSize', 0n) }, LOADS)
    .boundary('engine one byte past the end', { blob: more('engineSize', 1n) }, REFUSED)
    .boundary(
      'engine one byte short, which TensorRT refuses',
      { blob: more('engineSize', -1n) },
      rejectsAfter('deserialize refused'),
    )
    .boundary('31 bytes', { blob: firstBytes(31) }, REFUSED),

  clause('WSB-BLOB-03')
    .control('the true size', {}, LOADS)
    .violation('an engine size of 2^64 - 1', { blob: field('engineSize', 2n ** 64n - 1n) }, REFUSED)
    .violation('an engine size of 2^63', { blob: field('engineSize', 2n ** 63n) }, REFUSED)
    .boundary('engine end at 2^64 - 1', { blob: wrappingEngine(-1n) }, REFUSED)
    .boundary('engine end at 2^64', { blob: wrappingEngine(0n) }, REFUSED)
    .boundary('engine end at 2^64 + 1', { blob: wrappingEngine(1n) }, REFUSED)
    .boundary('a metadata size of 2^32 - 1', { blob: field('metadataSize', 2n ** 32n - 1n) }, REFUSED)
    .boundary('a metadata size of 2^32 - 32', { blob: field('metadataSize', 2n ** 32n - 32n) }, REFUSED)
    .boundary('a metadata offset of 2^32 - 1', { blob: field('metadataOffset', 2n ** 32n - 1n) }, REFUSED),

  clause('WSB-BLOB-04')
    .control('a multiple of 16', { blob: movedEngine(16) }, LOADS)
    .violation('4 bytes less', { blob: movedEngine(12) }, REFUSED)
    .violation('8 bytes more', { blob: movedEngine(8) }, REFUSED)
    .boundary('one byte less', { blob: movedEngine(15) }, REFUSED)
    .boundary('one byte more', { blob: movedEngine(17) }, REFUSED),

  clause('WSB-BLOB-05')
    .control("the exporter's", {}, LOADS)
    .violation('a missing comma', json('{"io_bindings":[]"device_id":0}'), REFUSED)
    .violation('a comma too many', json('{"io_bindings":[],}'), REFUSED)
    .violation('an unknown escape', json('{"io_bindings":[],"a":"\\x"}'), REFUSED)
    .violation('a comment', json('{"io_bindings":[]/**/}'), REFUSED)
    .violation('an array', json('[{"io_bindings":[]}]'), REFUSED)
    .violation('no closing brace', json('{"io_bindings":[]'), REFUSED)
    .violation('io_bindings of an inner object', json('{"a":{"io_bindings":[]}}'), REFUSED)
    .violation('io_bindings an object', json('{"io_bindings":{}}'), REFUSED)
    .violation(
      'io_bindings a number, and a list behind it',
      json('{"io_bindings":0,"aliased_io":[]}'),
      REFUSED,
    )
    .violation('not UTF-8', json(hex('7b22696f5f62696e64696e6773223a5b5d2c2261223a22ff227d')), REFUSED)
    .violation('a control character in a string', inString('0a'), REFUSED)
    .violation('a string without an end', json('{"io_bindings":[],"a":"'), REFUSED)
    .violation('a word that is none', json('{"io_bindings":[],"a":tru}'), REFUSED)
    .violation('a point without a fraction', json('{"io_bindings":[],"a":1.}'), REFUSED)
    .violation('an escape of three digits', json('{"io_bindings":[],"a":"\\u00e'), REFUSED)
    .violation('an escape with a letter that is no digit', json('{"io_bindings":[],"a":"\\u00g0"}'), REFUSED)
    .violation('half a surrogate pair', json('{"io_bindings":[],"a":"\\ud83d"}'), REFUSED)
    .violation('the other half', json('{"io_bindings":[],"a":"\\udE00"}'), REFUSED)
    .violation('UTF-8 that breaks off', inString('e282'), REFUSED)
    .violation('a surrogate as UTF-8', inString('eda080'), REFUSED)
    .boundary('the last character before the surrogates', inString('ed9fbf'), LOADS)
    .boundary('nothing', json(''), REFUSED)
    .boundary('{}', json('{}'), REFUSED)
    .boundary('an empty io_bindings', json(MINIMAL), LOADS)
    .boundary('a key spelled with an escape', json('{"io\\u005fbindings":[]}'), LOADS)
    .boundary('a byte behind the brace', json(`${MINIMAL}x`), REFUSED)
    .boundary('a blank behind the brace', json(`${MINIMAL} `), LOADS)
    .boundary('blanks between', json(' {\n\t"io_bindings" : [ ]\r\n}'), LOADS),

  clause('WSB-BLOB-06')
    .control('0', deviceIds('0'), LOADS)
    .violation('4294967296, which wraps to 0', deviceIds('4294967296'), REFUSED)
    .violation('2^64', deviceIds('18446744073709551616'), REFUSED)
    .violation('0.9', deviceIds('0.9'), REFUSED)
    .violation('1e3', deviceIds('1e3'), REFUSED)
    .violation('-1, in front of the bindings', json('{"device_id":-1,"io_bindings":[]}'), REFUSED)
    .violation('"0"', deviceIds('"0"'), REFUSED)
    .violation('null', deviceIds('null'), REFUSED)
    .violation('false', deviceIds('false'), REFUSED)
    .boundary('-1', deviceIds('-1'), REFUSED)
    .boundary('2147483647', deviceIds('2147483647'), LOADS)
    .boundary('2147483648', deviceIds('2147483648'), REFUSED)
    .boundary('none', json(MINIMAL), LOADS),

  clause('WSB-BLOB-07')
    .control('known keys alone', json('{"io_bindings":[],"device_id":0}'), LOADS)
    .violation('an unknown key', json('{"io_bindings":[],"zz":1}'), LOADS)
    .violation('an unknown key first', json('{"zz":[1,{}],"io_bindings":[]}'), LOADS)
    .boundary(
      'nested keys like known ones',
      json('{"a":{"device_id":"x","io_bindings":0},"io_bindings":[]}'),
      LOADS,
    )
    .boundary('a nested key behind the bindings', json('{"io_bindings":[],"a":{"device_id":-1}}'), LOADS)
    .boundary(
      'nested aliases behind the bindings',
      json('{"io_bindings":[],"a":{"aliased_io":[{"output":"nowhere","input":"in"}]}}'),
      LOADS,
    )
    .boundary(
      'nested bindings in front of the bindings',
      json('{"a":{"io_bindings":[{"name":"nowhere","is_input":true}]},"io_bindings":[]}'),
      LOADS,
    )
    .boundary(
      'an unknown key in a binding',
      {
        bindings: [input('input_0')],
        blob: rawMetadata(
          '{"io_bindings":[{"name":"input_0","dtype":"float16","shape":[1,4],"is_input":true,"zz":{"name":1}}]}',
        ),
      },
      LOADS,
    )
    .boundary('a known key and a letter more', json('{"io_bindings":[],"device_ids":"x"}'), LOADS)
    .boundary('a known key in capitals', json('{"io_bindings":[],"DEVICE_ID":"x"}'), LOADS)
    .boundary('the known key with that value', json('{"io_bindings":[],"device_id":"x"}'), REFUSED),

  clause('WSB-BLOB-08')
    .control('1 and zeros', { blob: reserved(hex('0100000000000000')) }, LOADS)
    .violation('2 and zeros', { blob: reserved(hex('0200000000000000')) }, LOADS)
    .boundary('all zeros', { blob: reserved(hex('0000000000000000')) }, LOADS)
    .boundary('all ones', { blob: reserved(hex('ffffffffffffffff')) }, LOADS)
    .boundary('the byte before them', { blob: byteAt(23, 0xff) }, REFUSED)
    .boundary('the first of them', { blob: byteAt(24, 0xff) }, LOADS)
    .boundary('the last of them', { blob: byteAt(31, 0xff) }, LOADS)
    .boundary('the byte behind them', { blob: byteAt(32, 0xff) }, REFUSED),

  clause('WSB-BLOB-09')
    .control('ASCII', spelled('cache', '"cache"'), LOADS)
    .violation('a letter escaped', spelled('café', '"caf\\u00e9"'), LOADS)
    .violation('another letter', spelled('café', '"caf\\u00e8"'), AFTER_CONTEXT)
    .boundary('a surrogate pair', spelled('\u{1f600}', '"\\ud83d\\ude00"'), LOADS)
    .boundary('the surrogate pair behind it', spelled('\u{1f600}', '"\\ud83d\\ude01"'), AFTER_CONTEXT)
    .boundary('an escaped tab', spelled('a\tb', '"a\\tb"'), LOADS)
    .boundary('every other short escape', spelled('q\b\f\n\r\u20ac', '"q\\b\\f\\n\\r\\u20AC"'), LOADS)
    .boundary('an escaped slash', spelled('a/b', '"a\\/b"'), LOADS)
    .boundary('an escaped quote', spelled('a"b', '"a\\"b"'), LOADS),

  clause('WSB-BLOB-10')
    .control('an output called output_0', aliased({ outputName: 'output_0' }), LOADS)
    .violation('an output called device_id', aliased({ outputName: 'device_id' }), LOADS)
    .violation('an output called hardware_compatible', aliased({ outputName: 'hardware_compatible' }), LOADS)
    .violation('an output called aliased_io', aliased({ outputName: 'aliased_io' }), LOADS)
    .boundary('a key as a value', json('{"io_bindings":[],"target_platform":"device_id"}'), LOADS)
    .boundary('an input called io_bindings', aliased({ inputName: 'io_bindings' }), LOADS)
    .boundary(
      'serialized metadata with these keys',
      { blob: metadata('serialized', { serialized_metadata: '{"device_id":-1,"io_bindings":0}' }) },
      LOADS,
    )
    .boundary('the metadata itself with such a key', json('{"io_bindings":[],"device_id":-1}'), REFUSED),

  clause('WSB-BLOB-11')
    .control('input_0 and output_0', { bindings: [input('input_0'), output('output_0')] }, LOADS)
    .violation('inputs in reverse order', { bindings: [input('x_1'), input('x_0'), output('y_0')] }, LOADS)
    .violation('outputs before inputs', { bindings: [output('y_0'), input('x_0')] }, LOADS)
    .boundary('a dot', { bindings: [input('input.0'), output('output.0')] }, LOADS)
    .boundary('no tensor', {}, LOADS)
    .boundary('two numbers', { bindings: [input('a_1_0'), output('b_2_0')] }, LOADS)
    .boundary('no output', { bindings: [input('input_0')] }, LOADS)
    .boundary('counted from 1', { bindings: [input('input_1')] }, BEFORE_CONTEXT),

  clause('WSB-BLOB-12')
    .control('with numbers', { bindings: [input('input_0'), input('input_1')] }, LOADS)
    .violation('no number', { bindings: [input('input')] }, BEFORE_CONTEXT)
    .violation('one without a number', { bindings: [input('input_0'), output('output')] }, BEFORE_CONTEXT)
    .boundary('nothing behind the dash', { bindings: [input('input_')] }, BEFORE_CONTEXT)
    .boundary('a gap at 0', { bindings: [input('input_1')] }, BEFORE_CONTEXT)
    .boundary('a repetition', { bindings: [input('a_0'), input('b_0')] }, BEFORE_CONTEXT)
    .boundary('a gap at 1', { bindings: [input('a_0'), input('a_2')] }, BEFORE_CONTEXT)
    .boundary('a letter behind the number', { bindings: [input('input_0x')] }, BEFORE_CONTEXT)
    .boundary('the same number for input and output', { bindings: [input('a_0'), output('b_0')] }, LOADS),

  clause('WSB-BLOB-13')
    .control('0', { bindings: [input('input_0')] }, LOADS)
    .violation('4000000000', { bindings: [input('input_4000000000')] }, BEFORE_CONTEXT)
    .violation('2^64', { bindings: [input('input_18446744073709551616')] }, BEFORE_CONTEXT)
    .boundary('1 of one', { bindings: [input('input_1')] }, BEFORE_CONTEXT)
    .boundary('1 of two', { bindings: [input('input_1'), input('input_0')] }, LOADS)
    .boundary('2^64 - 1', { bindings: [input('input_18446744073709551615')] }, BEFORE_CONTEXT)
    .boundary('40 digits', { bindings: [input(`input_${'9'.repeat(40)}`)] }, BEFORE_CONTEXT),

  clause('WSB-BLOB-14')
    .control('both found', aliased({}), LOADS)
    .violation('an unknown output', aliased({ alias: { output: 'nowhere' } }), AFTER_CONTEXT)
    .violation('an unknown input', aliased({ alias: { input: 'nowhere' } }), AFTER_CONTEXT)
    .boundary(
      'in front of the bindings',
      json('{"aliased_io":[{"output":"nowhere","input":"in"}],"io_bindings":[]}'),
      AFTER_CONTEXT,
    )
    .boundary('swapped', aliased({ alias: { output: 'in', input: 'out' } }), AFTER_CONTEXT)
    .boundary('the beginning of a name', aliased({ alias: { output: 'ou' } }), AFTER_CONTEXT)
    .boundary('an output to itself', aliased({ alias: { input: 'out' } }), AFTER_CONTEXT),

  clause('WSB-BLOB-15')
    .control('kv_cache_update', aliased({ engineAlias: 'in', alias: { kind: 'kv_cache_update' } }), LOADS)
    .control('user', aliased({ alias: { kind: 'user' } }), LOADS)
    .violation('other', aliased({ alias: { kind: 'other' } }), AFTER_CONTEXT)
    .boundary('User', aliased({ alias: { kind: 'User' } }), AFTER_CONTEXT)
    .boundary('the empty string', aliased({ alias: { kind: '' } }), AFTER_CONTEXT)
    .boundary(
      'the empty string, an engine that agrees',
      aliased({ engineAlias: 'in', alias: { kind: '' } }),
      AFTER_CONTEXT,
    )
    .boundary('no kind, an engine that agrees', kindless('in'), LOADS)
    .boundary('no kind, an engine without aliases', kindless(null), AFTER_CONTEXT),

  clause('WSB-BLOB-16')
    .control('agrees', aliased({ engineAlias: 'in', alias: { kind: 'kv_cache_update' } }), LOADS)
    .violation('an engine without aliases', aliased({ alias: { kind: 'kv_cache_update' } }), AFTER_CONTEXT)
    .boundary(
      'an engine that aliases another input',
      aliased({ engineAlias: 'other', alias: { kind: 'kv_cache_update' } }),
      AFTER_CONTEXT,
    )
    .boundary(
      'an engine that agrees, kind user',
      aliased({ engineAlias: 'in', alias: { kind: 'user' } }),
      LOADS,
    ),

  clause('WSB-BLOB-17')
    .control('equal shapes', shaped([1n, 4n], [1n, 4n]), LOADS)
    .violation('equal sizes', shaped([1n, 4n], [4n, 1n]), AFTER_CONTEXT)
    .violation('other sizes', shaped([1n, 4n], [1n, 5n]), AFTER_CONTEXT)
    .boundary('rank 0', shaped([], []), LOADS)
    .boundary('a dimension more', shaped([4n], [1n, 4n]), AFTER_CONTEXT)
    .boundary('equal dynamic shapes', shaped([-1n, 4n], [-1n, 4n]), LOADS)
    .boundary('a dynamic shape and a static one', shaped([-1n, 4n], [1n, 4n]), AFTER_CONTEXT),

  clause('WSB-BLOB-18')
    .control('complete', entries('{"name":"a","dtype":"float16","shape":[1,4],"is_input":true}'), LOADS)
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
    .boundary('a name of one byte', entries('{"name":"a","is_input":true}'), LOADS)
    .boundary('a NUL in a name', entries('{"name":"a\\u0000","is_input":true}'), REFUSED)
    .boundary(
      'an alias of a kind that is no string',
      entries('{"name":"a","is_input":true}', '{"output":"a","input":"a","kind":0}'),
      REFUSED,
    )
    .boundary('no object', entries('"a"'), REFUSED),

  clause('WSB-BLOB-19')
    .control("the exporter's", {}, LOADS)
    .violation('40,000 brackets', nested(40_000, false), REFUSED)
    .boundary('64 levels', nested(64, true), LOADS)
    .boundary('65 levels', nested(65, true), REFUSED)
    .boundary('65 levels of objects', objects(65), REFUSED)
    .boundary('64 levels of objects', objects(64), LOADS),

  clause('WSB-BLOB-20')
    .control('each key once', deviceIds('0'), LOADS)
    .violation('a bad device id, then a good one', deviceIds('-1', '0'), LOADS)
    .violation('no bindings, then a list of them', json('{"io_bindings":0,"io_bindings":[]}'), LOADS)
    .violation('a list of bindings, then none', json('{"io_bindings":[],"io_bindings":0}'), REFUSED)
    .violation(
      'a name that is no string, then a name',
      entries('{"name":0,"name":"a","is_input":true}'),
      LOADS,
    )
    .violation('an unknown key twice, with unlike values', json('{"zz":1,"zz":[],"io_bindings":[]}'), LOADS)
    .violation('two names for one binding', entries('{"name":"","name":"a","is_input":true}'), LOADS)
    .boundary('the last of three is good', deviceIds('-1', '"0"', '0'), LOADS)
    .boundary('the last of three is bad', deviceIds('0', '0', '-1'), REFUSED)
    .boundary(
      'equal once their escapes are resolved',
      json('{"io_bindings":[],"device_id":-1,"device\\u005fid":0}'),
      LOADS,
    )
    .boundary(
      'a key of an inner object',
      json('{"io_bindings":[],"device_id":-1,"a":{"device_id":0}}'),
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

/** An output that aliases an input, both of these shapes. */
function shaped(...shapes: Required<Aliased>['shapes']): EngineScenario {
  return aliased({ shapes });
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

/** Metadata with a string of these bytes, in hexadecimal digits. */
function inString(bytes: string): EngineScenario {
  return json(hex(`${Buffer.from('{"io_bindings":[],"a":"').toString('hex')}${bytes}227d`));
}

/** A blob with that metadata, spelled as given. */
function json(text: Text): EngineScenario {
  return { blob: rawMetadata(text) };
}

/**
 * Metadata that nests so many levels deep, itself being the first; its brackets are closed or not.
 */
function nested(levels: number, closed: boolean): EngineScenario {
  const inner = levels - 1;
  const text = `{"io_bindings":[],"a":${'['.repeat(inner)}${closed ? `${']'.repeat(inner)}}` : ''}`;
  return { blob: { ...rawMetadata(text), label: `${levels} levels${closed ? '' : ' that never close'}` } };
}

/** Metadata that nests so many objects. */
function objects(levels: number): EngineScenario {
  const text = `{"io_bindings":[]${',"a":{"a":0'.repeat(levels - 1)}${'}'.repeat(levels)}`;
  return { blob: { ...rawMetadata(text), label: `${levels} levels of objects` } };
}

/** Metadata that names its device so often. */
function deviceIds(...values: readonly string[]): EngineScenario {
  return json(`{"io_bindings":[],${values.map((value) => `"device_id":${value}`).join()}}`);
}

function padded(text: string, length: number): ReturnType<typeof named> {
  return named(`${text.length}+${length - text.length} blanks`, text + ' '.repeat(length - text.length));
}
