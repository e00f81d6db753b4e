import type { DelegateSpec, ProgramSpec } from './program-spec.js';

/** The delegates' data of a program, each content once for each placement. */
export interface PlacedData {
  readonly inline: readonly Uint8Array[];
  readonly segments: readonly Uint8Array[];
  /** Where a delegate's data went: its index in `inline` or in `segments`. */
  readonly indexOf: (delegate: DelegateSpec) => number;
}

/** Shares the data of delegates whose bytes are equal, as the exporter does (WSB-PROG-04). */
export function placeData(spec: ProgramSpec): PlacedData {
  const inline: Uint8Array[] = [];
  const segments: Uint8Array[] = [];
  const indices = new Map<DelegateSpec, number>();
  for (const method of spec.methods) {
    for (const delegate of method.delegates) {
      const pool = delegate.placement === 'inline' ? inline : segments;
      const found = pool.findIndex((data) => sameBytes(data, delegate.data));
      indices.set(delegate, found >= 0 ? found : pool.push(delegate.data) - 1);
    }
  }
  return { inline, segments, indexOf: (delegate) => Number(indices.get(delegate)) };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((byte, at) => byte === b[at]));
}
