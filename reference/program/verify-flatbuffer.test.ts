import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { craftFlatbuffer, type CraftedTable } from './craft-flatbuffer.js';
import type { TableLayout } from './flatbuffer-layout.js';
import { verifyFlatbuffer } from './verify-flatbuffer.js';

const LAYOUT: TableLayout = [
  { kind: 'scalar', size: 1 },
  { kind: 'scalar', size: 8 },
  { kind: 'string' },
  { kind: 'scalars', size: 8 },
  { kind: 'table', table: [{ kind: 'string' }] },
  { kind: 'tables', table: [{ kind: 'scalar', size: 4 }] },
  { kind: 'union', tables: [[], [{ kind: 'string' }]] },
];
const FULL: CraftedTable = {
  fields: [
    1,
    2n,
    'text',
    [3n],
    { fields: ['inner'] },
    [{ fields: [4] }],
    { type: 2, table: { fields: ['value'] } },
  ],
};
const craft = (...fields: CraftedTable['fields']): Uint8Array => craftFlatbuffer(LAYOUT, { fields }, 'TEST');
const verify = (bytes: Uint8Array): boolean => verifyFlatbuffer(bytes, LAYOUT);

/** The bytes with a 32-bit word changed wherever `find` says so. */
function edited(bytes: Uint8Array, find: (at: number, view: DataView) => number | null): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 4 <= copy.length; at += 4) {
    const word = find(at, view);
    if (word !== null) view.setUint32(at, word, true);
  }
  return copy;
}

describe('verifyFlatbuffer', () => {
  const full = craft(...FULL.fields);

  it('accepts what is in order, with every field or none', () => {
    expect(verify(full)).toBe(true);
    expect(verify(craft())).toBe(true);
    expect(verify(craft(null, null, null, null, null, null, { type: 2, table: null }))).toBe(true);
    // A type of no table, and one that is not known.
    expect(verify(craft(null, null, null, null, null, null, { type: 3, table: { fields: [] } }))).toBe(true);
    expect(verify(craft(null, null, null, null, null, null, { type: 0, table: { fields: [] } }))).toBe(true);
  });

  it('refuses what is cut off, at any byte', () => {
    // The first string is written last; behind its NUL there is only padding.
    const end = Buffer.from(full).indexOf('text') + 'text'.length + 1;
    for (let size = 0; size < end; size++) expect(verify(full.subarray(0, size))).toBe(false);
    expect(verify(full.subarray(0, end))).toBe(true);
  });

  it('refuses any offset that leads outside', () => {
    for (let at = 0; at + 4 <= full.length; at += 4) {
      // What holds another number than an offset can take any value; nothing must throw.
      for (const word of [0, 0x7fffffff, 0xffffffff]) {
        expect(typeof verify(edited(full, (place) => (place === at ? word : null)))).toBe('boolean');
      }
    }
    expect(verify(edited(full, (at) => (at === 0 ? 0 : null)))).toBe(false);
    expect(verify(edited(full, (at) => (at === 0 ? 0x7fffffff : null)))).toBe(false);
    expect(verify(edited(full, (at, view) => (at === 0 ? view.getUint32(0, true) + 2 : null)))).toBe(false);
  });

  it('refuses a string without its NUL', () => {
    const at = Buffer.from(full).indexOf('text');
    const open = full.slice();
    open[at + 4] = 1;
    expect(verify(open)).toBe(false);
  });

  it('refuses a vtable of an odd size', () => {
    const root = new DataView(full.buffer).getUint32(0, true);
    const vtable = root - new DataView(full.buffer).getInt32(root, true);
    const odd = full.slice();
    odd[vtable] = Number(odd[vtable]) + 1;
    expect(verify(odd)).toBe(false);
  });

  it('takes a union without a type for one of nothing', () => {
    const bytes = craft(null, null, null, null, null, null, { type: 2, table: { fields: ['value'] } });
    const view = new DataView(bytes.buffer);
    const root = view.getUint32(0, true);
    const vtable = root - view.getInt32(root, true);
    // The type is the seventh field.
    view.setUint16(vtable + 4 + 6 * 2, 0, true);
    expect(verify(bytes)).toBe(true);
    // And one outside of the table is damage.
    view.setUint16(vtable + 4 + 6 * 2, 0xfff0, true);
    expect(verify(bytes)).toBe(false);
  });

  it('counts to a million tables and no further', () => {
    const layout: TableLayout = [{ kind: 'tables', table: [{ kind: 'tables', table: [] }] }];
    const rows = 1001;

    /**
     * A root with 1001 rows, all of them the same one, which has so many cells, all of them the
     * same one too.
     */
    function withCells(cells: number): Uint8Array {
      const vtableAt = 8;
      const rootAt = 16;
      const rowsAt = rootAt + 8;
      const rowAt = rowsAt + 4 + rows * 4;
      const cellsAt = rowAt + 8;
      const cellAt = cellsAt + 4 + cells * 4;
      const view = new DataView(new ArrayBuffer(cellAt + 8));
      const list = (at: number, count: number, target: number): void => {
        view.setUint32(at, count, true);
        for (let n = 1; n <= count; n++) view.setUint32(at + n * 4, target - (at + n * 4), true);
      };
      view.setUint32(0, rootAt, true);
      // One vtable serves all: six bytes long, for tables of eight, with one field behind the first
      // four.
      [6, 8, 4].forEach((value, n) => {
        view.setUint16(vtableAt + n * 2, value, true);
      });
      for (const at of [rootAt, rowAt, cellAt]) view.setInt32(at, at - vtableAt, true);
      view.setUint32(rootAt + 4, rowsAt - (rootAt + 4), true);
      view.setUint32(rowAt + 4, cellsAt - (rowAt + 4), true);
      list(rowsAt, rows, rowAt);
      list(cellsAt, cells, cellAt);
      return new Uint8Array(view.buffer);
    }
    // 1 + 1001 + 1001 * 998 is a million.
    expect(verifyFlatbuffer(withCells(998), layout)).toBe(true);
    expect(verifyFlatbuffer(withCells(999), layout)).toBe(false);
  });

  it('accepts what the exporter writes', () => {
    const file = new Uint8Array(
      readFileSync(new URL('../../golden/exporter/layouts/inline.pte', import.meta.url)),
    );
    expect(verifyFlatbuffer(file, [])).toBe(true);
  });
});
