import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBlob } from '../blob/decode-blob.js';
import { composeBlob, encodeBlob } from '../blob/encode-blob.js';
import { rangeOf } from '../source/byte-range.js';
import { paddedTo } from '../source/sparse-source.js';
import type { DelegateSpec, ProgramSpec } from './program-spec.js';
import { readProgram } from './read-program.js';
import { composeProgram, writeProgram } from './write-program.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const delegate = (placement: DelegateSpec['placement'], data: string): DelegateSpec => ({
  backend: 'TensorRTBackend',
  placement,
  data: bytes(data),
  compileSpecs: [],
});
const program = (...delegates: DelegateSpec[]): Uint8Array =>
  writeProgram({ methods: [{ name: 'forward', delegates }] });

/** What a reader finds of what was written. */
function readBack(file: Uint8Array): ProgramSpec {
  const read = readProgram(file);
  if (!read.ok) throw new Error(read.fault.message);
  return {
    methods: read.program.methods.map(({ name, delegates, entryFault, exitFault }) => {
      expect([entryFault, exitFault]).toEqual([null, null]);
      return {
        name,
        delegates: delegates.map(({ backend, placement, data, compileSpecs }) => {
          if (!backend.ok || !data.ok || !compileSpecs.ok || placement === null)
            throw new Error('unreadable');
          return {
            backend: backend.value,
            placement,
            data: data.value.read().slice(),
            compileSpecs: compileSpecs.value,
          };
        }),
      };
    }),
  };
}

describe('composeProgram', () => {
  const engine = paddedTo(2 ** 33 + 5, Uint8Array.of(1, 2, 3));
  const data = composeBlob({ engine });
  const [placement, inline] = ['segment', 'inline'] as const;
  const delegate = { backend: 'B', placement, data, compileSpecs: [] };

  it('puts data of any size into segments without reading it, and shares what is the same', () => {
    const other = { ...delegate, data: composeBlob({ engine }) };
    const file = composeProgram({ methods: [{ name: 'forward', delegates: [delegate, delegate, other] }] });
    const read = readProgram(file);
    if (!read.ok) throw new Error(read.fault.message);
    const blobs = read.program.methods[0]?.delegates.map(({ data: range }) => {
      if (!range.ok) throw new Error(range.fault.message);
      const { at, size } = range.value;
      const decoded = decodeBlob(range.value);
      return { at, size, plan: decoded.ok && [decoded.blob.engine.size, ...decoded.blob.engine.read(0, 4)] };
    });
    const plan = [engine.size, 1, 2, 3, 0];
    const first = blobs?.[0]?.at ?? 0;
    expect(blobs).toEqual([
      { at: first, size: data.size, plan },
      { at: first, size: data.size, plan },
      { at: first + Math.ceil(data.size / 128) * 128, size: data.size, plan },
    ]);
    expect(file.size).toBeGreaterThan(2 ** 34);
  });

  it('can lay segments out in another order than they are numbered', () => {
    const delegates = ['first', 'second'].map((text) => ({ ...delegate, data: bytes(text) }));
    const file = composeProgram({ methods: [{ name: 'forward', delegates }] }, 'reversed');
    const read = readProgram(file);
    if (!read.ok) throw new Error(read.fault.message);
    const found = read.program.methods[0]?.delegates.map(({ data: range }) => {
      if (!range.ok) throw new Error(range.fault.message);
      return { at: range.value.at, text: new TextDecoder().decode(range.value.read()) };
    });
    expect(found?.map(({ text }) => text)).toEqual(['first', 'second']);
    expect(found?.[0]?.at).toBeGreaterThan(found?.[1]?.at ?? Infinity);
  });

  it('writes inline data into the flatbuffer', () => {
    const small = composeBlob({ engine: rangeOf(Uint8Array.of(7)).source });
    const spec = (each: DelegateSpec['data']): ProgramSpec => ({
      methods: [{ name: 'forward', delegates: [{ ...delegate, placement: inline, data: each }] }],
    });
    expect(writeProgram(spec(small))).toEqual(writeProgram(spec(encodeBlob({ engine: Uint8Array.of(7) }))));
  });
});

