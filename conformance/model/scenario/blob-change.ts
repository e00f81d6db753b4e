import type { BlobMetadata } from '../../../reference/index.js';
import type { BlobChange } from './scenario.js';
import { bytesOf, labelOf, type Text } from '../text.js';

/** The fields of a blob's header: offset and size in bytes. */
const FIELDS = {
  metadataOffset: [4, 4],
  metadataSize: [8, 4],
  engineOffset: [12, 4],
  engineSize: [16, 8],
} as const;

type Field = keyof typeof FIELDS;

const HEADER_BYTES = 32;
const RESERVED_BYTES = 8;
const ALIGNMENT = 16;
const TWO_TO_64 = 2n ** 64n;

/** A blob whose metadata holds these keys beside the writer's defaults. */
export function metadata(label: string, keys: Partial<BlobMetadata>, magic?: 'TR01' | 'TR02'): BlobChange {
  return magic === undefined
    ? { label, metadata: keys }
    : { label: `${magic}:${label}`, metadata: keys, magic };
}

/** A blob with that magic and otherwise the writer's. */
export function magic(text: Text): BlobChange {
  return { label: `magic ${labelOf(text)}`, edit: (blob) => put(blob, 0, bytesOf(text)) };
}

/** A blob with that number in a field of its header. */
export function field(name: Field, value: bigint): BlobChange {
  return { label: `${name}=${value}`, edit: (blob) => withField(blob, name, value) };
}

/** A blob with a field of its header greater by `more`. */
export function more(name: Field, by: bigint): BlobChange {
  const sign = by < 0n ? '' : '+';
  return { label: `${name}${sign}${by}`, edit: (blob) => withField(blob, name, readField(blob, name) + by) };
}

/** A blob whose engine offset and engine size add up to 2^64 and `by` more. */
export function wrappingEngine(by: bigint): BlobChange {
  return {
    label: `engineOffset+engineSize=2^64${by < 0n ? '' : '+'}${by}`,
    edit: (blob) => withField(blob, 'engineSize', TWO_TO_64 - readField(blob, 'engineOffset') + by),
  };
}

/** A blob that says its metadata ends `by` bytes behind the start of its engine. */
export function metadataPastEngine(by: bigint): BlobChange {
  return {
    label: `metadataEnd=engineOffset+${by}`,
    edit: (blob) =>
      withField(
        blob,
        'metadataSize',
        readField(blob, 'engineOffset') - readField(blob, 'metadataOffset') + by,
      ),
  };
}

/** A blob whose metadata begins in the eight reserved bytes at the end of its header. */
export function metadataInHeader(text: Text): BlobChange {
  return {
    label: `metadata ${labelOf(text)} from byte 24`,
    edit: (blob) => {
      const bytes = bytesOf(text);
      const start = HEADER_BYTES - RESERVED_BYTES;
      const engineOffset = Math.ceil((start + bytes.length) / ALIGNMENT) * ALIGNMENT;
      const behind = layOut(blob, bytes.subarray(RESERVED_BYTES), engineOffset);
      const moved = put(behind, start, bytes.subarray(0, RESERVED_BYTES));
      const sized = withField(moved, 'metadataSize', BigInt(bytes.length));
      return withField(sized, 'metadataOffset', BigInt(start));
    },
  };
}

/** The first bytes of a blob. */
export function firstBytes(length: number): BlobChange {
  return { label: `first ${length} bytes`, edit: (blob) => blob.slice(0, length) };
}

/** Other bytes instead of a blob. */
export function insteadOfBlob(bytes: Text): BlobChange {
  return { label: labelOf(bytes), edit: () => bytesOf(bytes) };
}

/** A blob with these eight reserved bytes. */
export function reserved(bytes: Text): BlobChange {
  return { label: `reserved ${labelOf(bytes)}`, edit: (blob) => put(blob, 24, bytesOf(bytes)) };
}

/** A blob with one byte of its header or metadata changed. */
export function byteAt(offset: number, value: number): BlobChange {
  return { label: `byte ${offset}=${value}`, edit: (blob) => put(blob, offset, Uint8Array.of(value)) };
}

/** A blob with its engine `by` bytes further on, the header telling so. */
export function movedEngine(by: number): BlobChange {
  return {
    label: `engine moved by ${by}`,
    edit: (blob) => layOut(blob, metadataOf(blob), Number(readField(blob, 'engineOffset')) + by),
  };
}

/** A blob with `text` for its metadata. */
export function rawMetadata(text: Text): BlobChange {
  return {
    label: `metadata ${labelOf(text)}`,
    edit: (blob) => {
      const bytes = bytesOf(text);
      return layOut(blob, bytes, Math.ceil((HEADER_BYTES + bytes.length) / ALIGNMENT) * ALIGNMENT);
    },
  };
}

/** A changed blob with that value in the last byte before its engine, which is filler. */
export function lastFiller({ label, edit }: BlobChange, value: number): BlobChange {
  return {
    label: `${label}, last filler ${value}`,
    edit: (blob) => {
      const changed = edit?.(blob) ?? blob;
      return put(changed, Number(readField(changed, 'engineOffset')) - 1, Uint8Array.of(value));
    },
  };
}

/** A blob with that many zeros behind its engine. */
export function behindEngine(count: number): BlobChange {
  return {
    label: `${count} behind the engine`,
    edit: (blob) => Uint8Array.from([...blob, ...new Uint8Array(count)]),
  };
}

/**
 * A blob whose plan does not begin as a scripted one does, so that nobody but TensorRT can tell
 * what it is.
 */
export function unknownPlan(): BlobChange {
  return {
    label: 'unknown plan',
    edit: (blob) => put(blob, Number(readField(blob, 'engineOffset')), new Uint8Array(4)),
  };
}

function layOut(blob: Uint8Array, metadataBytes: Uint8Array, engineOffset: number): Uint8Array {
  const engine = blob.subarray(Number(readField(blob, 'engineOffset')));
  const moved = new Uint8Array(engineOffset + engine.length);
  moved.set(blob.subarray(0, HEADER_BYTES));
  moved.set(metadataBytes, HEADER_BYTES);
  moved.set(engine, engineOffset);
  const sized = withField(moved, 'metadataSize', BigInt(metadataBytes.length));
  return withField(sized, 'engineOffset', BigInt(engineOffset));
}

function metadataOf(blob: Uint8Array): Uint8Array {
  return blob.slice(HEADER_BYTES, HEADER_BYTES + Number(readField(blob, 'metadataSize')));
}

function readField(blob: Uint8Array, name: Field): bigint {
  const [at, size] = FIELDS[name];
  const view = new DataView(blob.buffer, blob.byteOffset, blob.length);
  return size === 4 ? BigInt(view.getUint32(at, true)) : view.getBigUint64(at, true);
}

function withField(blob: Uint8Array, name: Field, value: bigint): Uint8Array {
  const [at, size] = FIELDS[name];
  const copy = blob.slice();
  const view = new DataView(copy.buffer);
  if (size === 4) view.setUint32(at, Number(BigInt.asUintN(32, value)), true);
  else view.setBigUint64(at, BigInt.asUintN(64, value), true);
  return copy;
}

function put(blob: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const copy = blob.slice();
  copy.set(bytes, at);
  return copy;
}
