/*
 * Plan: the metadata and the engine name the same tensors (WSB-BLOB-24 to WSB-BLOB-28).
 *
 * A tensor of an engine is `x…` where it goes in and `y…` where it comes out; what the metadata
 * names is written in the order of its entries, with `>` before an input and `<` before an output.
 * All tensors have the shape [1,4]. An engine without tensors has nothing that could be left out,
 * and metadata without names leaves the order to the engine: both are for the controls.
 *
 * An engine that aliases needs its aliases named, of whichever kind, with the input that it says.
 *
 * What the metadata says of types and shapes is as good as nothing: an engine of float16 tensors is
 * executed, whatever it says, and whether or not that is what such a key ought to hold.
 */
import type { BlobAlias, BlobBinding, PlanBinding } from '../../reference/index.js';
import { metadata, rawMetadata } from '../model/scenario/blob-change.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { all, applies, calls, rejectsAfter, steps } from '../model/expectation.js';
import { tensorsOf } from '../model/scenario/planned.js';
import type { EngineScenario, Scenario } from '../model/scenario/scenario.js';
import { execute, input, load, output } from '../model/scenario/vocabulary.js';

const LOADS = applies(512n);
const AFTER_CONTEXT = rejectsAfter('deserialize, automatic 512, set 512, context');
const RUNS = all(steps('ok', 'ok'), calls('deserialize, automatic 512, set 512, context, enqueue'));

/** The tensors of a larger engine. */
const MANY = Array.from({ length: 5 }, (_, at) => `${at < 3 ? 'x' : 'y'}${at}`);

/** Cases of the clauses WSB-BLOB about the names of the metadata and those of the engine. */
export const NAMES: readonly Case[] = [
  clause('WSB-BLOB-24')
    .control('each once', naming('x0 x1 y0', '>x0 >x1 <y0'), LOADS)
    .violation('an input twice', naming('x0 y0', '>x0 >x0 <y0'), AFTER_CONTEXT)
    .violation('an output twice', naming('x0 y0', '>x0 <y0 <y0'), AFTER_CONTEXT)
    .boundary('the last of three', naming('x0 x1 y0', '>x0 >x1 <y0 >x0'), AFTER_CONTEXT)
    .boundary('an output before the inputs, and again', naming('x0 y0 y1', '<y0 >x0 <y1 <y0'), AFTER_CONTEXT)
    .boundary('an input, and as an output', naming('x0 y0', '>x0 <y0 <x0'), AFTER_CONTEXT)
    .boundary('a name and the beginning of it', naming('x0 x y0', '>x0 >x <y0'), LOADS)
    .boundary('a name in small letters and in capitals', naming('x0 X0 y0', '>x0 >X0 <y0'), LOADS),

  clause('WSB-BLOB-25')
    .control('all of them', naming('x0 x1 y0', '>x0 >x1 <y0'), LOADS)
    .control('all of them, in another order', naming('x0 x1 y0', '<y0 >x1 >x0'), LOADS)
    .violation('an input left out', naming('x0 x1 y0', '>x0 <y0'), AFTER_CONTEXT)
    .violation('an output left out', naming('x0 y0 y1', '>x0 <y0'), AFTER_CONTEXT)
    .violation('a dynamic input left out', leavingOut(dynamic('x1')), AFTER_CONTEXT)
    .boundary('the only input', naming('x0 y0', '<y0'), AFTER_CONTEXT)
    .boundary('the first tensor', naming('x0 x1 y0', '>x1 <y0'), AFTER_CONTEXT)
    .boundary('the last of five', naming(MANY.join(' '), list(MANY.slice(0, -1))), AFTER_CONTEXT)
    .boundary('none of five', naming(MANY.join(' '), list(MANY)), LOADS)
    .boundary('an input without elements', leavingOut(input('x1', [0n])), AFTER_CONTEXT)
    .boundary('no names for two tensors, in their own order', naming('x_0 y_0', ''), LOADS),

  clause('WSB-BLOB-26')
    .control('as they are', naming('x0 y0', '>x0 <y0'), LOADS)
    .violation('an input as an output', naming('x0 x1 y0', '>x0 <y0 <x1'), AFTER_CONTEXT)
    .violation('an output that is not there', naming('x0 y0', '>x0 <y0 <y1'), AFTER_CONTEXT)
    .violation('an input that is not there', naming('x0 y0', '>x0 >x1 <y0'), AFTER_CONTEXT)
    .boundary('an output as an input', naming('x0 y0 y1', '>x0 >y1 <y0'), AFTER_CONTEXT)
    .boundary('both the other way round', naming('x0 y0', '>y0 <x0'), AFTER_CONTEXT)
    .boundary('an output on an engine without tensors', naming('', '<y0'), AFTER_CONTEXT)
    .boundary('a letter more', naming('x0 y0', '>x0 <y0 <y00'), AFTER_CONTEXT)
    .boundary('in capitals', naming('x0 y0', '>x0 <y0 <Y0'), AFTER_CONTEXT)
    .boundary('a letter more, and there', naming('x0 y0 y00', '>x0 <y0 <y00'), LOADS),

  clause('WSB-BLOB-27')
    .control('an alias of the engine', aliasing('y0=x0', 'y0=x0'), LOADS)
    .control('no alias at all', aliasing('', ''), LOADS)
    .violation('an alias left out', aliasing('y0=x0', ''), AFTER_CONTEXT)
    .violation('the second of two left out', aliasing('y0=x0 y1=x1', 'y0=x0'), AFTER_CONTEXT)
    .boundary('both of two, crossed', aliasing('y0=x1 y1=x0', 'y1=x0 y0=x1'), LOADS)
    .boundary('as an alias of the user', aliasing('y0=x0', 'y0=x0', 'user'), LOADS)
    .boundary('over another input', aliasing('y0=x0', 'y0=x1', 'user'), AFTER_CONTEXT)
    .boundary('one more than the engine has', aliasing('', 'y0=x0', 'user'), LOADS)
    .boundary(
      'left out where no tensor is named',
      { bindings: [input('x_0'), output('y_0', [1n, 4n], { aliases: 'x_0' })] },
      AFTER_CONTEXT,
    ),

  clause('WSB-BLOB-28')
    .control('as in the engine', saying('"dtype":"float16","shape":[1,4]'), RUNS)
    .violation('another type', saying('"dtype":"int8","shape":[1,4]'), RUNS)
    .violation('another size', saying('"dtype":"float16","shape":[1,400]'), RUNS)
    .violation('another rank', saying('"dtype":"float16","shape":[4]'), RUNS)
    .boundary('nothing, as an exporter that does not know', saying('"dtype":"","shape":[]'), RUNS)
    .boundary('neither', saying('"zz":0'), RUNS)
    .boundary('a size below -1', saying('"dtype":"float16","shape":[-2,4]'), RUNS)
    .boundary('a size above 2^63', saying('"dtype":"float16","shape":[1,9223372036854775808]'), RUNS)
    .boundary('a size of 1.5', saying('"dtype":"float16","shape":[1.5,4]'), RUNS)
    .boundary('a type that is none', saying('"dtype":7,"shape":[1,4]'), RUNS)
    .boundary('a shape that is none', saying('"dtype":"float16","shape":"1,4"'), RUNS)
    .boundary(
      'the argument of such a type and shape',
      { ...saying('"dtype":"float16","shape":[4]'), planned: tensorsOf(1, [4], [4]) },
      steps('ok', 'execute InvalidArgument'),
    ),
].flatMap(({ cases }) => cases);

