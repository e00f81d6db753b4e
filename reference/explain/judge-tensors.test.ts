import { describe, expect, it } from 'vitest';
import { decodeBlob, type DecodedBlob } from '../blob/decode-blob.js';
import type { BlobMetadata } from '../blob/blob-metadata.js';
import { encodeBlob } from '../blob/encode-blob.js';
import { scriptedPlan, type PlanBinding } from '../plan/plan.js';
import { judgeTensors } from './judge-tensors.js';

const tensor = (name: string, aliases: string | null = null): PlanBinding => ({
  ...{ name, mode: name.startsWith('x') ? 'input' : 'output', dtype: 1, shape: [1n, 4n] },
  ...{ shapeInference: false, profile: null, aliases },
});

function blobOf(metadata: Partial<BlobMetadata>): DecodedBlob {
  const decoded = decodeBlob(encodeBlob({ metadata, engine: new Uint8Array() }));
  if (!decoded.ok) throw new Error(decoded.fault.message);
  return decoded.blob;
}

/** The metadata names these, `>` before an input and `<` before an output. */
function findings(tensors: readonly PlanBinding[], named: string, aliases = ''): string[] {
  const io_bindings = [...named.matchAll(/([<>])(\w+)/g)].map(([, way, name = '']) => ({
    ...{ name, dtype: 'float16', shape: [1, 4], is_input: way === '>' },
  }));
  const aliased_io = [...aliases.matchAll(/(\w+)=(\w+)/g)].map(([, output = '', input = '']) => ({
    ...{ output, input, kind: 'user' },
  }));
  const judged = judgeTensors(blobOf({ io_bindings, aliased_io }), scriptedPlan({ bindings: tensors }));
  return judged.map(({ level, clause, message }) => `${level} ${clause}: ${message}`);
}

describe('judgeTensors', () => {
  const all = ['x0', 'x1', 'y0'].map((name) => tensor(name));

  it('finds nothing where metadata and engine agree, or the metadata names nothing', () => {
    expect(findings(all, '<y0 >x1 >x0')).toEqual([]);
    expect(findings(all, '')).toEqual([]);
  });

  it('tells names that stand there twice, and those left out', () => {
    expect(findings(all, '>x0 >x0 <x0')).toEqual([
      'error WSB-BLOB-24: the metadata names "x0" more than once',
      'error WSB-BLOB-26: the metadata names "x0" as output, which the engine has as input',
      'error WSB-BLOB-25: the metadata does not name "x1", "y0" of the engine, so that it could never run',
    ]);
  });

  it('tells names of another direction, and of no tensor', () => {
    expect(findings(all, '>x0 >y0 <x1 <z >w')).toEqual([
      'error WSB-BLOB-26: the metadata names "y0" as input, which the engine has as output',
      'error WSB-BLOB-26: the metadata names "x1" as output, which the engine has as input',
      'error WSB-BLOB-26: the metadata names "w", "z", which the engine does not have',
    ]);
  });

  it('shows four names and counts the others', () => {
    const many = Array.from({ length: 6 }, (_, at) => tensor(`x${at}`));
    expect(findings([...many, tensor('y')], '<y')).toEqual([
      'error WSB-BLOB-25: the metadata does not name "x0", "x1", "x2", "x3" and 2 more of the engine, so that it could never run',
    ]);
  });

  it('tells aliases of the engine that are left out, with and without names', () => {
    const aliased = [tensor('x0'), tensor('x1'), tensor('y0', 'x0')];
    expect(findings(aliased, '>x0 >x1 <y0', 'y0=x0')).toEqual([]);
    const left =
      'error WSB-BLOB-27: the engine writes "y0" over "x0", which the metadata does not say, so that updates in place are lost';
    expect(findings(aliased, '>x0 >x1 <y0', 'y0=x1')).toEqual([left]);
    expect(findings(aliased, '')).toEqual([left]);
  });

  it.each([
    ['the same', 'float16', [1, 4], null],
    ['nothing', '', [], null],
    ['any size for a dynamic one', 'float16', [-1, 4], null],
    ['another type', 'int8', [1, 4], 'int8[1,4]'],
    ['another size', 'float16', [1, 5], 'float16[1,5]'],
    ['another rank', '', [4], '[4]'],
    ['no type at all', 'a b', [], '"a b"'],
  ])(
    'tells types and shapes that are not those of the engine: %s (WSB-EXPORT-09)',
    (_, dtype, shape, told) => {
      const io_bindings = [{ name: 'x', dtype, shape, is_input: true }];
      const judged = judgeTensors(blobOf({ io_bindings }), scriptedPlan({ bindings: [tensor('x')] }));
      expect(judged).toEqual(
        told === null
          ? []
          : [
              {
                level: 'warning',
                clause: 'WSB-EXPORT-09',
                message: `the metadata says that "x" is ${told}, which is float16[1,4] in the engine`,
              },
            ],
      );
    },
  );
});
