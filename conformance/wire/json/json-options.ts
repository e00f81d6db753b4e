import type { OptionsEntry, OptionsMap, OptionValue } from '../../../reference/request/load-request.js';
import { bytesFromJson, nameFromJson, nameToJson, type BytesJson, type NameJson } from './json-bytes.js';

/** An options map in JSON (spec/schemas/request.schema.json). */
export type OptionsMapJson = readonly OptionsEntryJson[];

/** The options of one backend in JSON. */
export interface OptionsEntryJson {
  readonly backend: NameJson;
  readonly via: 'builder' | 'span';
  readonly options: readonly { readonly key: NameJson; readonly value: OptionValueJson }[];
}

/** An option's value in JSON. */
export type OptionValueJson =
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'string' | 'array'; readonly bytes: BytesJson };

/**
 * The JSON form of an options map; `bytes` says how bytes are written: to be read, or all in
 * hexadecimal.
 */
export function optionsToJson(
  map: OptionsMap | null,
  bytes: (value: Uint8Array) => BytesJson,
): OptionsMapJson | null {
  return map?.map((entry) => entryToJson(entry, bytes)) ?? null;
}

/** As {@link optionsToJson}, of one backend. */
export function entryToJson(
  { backend, via, options }: OptionsEntry,
  bytes: (value: Uint8Array) => BytesJson,
): OptionsEntryJson {
  return {
    backend: nameToJson(backend),
    via,
    options: options.map(({ key, value }) => ({ key: nameToJson(key), value: valueToJson(value, bytes) })),
  };
}

/** The options map that a JSON form stands for. The form has been checked against its schema. */
export function optionsFromJson(json: OptionsMapJson | null): OptionsMap | null {
  return json?.map(entryFromJson) ?? null;
}

/** As {@link optionsFromJson}, of one backend. */
export function entryFromJson({ backend, via, options }: OptionsEntryJson): OptionsEntry {
  return {
    backend: nameFromJson(backend),
    via,
    options: options.map(({ key, value }) => ({ key: nameFromJson(key), value: valueFromJson(value) })),
  };
}

function valueToJson(value: OptionValue, bytes: (value: Uint8Array) => BytesJson): OptionValueJson {
  switch (value.type) {
    case 'bool':
    case 'int':
      return value;
    case 'string':
    case 'array':
      return { type: value.type, bytes: bytes(value.bytes) };
  }
}

function valueFromJson(json: OptionValueJson): OptionValue {
  switch (json.type) {
    case 'bool':
    case 'int':
      return json;
    case 'string':
    case 'array':
      return { type: json.type, bytes: bytesFromJson(json.bytes) };
  }
}