/** An engine with these tensors, and metadata that names those of the second list. */
function naming(tensors: string, named: string): EngineScenario {
  return {
    bindings: words(tensors).map((name) => tensor(name, null)),
    blob: metadata(named === '' ? 'no names' : `names ${named}`, {
      io_bindings: words(named).map((text) => entry(text.slice(1), text.startsWith('>'))),
    }),
  };
}

/** An engine that is executed, with metadata that says this of its input and of its output. */
function saying(description: string): Scenario {
  const entries = ['"name":"x0","is_input":true', '"name":"y0","is_input":false'];
  const list = entries.map((text) => `{${text},${description}}`).join();
  return {
    bindings: [input('x0'), output('y0')],
    blob: { ...rawMetadata(`{"io_bindings":[${list}]}`), label: description },
    planned: tensorsOf(1, [1, 4], [1, 4]),
    steps: [load(), execute()],
  };
}

/** An engine with one tensor more than its metadata names. */
function leavingOut(other: PlanBinding): EngineScenario {
  const { bindings = [], blob } = naming('x0 y0', '>x0 <y0');
  return { bindings: [...bindings, other], ...(blob && { blob }) };
}

/**
 * An engine of two inputs and two outputs, its own aliases, and those of the metadata, each
 * `output=input`.
 */
function aliasing(own: string, named: string, kind = 'kv_cache_update'): EngineScenario {
  const inputOf = new Map(words(own).map((pair) => [pair.slice(0, 2), pair.slice(3)]));
  const tensors = ['x0', 'x1', 'y0', 'y1'];
  return {
    bindings: tensors.map((name) => tensor(name, inputOf.get(name) ?? null)),
    blob: metadata(named === '' ? 'no aliases' : `${kind} ${named}`, {
      io_bindings: tensors.map((name) => entry(name, name.startsWith('x'))),
      aliased_io: words(named).map((pair): BlobAlias => {
        return { output: pair.slice(0, 2), input: pair.slice(3), kind };
      }),
    }),
  };
}

function tensor(name: string, aliases: string | null): PlanBinding {
  return /^x/i.test(name) ? input(name) : output(name, [1n, 4n], { aliases });
}

function dynamic(name: string): PlanBinding {
  return input(name, [-1n], { profile: { min: [1n], max: [8n] } });
}

function entry(name: string, isInput: boolean): BlobBinding {
  return { name, dtype: 'float16', shape: [1, 4], is_input: isInput };
}

/** Names as the entries of a list: inputs and outputs by their first letter. */
function list(names: readonly string[]): string {
  return names.map((name) => `${name.startsWith('x') ? '>' : '<'}${name}`).join(' ');
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}
