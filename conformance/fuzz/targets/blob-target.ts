import { decodeBlob, encodeBlob, encodePlan, scriptedPlan } from '../../../reference/index.js';
import { decodeMetadata, type DecodedMetadata } from '../../../reference/blob/decode-metadata.js';
import * as layout from '../../../reference/blob/layout.js';
import { METADATA_RULES } from '../../../reference/blob/metadata-rules.js';
import type { Random } from '../../generators/random.js';
import { bytesOf } from '../../model/text.js';
import { mutateJson } from './mutate-json.js';
import { type ReaderTarget, REFUSED } from './reader-target.js';
import { hexOf } from './texts.js';

/** The blob of an engine, or its metadata alone. */
export const BLOB_TARGET: ReaderTarget = {
  name: 'blob',
  what: 'the blob of an engine and its metadata',
  read: readBlob,
  twin: 'equal',
  seeds: () => [
    encodeBlob({ engine: encodePlan(scriptedPlan()) }),
    withMetadata(METADATA),
    bytesOf(METADATA),
  ],
  mutate: mutateMetadata,
};

const METADATA = JSON.stringify({
  io_bindings: [
    { name: 'input_0', dtype: 'float16', shape: [2, -1], is_input: true },
    { name: 'output_0', dtype: '', shape: [], is_input: false },
  ],
  aliased_io: [{ output: 'output_0', input: 'input_0', kind: 'user' }],
  hardware_compatible: true,
  device_id: 1,
});

/** What stands in the names of faults that keep a blob from being looked at as one. */
const NO_BLOB = ['too-short', 'unknown-magic'];

function readBlob(input: Uint8Array): string {
  const decoded = decodeBlob(input);
  if (decoded.ok) {
    const { engine, engineSize } = decoded.blob;
    return `engine ${engine.at} ${engineSize}\n${metadataText(decoded.blob)}`;
  }
  if (!NO_BLOB.includes(decoded.fault.code)) return REFUSED;
  const read = decodeMetadata(input, METADATA_RULES);
  return read.ok ? metadataText(read.metadata) : REFUSED;
}

type Told = Pick<DecodedMetadata, 'deviceId' | 'inputs' | 'outputs' | 'aliases'>;

function metadataText({ deviceId, inputs, outputs, aliases }: Told): string {
  const lines = [
    `device ${deviceId}`,
    ...inputs.map((name) => `input ${hexOf(name)}`),
    ...outputs.map((name) => `output ${hexOf(name)}`),
    ...aliases.map(({ output, input, kind }) => `alias ${hexOf(output)} ${hexOf(input)} ${hexOf(kind)}`),
  ];
  return `${lines.join('\n')}\n`;
}

const ENGINE_BYTES = 16;

/** A blob around that text, its header as it should be. */
function withMetadata(text: string): Uint8Array {
  const metadata = bytesOf(text);
  const engine = Math.ceil((layout.BLOB_HEADER_BYTES + metadata.length) / ENGINE_BYTES) * ENGINE_BYTES;
  const bytes = new Uint8Array(engine + ENGINE_BYTES);
  bytes.set(bytesOf(layout.BLOB_MAGICS[0]));
  bytes.set(metadata, layout.BLOB_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(layout.METADATA_OFFSET_AT, layout.BLOB_HEADER_BYTES, true);
  view.setUint32(layout.METADATA_SIZE_AT, metadata.length, true);
  view.setUint32(layout.ENGINE_OFFSET_AT, engine, true);
  view.setBigUint64(layout.ENGINE_SIZE_AT, BigInt(ENGINE_BYTES), true);
  return bytes;
}

/** Changes the metadata of an input as JSON, and half of the time puts a header before it. */
function mutateMetadata(random: Random, input: Uint8Array): Uint8Array | null {
  const changed = mutateJson(random, decodeBlob(input).ok ? metadataOf(input) : input);
  if (changed === null) return null;
  return random.chance(50) ? withMetadata(changed) : bytesOf(changed);
}

/** Of a blob that was decoded. */
function metadataOf(blob: Uint8Array): Uint8Array {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.length);
  const at = view.getUint32(layout.METADATA_OFFSET_AT, true);
  return blob.subarray(at, at + view.getUint32(layout.METADATA_SIZE_AT, true));
}
