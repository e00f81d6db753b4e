import type { ByteRange } from '../source/byte-range.js';
import * as layout from '../blob/layout.js';

const RESERVED = [1, 0, 0, 0, 0, 0, 0, 0];

/**
 * Whether the parts of a valid engine blob stand where an exporter puts them (WSB-EXPORT-07):
 * metadata at 32, zeros up to the engine, the engine at the next multiple of 16 and up to the end.
 */
export function hasCanonicalLayout(blob: ByteRange): boolean {
  const header = blob.read(0, layout.BLOB_HEADER_BYTES);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const metadataAt = view.getUint32(layout.METADATA_OFFSET_AT, true);
  const metadataEnd = metadataAt + view.getUint32(layout.METADATA_SIZE_AT, true);
  const engineAt = view.getUint32(layout.ENGINE_OFFSET_AT, true);
  const engineEnd = BigInt(engineAt) + view.getBigUint64(layout.ENGINE_SIZE_AT, true);
  return (
    metadataAt === layout.BLOB_HEADER_BYTES &&
    engineAt === Math.ceil(metadataEnd / layout.ENGINE_ALIGNMENT) * layout.ENGINE_ALIGNMENT &&
    engineEnd === BigInt(blob.size) &&
    blob.read(metadataEnd, engineAt - metadataEnd).every((byte) => byte === 0) &&
    RESERVED.every((byte, n) => header[layout.RESERVED_AT + n] === byte)
  );
}