describe('writeProgram', () => {
  it('writes what a reader reads', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', ''));
    const spec = fc.record({ key: name, value: fc.uint8Array({ maxLength: 20 }) });
    const delegates = fc.record({
      backend: name,
      placement: fc.constantFrom('inline', 'segment'),
      data: fc.uint8Array({ maxLength: 300 }),
      compileSpecs: fc.array(spec, { maxLength: 3 }),
    });
    const methods = fc.uniqueArray(fc.record({ name, delegates: fc.array(delegates, { maxLength: 4 }) }), {
      selector: (method) => method.name,
      maxLength: 3,
    });
    fc.assert(
      fc.property(methods, (given) => {
        const sorted = [...given].sort((a, b) => (a.name < b.name ? -1 : 1));
        const written = writeProgram({ methods: given });
        expect(readBack(written)).toEqual({ methods: sorted });
        const composed = composeProgram({ methods: given });
        expect(composed.read(0, composed.size)).toEqual(written);
      }),
    );
  });

  it('puts methods in alphabetical order', () => {
    const methods = ['b', 'a', 'c', 'a'].map((name) => ({ name, delegates: [] }));
    expect(readBack(writeProgram({ methods })).methods.map(({ name }) => name)).toEqual(['a', 'a', 'b', 'c']);
  });

  it('lays segments out as the exporter does', () => {
    const file = program(
      delegate('segment', 'x'.repeat(100)),
      delegate('segment', 'y'.repeat(129)),
      delegate('segment', 'z'),
    );
    const read = readProgram(file);
    if (!read.ok) throw new Error(read.fault.message);
    const { header } = read.program;
    expect(header?.length).toBe(32);
    expect(Number(header?.segmentBase) % 128).toBe(0);
    // 100 and 129 bytes, each rounded up to a multiple of 128.
    expect(header?.segmentDataSize).toBe(128n + 256n + 1n);
    expect(BigInt(file.length)).toBe(
      Number(header?.segmentBase) > 0 ? (header?.segmentBase ?? 0n) + 385n : 0n,
    );
  });

  it('writes no header for inline data alone', () => {
    const read = readProgram(program(delegate('inline', 'data')));
    expect(read.ok && read.program.header).toBeNull();
  });

  it('shares equal data within a placement (WSB-PROG-04)', () => {
    for (const placement of ['inline', 'segment'] as const) {
      const alone = program(delegate(placement, 'x'.repeat(1000))).length;
      const twice = program(
        delegate(placement, 'x'.repeat(1000)),
        delegate(placement, 'x'.repeat(1000)),
      ).length;
      const apart = program(
        delegate(placement, 'x'.repeat(1000)),
        delegate(placement, 'y'.repeat(1000)),
      ).length;
      expect(twice - alone).toBeLessThan(500);
      expect(apart - alone).toBeGreaterThan(1000);
    }
  });

  it('puts all data at multiples of 16', () => {
    for (let size = 0; size < 40; size++) {
      for (const placement of ['inline', 'segment'] as const) {
        const file = program(delegate(placement, 'x'.repeat(size)), delegate(placement, 'marker'));
        expect(Buffer.from(file).indexOf('marker') % 16).toBe(0);
      }
    }
  });

  it('writes the same bytes each time', () => {
    const write = (): Uint8Array => program(delegate('segment', 'a'), delegate('inline', 'b'));
    const first = write();
    program(delegate('inline', 'other'));
    expect(write()).toEqual(first);
  });

  it('gives each delegate tensors of its own, and the method all of them', () => {
    const tensors: DelegateSpec['tensors'] = [
      { role: 'input', shape: [1, 16] },
      { role: 'output', shape: [2, 3] },
    ];
    const read = readProgram(
      program({ ...delegate('segment', 'a'), tensors }, delegate('segment', 'b'), {
        ...delegate('segment', 'c'),
        tensors,
      }),
    );
    if (!read.ok) throw new Error(read.fault.message);
    const tensor = (shape: readonly number[]): object => ({
      kind: 'tensor',
      shape,
      dynamism: 'static',
      scalarType: 5,
      elementBytes: 2,
      device: { type: 0, index: 0 },
      arena: null,
      place: 'caller',
    });
    const pair = [tensor([1, 16]), tensor([2, 3])];
    expect(read.program.methods[0]).toMatchObject({
      values: [{ kind: 'none' }, ...pair, ...pair],
      inputs: { ok: true, value: [1, 3] },
      outputs: { ok: true, value: [2, 4] },
      chains: [
        [
          { kind: 'delegate', index: 0, args: [1, 2] },
          { kind: 'delegate', index: 1, args: [] },
          { kind: 'delegate', index: 2, args: [3, 4] },
        ],
      ],
    });
  });

  it('puts tensors, arenas and calls where a plan says', () => {
    const [host, device] = [
      { type: 0, index: 0 },
      { type: 1, index: 3 },
    ];
    const plan = {
      arenas: [
        { bytes: 16n, device: host },
        { bytes: 32n, device },
      ],
      tensors: [
        { shape: [1, 4], arena: 0, offset: 0, device: host },
        { shape: [1, 4], arena: 1, offset: 16, device },
      ],
      inputs: [0],
      outputs: [1],
      calls: [
        { operator: 'et_copy::_h2d_copy.out', args: [0, 1, 1] },
        { delegate: 0, args: [1] },
        { operator: 'executorch_prim::nothing', args: [] },
      ],
    };
    const delegates = [delegate('segment', 'a')];
    const kernels = new Set(['et_copy::_h2d_copy.out', 'executorch_prim::nothing']);
    const file = writeProgram({ methods: [{ name: 'forward', delegates, plan }] });
    const read = readProgram(file, 'internal-consistency', 'unknown', kernels);
    if (!read.ok) throw new Error(read.fault.message);
    const tensor = (arena: number, tag: object): object => ({
      kind: 'tensor',
      shape: [1, 4],
      dynamism: 'static',
      scalarType: 5,
      elementBytes: 2,
      device: tag,
      arena,
      place: 'planned',
    });
    expect(read.program.methods[0]).toMatchObject({
      plannedBytes: [16n, 32n],
      plannedDevices: [host, device],
      values: [{ kind: 'none' }, tensor(0, host), tensor(1, device)],
      inputs: { ok: true, value: [1] },
      outputs: { ok: true, value: [2] },
      chains: [
        [
          { kind: 'kernel', operator: 'et_copy::_h2d_copy.out', args: [1, 2, 2] },
          { kind: 'delegate', index: 0, args: [2] },
          { kind: 'kernel', operator: 'executorch_prim::nothing', args: [] },
        ],
      ],
      exitFault: null,
    });
  });

  it.each([
    ['behind one with a kernel, is found fault with', ['known::one', 'x'.repeat(100)], 'long-operator'],
    ['before one with a kernel, is forgotten and called', ['x'.repeat(100), 'known::one'], 'crash-hazard'],
  ])('writes operators: a name that is too long, %s', (_what, operators, code) => {
    const calls = operators.map((operator) => ({ operator, args: [] }));
    const plan = { arenas: [], tensors: [], inputs: [], outputs: [], calls };
    const file = writeProgram({ methods: [{ name: 'forward', delegates: [], plan }] });
    const read = readProgram(file, 'internal-consistency', 'unknown', new Set(['known::one']));
    if (!read.ok) throw new Error(read.fault.message);
    expect(read.program.methods[0]?.exitFault).toMatchObject({ code });
  });
});
