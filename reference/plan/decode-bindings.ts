import * as layout from './layout.js';
import type { PlanBinding } from './plan.js';

const NO_BINDINGS: readonly PlanBinding[] = [];
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the bindings of a plan up to its end; a string says in words what is wrong with them. */
export function decodeBindings(
  bytes: Uint8Array,
  view: DataView,
  count: number,
): readonly PlanBinding[] | string {
  let at = layout.PLAN_HEADER_BYTES;
  const bindings: PlanBinding[] = [];
  for (let n = 0; n < count; n++) {
    const read = decodeBinding(bytes, view, at);
    if (typeof read === 'string') return `binding ${n}: ${read}`;
    bindings.push(read.binding);
    at = read.end;
  }
  if (at !== bytes.length) return `${bytes.length - at} bytes are left over after the bindings`;
  return count === 0 ? NO_BINDINGS : bindings;
}

function decodeBinding(
  bytes: Uint8Array,
  view: DataView,
  start: number,
): { readonly binding: PlanBinding; readonly end: number } | string {
  const dimensionsAt = start + layout.BINDING_HEADER_BYTES;
  if (dimensionsAt > bytes.length) return 'it is cut off';
  const mode = view.getUint8(start);
  const rank = view.getUint8(start + 2);
  const flags = view.getUint8(start + 3);
  const nameSize = view.getUint16(start + 4, true);
  const aliasSize = view.getUint16(start + 6, true);
  if (mode !== layout.MODE_INPUT && mode !== layout.MODE_OUTPUT) return `mode ${mode} is unknown`;
  if (rank > layout.MAX_RANK) return `rank ${rank} is above ${layout.MAX_RANK}`;
  if (flags > 3) return 'an unknown flag is set';
  if (nameSize === 0 || nameSize > layout.MAX_NAME_BYTES)
    return `a name of ${nameSize} bytes is out of range`;
  if (aliasSize > layout.MAX_NAME_BYTES) return `an alias of ${aliasSize} bytes is out of range`;

  const hasProfile = (flags & layout.BINDING_FLAG_PROFILE) !== 0;
  const nameAt = dimensionsAt + rank * 8 * (hasProfile ? 3 : 1);
  const aliasAt = nameAt + nameSize;
  const end = aliasAt + aliasSize;
  if (end > bytes.length) return 'it is cut off';
  const name = decodeText(bytes.subarray(nameAt, aliasAt));
  const alias = decodeText(bytes.subarray(aliasAt, end));
  if (name === null || alias === null) return 'a name is not UTF-8';

  const dimensions = (part: number): bigint[] =>
    Array.from({ length: rank }, (_, d) => view.getBigInt64(dimensionsAt + (part * rank + d) * 8, true));
  return {
    binding: {
      name,
      mode: mode === layout.MODE_INPUT ? 'input' : 'output',
      dtype: view.getUint8(start + 1),
      shape: dimensions(0),
      shapeInference: (flags & layout.BINDING_FLAG_SHAPE_INFERENCE) !== 0,
      profile: hasProfile ? { min: dimensions(1), max: dimensions(2) } : null,
      aliases: aliasSize === 0 ? null : alias,
    },
    end,
  };
}

function decodeText(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
