import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBlob } from './decode-blob.js';
import { encodeBlob } from './encode-blob.js';

const encoder = new TextEncoder();
const engine = encoder.encode('an engine');

/** A blob around metadata given as text. */
function withMetadata(json: string, magic = 'TR01'): Uint8Array {
  const metadata = encoder.encode(json);
  const engineAt = Math.ceil((32 + metadata.length) / 16) * 16;
  const bytes = new Uint8Array(engineAt + engine.length);
  const view = new DataView(bytes.buffer);
  bytes.set(encoder.encode(magic));
  view.setUint32(4, 32, true);
  view.setUint32(8, metadata.length, true);
  view.setUint32(12, engineAt, true);
  view.setBigUint64(16, BigInt(engine.length), true);
  bytes.set(metadata, 32);
  bytes.set(engine, engineAt);
  return bytes;
}

/** The fault of a blob, as code and clause; null when there is none. */
function fault(bytes: Uint8Array): string | null {
  const decoded = decodeBlob(bytes);
  return decoded.ok ? null : `${decoded.fault.code} ${decoded.fault.clause}`;
}

describe('an engine blob', () => {
  it('comes back as it was written', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((text) => !text.includes('\0'));
    const bindings = fc.array(
      fc.record({ name, dtype: fc.string(), shape: fc.array(fc.nat()), is_input: fc.boolean() }),
    );
    const aliases = fc.array(fc.record({ output: name, input: name, kind: fc.string() }));
    fc.assert(
      fc.property(
        bindings,
        aliases,
        fc.nat(2 ** 31 - 1),
        fc.uint8Array(),
        (io_bindings, aliased_io, device_id, plan) => {
          const bytes = encodeBlob({ metadata: { io_bindings, aliased_io, device_id }, engine: plan });
          const decoded = decodeBlob(bytes);
          expect(decoded.ok && { ...decoded.blob, engine: decoded.blob.engine.read() }).toEqual({
            magic: aliased_io.length > 0 ? 'TR02' : 'TR01',
            inputs: io_bindings.filter((binding) => binding.is_input).map((binding) => binding.name),
            outputs: io_bindings.filter((binding) => !binding.is_input).map((binding) => binding.name),
            described: io_bindings.map(({ name: of, dtype, shape }) => ({
              name: of,
              dtype: dtype === '' ? null : dtype,
              shape: shape.length === 0 ? null : shape,
            })),
            aliases: aliased_io,
            hardwareCompatible: false,
            deviceId: device_id,
            engine: plan,
            engineSize: plan.length,
          });
        },
      ),
    );
  });

  it('is laid out as the exporter does it', () => {
    const bytes = encodeBlob({ magic: 'TR02', engine });
    const view = new DataView(bytes.buffer);
    const metadata = new TextDecoder().decode(bytes.subarray(32, 32 + view.getUint32(8, true)));
    expect(Object.keys(JSON.parse(metadata) as object)).toEqual([
      'io_bindings',
      'aliased_io',
      'hardware_compatible',
      'device_id',
      'serialized_metadata',
      'target_platform',
    ]);
    expect(view.getUint32(4, true)).toBe(32);
    expect(view.getUint32(12, true) % 16).toBe(0);
    expect([...bytes.subarray(24, 32)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('TR02');
  });

  it('needs its header and one of two magics (WSB-BLOB-01, WSB-BLOB-02)', () => {
    expect(fault(encodeBlob({ engine }).subarray(0, 31))).toBe('too-short WSB-BLOB-02');
    expect(fault(withMetadata('{"io_bindings":[]}', 'TR02'))).toBeNull();
    expect(fault(withMetadata('{"io_bindings":[]}', 'TR03'))).toBe('unknown-magic WSB-BLOB-01');
    expect(fault(withMetadata('{"io_bindings":[]}', 'tr01'))).toBe('unknown-magic WSB-BLOB-01');
  });

  it('ignores its reserved bytes (WSB-BLOB-08)', () => {
    const bytes = encodeBlob({ engine });
    bytes.fill(0xff, 24, 32);
    expect(fault(bytes)).toBeNull();
  });

  it.each<[string, (view: DataView, size: number) => void, string | null]>([
    [
      'metadata in the header',
      (view) => {
        view.setUint32(4, 31, true);
      },
      'metadata-offset WSB-BLOB-02',
    ],
    [
      'metadata beyond the end',
      (view, size) => {
        view.setUint32(8, size - 31, true);
      },
      'metadata-out-of-bounds WSB-BLOB-02',
    ],
    [
      'metadata of 2^32 - 1 bytes',
      (view) => {
        view.setUint32(8, 2 ** 32 - 1, true);
      },
      'metadata-out-of-bounds WSB-BLOB-02',
    ],
    [
      'an engine at an odd place',
      (view) => {
        view.setUint32(12, view.getUint32(12, true) - 8, true);
      },
      'engine-alignment WSB-BLOB-04',
    ],
    [
      'an engine over the metadata',
      (view) => {
        view.setUint32(12, 32, true);
      },
      'overlap WSB-BLOB-02',
    ],
    [
      'an engine that ends one byte late',
      (view) => {
        view.setBigUint64(16, BigInt(engine.length + 1), true);
      },
      'engine-out-of-bounds WSB-BLOB-02',
    ],
    [
      'an engine that ends one byte early',
      (view) => {
        view.setBigUint64(16, BigInt(engine.length - 1), true);
      },
      null,
    ],
    [
      'an engine of no bytes',
      (view) => {
        view.setBigUint64(16, 0n, true);
      },
      null,
    ],
    [
      'an engine of 2^64 - 1 bytes',
      (view) => {
        view.setBigUint64(16, 2n ** 64n - 1n, true);
      },
      'size-wraps WSB-BLOB-03',
    ],
    [
      'an engine whose end wraps to 0',
      (view) => {
        view.setBigUint64(16, 2n ** 64n - BigInt(view.getUint32(12, true)), true);
      },
      'size-wraps WSB-BLOB-03',
    ],
    [
      'an engine whose end just does not wrap',
      (view) => {
        view.setBigUint64(16, 2n ** 64n - 1n - BigInt(view.getUint32(12, true)), true);
      },
      'engine-out-of-bounds WSB-BLOB-02',
    ],
  ])('with %s', (_, edit, expected) => {
    const bytes = encodeBlob({ engine });
    edit(new DataView(bytes.buffer), bytes.length);
    expect(fault(bytes)).toBe(expected);
  });

  it.each([
    ['{"io_bindings":[]}', null],
    [' {\n"io_bindings" : [ ] }\t', null],
    ['{"\\u0069o_bindings":[]}', null],
    ['{"io_bindings":[],"other":{"device_id":"x"},"device_idx":null}', null],
    ['{"io_bindings":[]}x', 'not-json WSB-BLOB-05'],
    ['', 'not-json WSB-BLOB-05'],
    ['[]', 'bad-member WSB-BLOB-05'],
    ['null', 'bad-member WSB-BLOB-05'],
    ['{}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":{}}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[1]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[{"is_input":true}]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[{"name":"","is_input":true}]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[{"name":"a\\u0000","is_input":true}]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[{"name":"a"}]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[{"name":"a","is_input":1}]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[],"aliased_io":null}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[],"aliased_io":[1]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[],"aliased_io":[{"input":"a"}]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[],"aliased_io":[{"output":"a"}]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[],"aliased_io":[{"output":"a","input":"b","kind":1}]}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[],"hardware_compatible":0}', 'bad-member WSB-BLOB-05'],
    ['{"io_bindings":[],"device_id":2147483647}', null],
    ['{"io_bindings":[],"device_id":-0}', null],
    ['{"io_bindings":[],"device_id":2147483648}', 'device-id WSB-BLOB-06'],
    ['{"io_bindings":[],"device_id":4294967296}', 'device-id WSB-BLOB-06'],
    ['{"io_bindings":[],"device_id":-1}', 'device-id WSB-BLOB-06'],
    ['{"io_bindings":[],"device_id":0.9}', 'device-id WSB-BLOB-06'],
    ['{"io_bindings":[],"device_id":1e0}', 'device-id WSB-BLOB-06'],
    ['{"io_bindings":[],"device_id":"0"}', 'device-id WSB-BLOB-06'],
  ])('with the metadata %s', (json, expected) => {
    expect(fault(withMetadata(json))).toBe(expected);
  });

  it('fills in what the metadata leaves out (WSB-BLOB-15)', () => {
    const decoded = decodeBlob(
      withMetadata(
        '{"io_bindings":[],"hardware_compatible":true,"aliased_io":[{"output":"o","input":"caf\\u00e9"}]}',
      ),
    );
    expect(decoded).toMatchObject({
      blob: {
        hardwareCompatible: true,
        deviceId: 0,
        aliases: [{ output: 'o', input: 'café', kind: 'kv_cache_update' }],
      },
    });
  });

  it('is data for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const blob = encodeBlob({ engine });
        blob.set(bytes.subarray(0, blob.length), 4);
        expect(typeof decodeBlob(blob).ok).toBe('boolean');
      }),
    );
  });
});
