import type { FieldLayout, TableLayout } from './flatbuffer-layout.js';

/** Limits of flatbuffers' verifier. */
const MAX_TABLES = 1_000_000;
const MAX_SIZE = 2 ** 31 - 1;

/**
 * Whether every table, string and vector that a flatbuffer's root leads to lies inside it: the
 * check that ExecuTorch makes with `Verification::InternalConsistency`, which is that of
 * flatbuffers' verifier, alignment included (WSB-PROG-02).
 */
export function verifyFlatbuffer(bytes: Uint8Array, root: TableLayout): boolean {
  return new Verifier(bytes).verifyRoot(root);
}

class Verifier {
  readonly #view: DataView;
  readonly #size: number;
  #tables = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#size = bytes.byteLength;
  }

  verifyRoot(layout: TableLayout): boolean {
    return this.#reference(0) && this.#table(this.#follow(0), layout);
  }

  /** A whole element of the size given, at a multiple of that size. */
  #scalar(at: number, size: number): boolean {
    return at % size === 0 && this.#inside(at, size);
  }

  #inside(at: number, size: number): boolean {
    // flatbuffers asks for less than the size of the buffer, so an element never fills all of it.
    return at >= 0 && size < this.#size && at <= this.#size - size;
  }

  /** An offset that leads forward to something inside. */
  #reference(at: number): boolean {
    if (!this.#scalar(at, 4)) return false;
    const offset = this.#view.getUint32(at, true);
    return offset !== 0 && offset <= MAX_SIZE && this.#inside(at + offset, 1);
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }

  #table(at: number, layout: TableLayout): boolean {
    if (!this.#scalar(at, 4)) return false;
    // Vtable offsets are signed; unsigned arithmetic of 64 bits would put a negative result far
    // outside.
    const vtable = at - this.#view.getInt32(at, true);
    if (++this.#tables > MAX_TABLES || !this.#scalar(vtable, 2)) return false;
    const vtableSize = this.#view.getUint16(vtable, true);
    if (vtableSize % 2 !== 0 || !this.#inside(vtable, vtableSize)) return false;

    const fieldAt = (slot: number): number => {
      const offset = slot < vtableSize ? this.#view.getUint16(vtable + slot, true) : 0;
      return offset === 0 ? 0 : at + offset;
    };
    let slot = 4;
    for (const field of layout) {
      if (field.kind === 'union') {
        if (!this.#union(fieldAt(slot), fieldAt(slot + 2), field.tables)) return false;
        slot += 4;
      } else {
        const position = fieldAt(slot);
        if (position !== 0 && !this.#field(position, field)) return false;
        slot += 2;
      }
    }
    return true;
  }

  #field(at: number, field: Exclude<FieldLayout, { kind: 'union' }>): boolean {
    if (field.kind === 'scalar') return this.#scalar(at, field.size);
    if (!this.#reference(at)) return false;
    const target = this.#follow(at);
    switch (field.kind) {
      case 'string':
        return this.#string(target);
      case 'scalars':
        return this.#vector(target, field.size);
      case 'table':
        return this.#table(target, field.table);
      case 'tables':
        return this.#vector(target, 4) && this.#elements(target, field.table);
    }
  }

  #union(typeAt: number, valueAt: number, tables: readonly TableLayout[]): boolean {
    if (typeAt !== 0 && !this.#scalar(typeAt, 1)) return false;
    if (valueAt === 0) return true;
    if (!this.#reference(valueAt)) return false;
    const layout = typeAt === 0 ? undefined : tables[this.#view.getUint8(typeAt) - 1];
    // A type that this version does not know may hold anything.
    return layout === undefined || this.#table(this.#follow(valueAt), layout);
  }

  #vector(at: number, elementSize: number): boolean {
    if (!this.#scalar(at, 4)) return false;
    const count = this.#view.getUint32(at, true);
    return count < Math.floor(MAX_SIZE / elementSize) && this.#inside(at, 4 + count * elementSize);
  }

  #string(at: number): boolean {
    if (!this.#vector(at, 1)) return false;
    const end = at + 4 + this.#view.getUint32(at, true);
    return this.#inside(end, 1) && this.#view.getUint8(end) === 0;
  }

  #elements(at: number, layout: TableLayout): boolean {
    const count = this.#view.getUint32(at, true);
    for (let n = 0; n < count; n++) {
      if (!this.#table(this.#follow(at + 4 + n * 4), layout)) return false;
    }
    return true;
  }
}
