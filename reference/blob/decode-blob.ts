import { rangeOf, type ByteRange } from '../source/byte-range.js';
import type { BlobAlias } from './blob-metadata.js';
import { blobFault, type BlobFault } from './blob-fault.js';
import { decodeMetadata, type DescribedTensor } from './decode-metadata.js';
import * as layout from './layout.js';
import { METADATA_RULES, type MetadataRules } from './metadata-rules.js';

/** An engine blob as a delegate reads it. */
export interface DecodedBlob {
  readonly magic: layout.BlobMagic;
  /**
   * Names of the inputs and of the outputs, each in order; both empty when the blob leaves them to
   * be inferred.
   */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** What the entries say of types and shapes, in their order; no delegate goes by it. */
  readonly described: readonly DescribedTensor[];
  readonly aliases: readonly BlobAlias[];
  readonly hardwareCompatible: boolean;
  readonly deviceId: number;
  /** The bytes of the TensorRT plan, not read. */
  readonly engine: ByteRange;
  /**
   * Bytes that the plan is said to have; more than `engine` has where it reaches out of what is
   * known.
   */
  readonly engineSize: number;
}

/** A blob, or why the bytes are none. */
export type BlobResult =
  { readonly ok: true; readonly blob: DecodedBlob } | { readonly ok: false; readonly fault: BlobFault };

/**
 * Reads the header and the metadata of an engine blob; every fault is data. The metadata is read by
 * `rules`, those of the specification unless given. Of the bytes that the blob is said
 * to have, those behind `data` are zeros; the first 32 are known.
 *
 * @param claimed - how many it is said to have; as many as `data` has unless given
 */
export function decodeBlob(
  data: Uint8Array | ByteRange,
  rules: MetadataRules = METADATA_RULES,
  claimed?: number,
): BlobResult {
  const range = data instanceof Uint8Array ? rangeOf(data) : data;
  const size = claimed ?? range.size;
  if (size < layout.BLOB_HEADER_BYTES) {
    return rejected(
      blobFault('too-short', `the blob has ${size} bytes; its header alone has ${layout.BLOB_HEADER_BYTES}`),
    );
  }
  const bytes = range.read(0, layout.BLOB_HEADER_BYTES);
  // WSB-BLOB-01
  const magic = readMagic(bytes);
  if (magic === null) {
    const text = String.fromCharCode(...bytes.subarray(0, 4));
    return rejected(
      blobFault('unknown-magic', `the magic is ${JSON.stringify(text)}, neither TR01 nor TR02`),
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const placed = readPlaces(view);
  const fault = placeFault(placed, BigInt(size));
  if (fault !== null) return rejected(fault);

  const { metadataAt, metadataSize, engineAt, engineSize } = placed;
  const decoded = decodeMetadata(range.read(metadataAt, metadataSize), rules);
  if (!decoded.ok) return rejected(decoded.fault);
  const engine = range.part(engineAt, Number(engineSize));
  return { ok: true, blob: { magic, ...decoded.metadata, engine, engineSize: Number(engineSize) } };
}

function readMagic(bytes: Uint8Array): layout.BlobMagic | null {
  const isMagic = (magic: string): boolean => {
    for (let at = 0; at < magic.length; at++) if (bytes[at] !== magic.charCodeAt(at)) return false;
    return true;
  };
  return layout.BLOB_MAGICS.find(isMagic) ?? null;
}

interface Places {
  readonly metadataAt: number;
  readonly metadataSize: number;
  readonly engineAt: number;
  readonly engineSize: bigint;
}

function readPlaces(view: DataView): Places {
  return {
    metadataAt: view.getUint32(layout.METADATA_OFFSET_AT, true),
    metadataSize: view.getUint32(layout.METADATA_SIZE_AT, true),
    engineAt: view.getUint32(layout.ENGINE_OFFSET_AT, true),
    engineSize: view.getBigUint64(layout.ENGINE_SIZE_AT, true),
  };
}

const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * What is wrong with the offsets and sizes of a header. Sums are exact, so none wraps
 * (WSB-BLOB-03).
 */
function placeFault(
  { metadataAt, metadataSize, engineAt, engineSize }: Places,
  size: bigint,
): BlobFault | null {
  const metadataEnd = BigInt(metadataAt) + BigInt(metadataSize);
  const engineEnd = BigInt(engineAt) + engineSize;
  if (metadataAt < layout.BLOB_HEADER_BYTES) {
    return blobFault('metadata-offset', `the metadata starts at ${metadataAt}, inside the header`);
  }
  if (metadataEnd > size) {
    return blobFault(
      'metadata-out-of-bounds',
      `the metadata ends at ${metadataEnd.toString()} of ${size.toString()} bytes`,
    );
  }
  if (engineAt % layout.ENGINE_ALIGNMENT !== 0) {
    return blobFault(
      'engine-alignment',
      `the engine starts at ${engineAt}, which is not a multiple of ${layout.ENGINE_ALIGNMENT}`,
    );
  }
  if (engineEnd > MAX_UINT64) {
    return blobFault(
      'size-wraps',
      `the engine's size ${engineSize.toString()} wraps around 64 bits after its offset ${engineAt}`,
    );
  }
  if (engineEnd > size) {
    return blobFault(
      'engine-out-of-bounds',
      `the engine ends at ${engineEnd.toString()} of ${size.toString()} bytes`,
    );
  }
  return metadataEnd > BigInt(engineAt)
    ? blobFault(
        'overlap',
        `the metadata ends at ${metadataEnd.toString()}, after the start of the engine at ${engineAt}`,
      )
    : null;
}

function rejected(fault: BlobFault): BlobResult {
  return { ok: false, fault };
}
