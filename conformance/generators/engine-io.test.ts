import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBlob, encodeBlob } from '../../reference/index.js';
import { ioBindings, ioMetadata } from './engine-io.js';
import type { GeneratedAlias, GeneratedIo, GeneratedTensor } from './generated-io.js';
import { ioArbitrary } from './io-arbitrary.js';

const tensor = (name: string, change: Partial<GeneratedTensor> = {}): GeneratedTensor => ({
  name,
  mode: 'input',
  dtype: 1,
  shape: [-1n, 4n],
  shapeInference: false,
  bounded: true,
  ...change,
});

const io = (change: Partial<GeneratedIo> = {}): GeneratedIo => ({
  tensors: [tensor('in'), tensor('out', { mode: 'output' })],
  bindings: null,
  aliases: [],
  device: 0,
  compatible: false,
  serialized: '',
  platform: '',
  rows: null,
  ...change,
});

const alias = (change: Partial<GeneratedAlias> = {}): GeneratedAlias => ({
  told: 'both',
  output: 0,
  input: 0,
  kind: 'user',
  ...change,
});

describe('ioMetadata', () => {
  it('lists the tensors as they are, unless told otherwise', () => {
    const names = (one: GeneratedIo): string[] =>
      ioMetadata(one).io_bindings.map(({ name, is_input }) => `${name} ${is_input ? 'in' : 'out'}`);
    const binding = { tensor: 0, flipped: true, dtype: 'float16', shape: [] };
    expect(names(io())).toEqual(['in in', 'out out']);
    expect(names(io({ bindings: [] }))).toEqual([]);
    expect(names(io({ bindings: [binding, { ...binding, tensor: 9 }] }))).toEqual(['in out', 'nowhere in']);
  });

  it('makes a blob that can be read unless the device is none', () => {
    const isRead = (one: GeneratedIo): boolean =>
      decodeBlob(encodeBlob({ metadata: ioMetadata(one), engine: new Uint8Array(1) })).ok;
    const isDevice = (id: number): boolean => Number.isInteger(id) && id >= 0 && id < 2 ** 31;
    fc.assert(fc.property(ioArbitrary(), (one) => isRead(one) === isDevice(one.device)));
  });
});

describe('an alias', () => {
  it('is told by the engine, the metadata or both', () => {
    const told = (change: Partial<GeneratedAlias>): unknown[] => {
      const one = io({ aliases: [alias(change)] });
      return [ioBindings(one)[1]?.aliases, ioMetadata(one).aliased_io.length];
    };
    expect(told({})).toEqual(['in', 1]);
    expect(told({ told: 'engine' })).toEqual(['in', 0]);
    expect(told({ told: 'metadata' })).toEqual([null, 1]);
  });

  it('counts the tensors of the other mode behind its own', () => {
    const names = (output: number, input: number): string[] =>
      ioMetadata(io({ aliases: [alias({ output, input })] })).aliased_io.flatMap((each) => [
        each.output,
        each.input,
      ]);
    expect(names(1, 1)).toEqual(['in', 'out']);
    expect(names(2, 2)).toEqual(['nowhere', 'nowhere']);
  });
});

describe('ioBindings', () => {
  it('gives the bounds of a shape', () => {
    const [bounded, unbounded] = ioBindings(io({ tensors: [tensor('a'), tensor('b', { bounded: false })] }));
    expect(bounded?.profile).toEqual({ min: [1n, 4n], max: [8n, 4n] });
    expect(unbounded?.profile).toBeNull();
  });
});
