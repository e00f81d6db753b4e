import type { DelegateSpec, ProgramSpec } from './program-spec.js';

/** The data of a delegate. */
export type DelegateData = DelegateSpec['data'];

/** The delegates' data of a program, each content once for each placement. */
export interface PlacedData {
  readonly inline: readonly Uint8Array[];
  readonly segments: readonly DelegateData[];
  /** Where a delegate's data went: its index in `inline` or in `segments`. */
  readonly indexOf: (delegate: DelegateSpec) => number;
}

/** Shares the data of delegates whose bytes are equal, as the exporter does (WSB-PROG-04). */
export function placeData(spec: ProgramSpec): PlacedData {
  const inline: Uint8Array[] = [];
  const segments: DelegateData[] = [];
  const indices = new Map<DelegateSpec, number>();
  for (const method of spec.methods) {
    for (const delegate of method.delegates) {
      const { data, placement } = delegate;
      indices.set(delegate, placement === 'inline' ? placed(inline, inMemory(data)) : placed(segments, data));
    }
  }
  return { inline, segments, indexOf: (delegate) => Number(indices.get(delegate)) };
}

/** The index of some data in a pool, where it is put unless it is there. */
function placed<Data extends DelegateData>(pool: Data[], data: Data): number {
  const found = pool.findIndex((each) => sameBytes(each, data));
  return found >= 0 ? found : pool.push(data) - 1;
}

/** Data that is written into the flatbuffer, which is in memory as a whole. */
function inMemory(data: DelegateData): Uint8Array {
  return data instanceof Uint8Array ? data : data.read(0, data.size);
}

function sameBytes(a: DelegateData, b: DelegateData): boolean {
  if (a === b) return true;
  if (!(a instanceof Uint8Array && b instanceof Uint8Array)) return false;
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
