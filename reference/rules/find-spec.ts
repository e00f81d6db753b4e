import { cText } from './c-string.js';

/** A compile spec of a delegate: written into the program at export. */
export interface CompileSpec {
  readonly key: string;
  readonly value: Uint8Array;
}

/** The compile specs with one key: none, one with its value, or more than one. */
export type FoundSpec =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly value: Uint8Array }
  | { readonly kind: 'several'; readonly count: number };

/**
 * Looks for the compile specs with a key. Keys are compared whole and as C strings: no prefix, no
 * other case and no other key matches (WSB-PREC-08), and what stands behind a NUL is not part of a
 * key.
 */
export function findSpec(specs: readonly CompileSpec[], key: string): FoundSpec {
  const found = specs.filter((spec) => cText(spec.key) === key);
  const [first] = found;
  if (first === undefined) return { kind: 'none' };
  return found.length === 1 ? { kind: 'one', value: first.value } : { kind: 'several', count: found.length };
}
