import type { OptionsMap } from '../request/load-request.js';
import { buildOptions } from './build-options.js';
import { cText } from './c-string.js';
import type { DeliveredOption } from './delivered-option.js';
import { BACKEND_ID_BYTES, MAP_CAPACITY } from './limits.js';
import { bytesFromName } from '../text/name-bytes.js';

/** A filled `LoadBackendOptionsMap`: the options of each backend id. */
export type BuiltOptionsMap = ReadonlyMap<string, readonly DeliveredOption[]>;

/**
 * Fills a `LoadBackendOptionsMap` as a host does, entry by entry; null when ExecuTorch refuses an
 * entry, always with InvalidArgument.
 */
export function buildOptionsMap(entries: OptionsMap): BuiltOptionsMap | null {
  const map = new Map<string, readonly DeliveredOption[]>();
  for (const entry of entries) {
    const options = buildOptions(entry);
    if (options === null) return null;
    const backend = cText(entry.backend);
    if (backend === '') return null;
    // An id that is there already has its whole entry replaced, even in a full map.
    if (!map.has(backend)) {
      if (map.size >= MAP_CAPACITY) return null;
      if (!fitsId(backend)) return null;
    }
    map.set(backend, options);
  }
  return map;
}

/**
 * The options that reach a delegate of a backend: none when the map has no entry for it
 * (WSB-OPT-10).
 */
export function optionsFor(map: BuiltOptionsMap | null, backend: string): readonly DeliveredOption[] {
  return map?.get(backend) ?? [];
}

function fitsId(backend: string): boolean {
  // No character of a string takes more than three bytes, so that a short id need not be counted.
  return backend.length * 3 < BACKEND_ID_BYTES || bytesFromName(backend).length < BACKEND_ID_BYTES;
}
