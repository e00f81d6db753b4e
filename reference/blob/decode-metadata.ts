import { blobFault, type BlobFault } from './blob-fault.js';
import type { BlobAlias } from './blob-metadata.js';
import type { Json } from './json.js';
import { parseJson } from './parse-json.js';
import type { MetadataRules } from './metadata-rules.js';
import { MAX_DEVICE_ID } from './read-device-id.js';
import { readTensorName } from './read-tensor-name.js';

/** What a delegate takes from the metadata of a blob. */
export interface DecodedMetadata {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** What the entries say of types and shapes, in their order; no delegate goes by it. */
  readonly described: readonly DescribedTensor[];
  readonly aliases: readonly BlobAlias[];
  readonly hardwareCompatible: boolean;
  readonly deviceId: number;
}

/**
 * What an entry of `io_bindings` says of a tensor; null where that is nothing, or no type or shape.
 */
export interface DescribedTensor {
  readonly name: string;
  readonly dtype: string | null;
  readonly shape: readonly number[] | null;
}

/** The metadata, or why there is none. */
export type MetadataResult =
  | { readonly ok: true; readonly metadata: DecodedMetadata }
  | { readonly ok: false; readonly fault: BlobFault };

type Members = ReadonlyMap<string, Json>;

/**
 * Reads the metadata of a blob: JSON proper with an array `io_bindings` (WSB-BLOB-05). Keys that
 * are not named here are ignored, whatever they hold (WSB-BLOB-07). `rules` read the members.
 */
export function decodeMetadata(bytes: Uint8Array, rules: MetadataRules): MetadataResult {
  const json = parseJson(bytes);
  if (json === null) {
    return {
      ok: false,
      fault: blobFault('not-json', 'the metadata is not JSON in UTF-8, or nests deeper than 64 levels'),
    };
  }
  if (json.kind !== 'object')
    return { ok: false, fault: blobFault('bad-member', 'the metadata is not an object') };
  const bindings = readBindings(json.members);
  if (bindings === null) {
    return bad(
      'io_bindings is not an array of entries that each have a name and say whether they are an input',
    );
  }
  const aliases = readAliases(json.members, rules);
  if (aliases === null)
    return bad('aliased_io is not an array of entries that each name an output and an input');
  const compatible = json.members.get('hardware_compatible');
  if (compatible !== undefined && compatible.kind !== 'boolean')
    return bad('hardware_compatible is not a Boolean');
  const deviceId = rules.readDeviceId(json.members.get('device_id'));
  if (deviceId === null) {
    return {
      ok: false,
      fault: blobFault('device-id', `device_id is not an integer from 0 to ${MAX_DEVICE_ID}`),
    };
  }
  return {
    ok: true,
    metadata: { ...bindings, aliases, hardwareCompatible: compatible?.value ?? false, deviceId },
  };
}

function readBindings(metadata: Members): Pick<DecodedMetadata, 'inputs' | 'outputs' | 'described'> | null {
  const list = metadata.get('io_bindings');
  if (list?.kind !== 'array') return null;
  const inputs: string[] = [];
  const outputs: string[] = [];
  const described: DescribedTensor[] = [];
  for (const entry of list.items) {
    if (entry.kind !== 'object') return null;
    const name = readTensorName(entry.members.get('name'));
    const isInput = entry.members.get('is_input');
    if (name === null || isInput?.kind !== 'boolean') return null;
    (isInput.value ? inputs : outputs).push(name);
    described.push({ name, ...readDescription(entry.members) });
  }
  return { inputs, outputs, described };
}

/** An exporter that does not know a tensor leaves its type or its shape empty. */
function readDescription(entry: Members): Pick<DescribedTensor, 'dtype' | 'shape'> {
  const [dtype, shape] = [entry.get('dtype'), entry.get('shape')];
  const sizes = (shape?.kind === 'array' ? shape.items : []).map((size) =>
    size.kind === 'number' ? Number(size.text) : NaN,
  );
  return {
    dtype: dtype?.kind === 'string' && dtype.text !== '' ? dtype.text : null,
    shape: sizes.length === 0 ? null : sizes,
  };
}

function readAliases(metadata: Members, rules: MetadataRules): readonly BlobAlias[] | null {
  const list = metadata.get('aliased_io');
  if (list === undefined) return [];
  if (list.kind !== 'array') return null;
  const aliases: BlobAlias[] = [];
  for (const entry of list.items) {
    if (entry.kind !== 'object') return null;
    const output = rules.readAliasName(entry.members.get('output'));
    const input = rules.readAliasName(entry.members.get('input'));
    const kind = rules.readAliasKind(entry.members.get('kind'));
    if (output === null || input === null || kind === null) return null;
    aliases.push({ output, input, kind });
  }
  return aliases;
}

function bad(message: string): MetadataResult {
  return { ok: false, fault: blobFault('bad-member', message) };
}
