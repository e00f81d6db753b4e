import type { Json } from './json.js';

/** The kind of an alias that says nothing of it (WSB-BLOB-15). */
export const DEFAULT_ALIAS_KIND = 'kv_cache_update';

/**
 * The kind of an alias in a blob's metadata, known or not; null when the member is not a string.
 */
export function readAliasKind(member: Json | undefined): string | null {
  const kind = member ?? { kind: 'string', text: DEFAULT_ALIAS_KIND };
  return kind.kind === 'string' ? kind.text : null;
}
