import { MemorySource, type ByteSource } from '../source/byte-source.js';
import { inARow, SparseSource } from '../source/sparse-source.js';
import type { BlobMetadata } from './blob-metadata.js';
import * as layout from './layout.js';

const encoder = new TextEncoder();

const DEFAULT_METADATA: BlobMetadata = {
  io_bindings: [],
  aliased_io: [],
  hardware_compatible: false,
  device_id: 0,
  serialized_metadata: '',
  target_platform: '',
};

/** What an engine blob is written from. */
export interface BlobSpec {
  /** Absent: `TR02` when there are aliases, else `TR01`. */
  readonly magic?: layout.BlobMagic;
  /** Keys that are absent get their default. */
  readonly metadata?: Partial<BlobMetadata>;
  /** The bytes of the TensorRT plan. */
  readonly engine: Uint8Array;
}

/** A blob whose plan may be of any size, and is in memory or not. */
export type LargeBlobSpec = Omit<BlobSpec, 'engine'> & { readonly engine: ByteSource };

/**
 * Writes an engine blob as the exporter does: header, metadata at 32, zeros up to a multiple of 16,
 * engine.
 */
export function encodeBlob({ engine, ...spec }: BlobSpec): Uint8Array {
  const head = encodeHead(spec, engine.length);
  const bytes = new Uint8Array(head.length + engine.length);
  bytes.set(head);
  bytes.set(engine, head.length);
  return bytes;
}

/** An engine blob as {@link encodeBlob} writes it, of a plan that is not read. */
export function composeBlob({ engine, ...spec }: LargeBlobSpec): ByteSource {
  const head = encodeHead(spec, engine.size);
  return new SparseSource(head.length + engine.size, inARow([new MemorySource(head), engine]));
}

/** What comes before the engine. */
function encodeHead(spec: Omit<BlobSpec, 'engine'>, engineSize: number): Uint8Array {
  const metadata = { ...DEFAULT_METADATA, ...spec.metadata };
  const magic = spec.magic ?? (metadata.aliased_io.length > 0 ? 'TR02' : 'TR01');
  const json = encoder.encode(JSON.stringify(metadata));
  const metadataEnd = layout.BLOB_HEADER_BYTES + json.length;
  const engineAt = Math.ceil(metadataEnd / layout.ENGINE_ALIGNMENT) * layout.ENGINE_ALIGNMENT;

  const bytes = new Uint8Array(engineAt);
  const view = new DataView(bytes.buffer);
  encoder.encodeInto(magic, bytes);
  view.setUint32(layout.METADATA_OFFSET_AT, layout.BLOB_HEADER_BYTES, true);
  view.setUint32(layout.METADATA_SIZE_AT, json.length, true);
  view.setUint32(layout.ENGINE_OFFSET_AT, engineAt, true);
  view.setBigUint64(layout.ENGINE_SIZE_AT, BigInt(engineSize), true);
  view.setUint8(layout.RESERVED_AT, 1);
  bytes.set(json, layout.BLOB_HEADER_BYTES);
  return bytes;
}
