/*
 * Plan: aliases that go together (WSB-BLOB-21 to WSB-BLOB-23).
 *
 * Each engine has as many inputs and outputs as its aliases need, all of the shape [1,4] and of
 * TensorRT's element type 1, a float of 16 bits, where the case is not about types. Most aliases
 * are of the kind user, which says nothing but that the shapes are equal; where the engine itself
 * has the alias, the types have to be equal all the same.
 */
import type { BlobBinding, PlanBinding } from '../../reference/index.js';
import { metadata } from '../model/scenario/blob-change.js';
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { applies, rejectsAfter } from '../model/expectation.js';
import type { EngineScenario } from '../model/scenario/scenario.js';
import { input, output } from '../model/scenario/vocabulary.js';

const LOADS = applies(512n);
const AFTER_CONTEXT = rejectsAfter('deserialize, automatic 512, set 512, context');

/** TensorRT's element types, with the bytes of an element. */
const FLOAT32 = 0;
const FLOAT16 = 1;
const INT8 = 2;
const INT32 = 3;
const UINT8 = 5;

/** Cases of the clauses WSB-BLOB about several aliases, and about their element types. */
export const ALIASES: readonly Case[] = [
  clause('WSB-BLOB-21')
    .control('equal types', typed(INT8, INT8), LOADS)
    .violation('float over int8', typed(FLOAT32, INT8), AFTER_CONTEXT)
    .violation('float over half', typed(FLOAT32, FLOAT16), AFTER_CONTEXT)
    .violation(
      'an alias of the engine, half over int8',
      typed(FLOAT16, INT8, 'kv_cache_update'),
      AFTER_CONTEXT,
    )
    .boundary('types of the same size', typed(FLOAT32, INT32), AFTER_CONTEXT)
    .boundary('types of one byte', typed(INT8, UINT8), AFTER_CONTEXT)
    .boundary('int8 over float', typed(INT8, FLOAT32), AFTER_CONTEXT)
    .boundary('an alias of the engine, equal types', typed(FLOAT16, FLOAT16, 'kv_cache_update'), LOADS),

  clause('WSB-BLOB-22')
    .control('two outputs over two inputs', linked('y0=x0', 'y1=x1'), LOADS)
    .violation('one output over two inputs', linked('y0=x0', 'y0=x1'), AFTER_CONTEXT)
    .boundary('the same entry twice', linked('y0=x0', 'y0=x0'), AFTER_CONTEXT)
    .boundary('the last of three', linked('y0=x0', 'y1=x1', 'y0=x2'), AFTER_CONTEXT)
    .boundary('the second of three', linked('y0=x0', 'y0=x1', 'y1=x2'), AFTER_CONTEXT),

  clause('WSB-BLOB-23')
    .control('crossed', linked('y0=x1', 'y1=x0'), LOADS)
    .violation('two outputs over one input', linked('y0=x0', 'y1=x0'), AFTER_CONTEXT)
    .boundary('over the last of three inputs', linked('y0=x2', 'y1=x2', 'y2=x0'), AFTER_CONTEXT)
    .boundary('the last of three', linked('y0=x0', 'y1=x1', 'y2=x0'), AFTER_CONTEXT),
].flatMap(({ cases }) => cases);

/** An output of one element type over an input of another. */
function typed(over: number, under: number, kind: 'user' | 'kv_cache_update' = 'user'): EngineScenario {
  const aliases = kind === 'user' ? null : 'x0';
  return {
    bindings: [input('x0', [1n, 4n], { dtype: under }), output('y0', [1n, 4n], { dtype: over, aliases })],
    blob: metadata(`${kind} y0:${over}=x0:${under}`, {
      io_bindings: [named('x0', true), named('y0', false)],
      aliased_io: [{ output: 'y0', input: 'x0', kind }],
    }),
  };
}

/** An engine with as many inputs and outputs as these aliases, each `output=input`. */
function linked(...pairs: readonly string[]): EngineScenario {
  const numbers = [...pairs.keys()];
  const bindings: PlanBinding[] = [
    ...numbers.map((at) => input(`x${at}`)),
    ...numbers.map((at) => output(`y${at}`)),
  ];
  return {
    bindings,
    blob: metadata(pairs.join(' '), {
      io_bindings: bindings.map(({ name, mode }) => named(name, mode === 'input')),
      aliased_io: pairs.map((pair) => {
        const [output = '', input = ''] = pair.split('=');
        return { output, input, kind: 'user' };
      }),
    }),
  };
}

function named(name: string, isInput: boolean): BlobBinding {
  return { name, dtype: 'float16', shape: [1, 4], is_input: isInput };
}
