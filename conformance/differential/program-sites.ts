import type { FieldLayout, TableLayout } from '../../reference/program/flatbuffer-layout.js';
import { PROGRAM_LAYOUT } from '../../reference/program/flatbuffer-layout.js';

/**
 * A place of a flatbuffer that can be written over by what it is for. Offsets and sizes are bytes.
 */
export interface Site {
  /**
   * - `scalar`: a number, or an element of a vector of numbers;
   * - `reference`: an offset to something else;
   * - `count`: the length of a vector or string;
   * - `slot`: where a vtable says that a field is;
   * - `text`: a byte of a string.
   */
  readonly kind: 'scalar' | 'reference' | 'count' | 'slot' | 'text';
  readonly at: number;
  readonly size: 1 | 2 | 4 | 8;
}

/** No vector of a seed needs more of its elements changed. */
const MOST_ELEMENTS = 24;

/** The places of a program file in order: its header is none of them. */
export function programSites(bytes: Uint8Array): readonly Site[] {
  const walk = new SiteWalk(bytes);
  walk.table(walk.reference(0), PROGRAM_LAYOUT);
  return walk.sites;
}

class SiteWalk {
  readonly sites: Site[] = [];
  readonly #view: DataView;
  readonly #seen = new Set<number>();

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  reference(at: number): number {
    this.sites.push({ kind: 'reference', at, size: 4 });
    return at + this.#view.getUint32(at, true);
  }

  table(at: number, layout: TableLayout): void {
    // The writer shares what is equal.
    if (this.#seen.has(at)) return;
    this.#seen.add(at);
    this.sites.push({ kind: 'reference', at, size: 4 });
    const vtable = at - this.#view.getInt32(at, true);
    const size = this.#view.getUint16(vtable, true);
    for (let slot = 0; slot < size; slot += 2) this.sites.push({ kind: 'slot', at: vtable + slot, size: 2 });
    const fieldAt = (slot: number): number => {
      const offset = slot < size ? this.#view.getUint16(vtable + slot, true) : 0;
      return offset === 0 ? 0 : at + offset;
    };
    let slot = 4;
    for (const field of layout) {
      if (field.kind === 'union') this.#union(fieldAt(slot), fieldAt(slot + 2), field.tables);
      else if (fieldAt(slot) !== 0) this.#field(fieldAt(slot), field);
      slot += field.kind === 'union' ? 4 : 2;
    }
  }

  #field(at: number, field: Exclude<FieldLayout, { kind: 'union' }>): void {
    if (field.kind === 'scalar') {
      this.sites.push({ kind: 'scalar', at, size: field.size });
      return;
    }
    const target = this.reference(at);
    if (field.kind === 'table') {
      this.table(target, field.table);
      return;
    }
    this.sites.push({ kind: 'count', at: target, size: 4 });
    const count = Math.min(this.#view.getUint32(target, true), MOST_ELEMENTS);
    for (let n = 0; n < count; n++) {
      if (field.kind === 'tables') this.table(this.reference(target + 4 + 4 * n), field.table);
      else if (field.kind === 'string') this.sites.push({ kind: 'text', at: target + 4 + n, size: 1 });
      else this.sites.push({ kind: 'scalar', at: target + 4 + field.size * n, size: field.size });
    }
  }

  #union(typeAt: number, valueAt: number, tables: readonly TableLayout[]): void {
    if (typeAt === 0 || valueAt === 0) return;
    this.sites.push({ kind: 'scalar', at: typeAt, size: 1 });
    const layout = tables[this.#view.getUint8(typeAt) - 1];
    if (layout !== undefined) this.table(this.reference(valueAt), layout);
  }
}
