import { Builder, type Offset } from 'flatbuffers';
import type { FieldLayout, TableLayout } from './flatbuffer-layout.js';
import { INLINE_ALIGNMENT } from './layout.js';
import { bytesFromName } from '../text/name-bytes.js';

/** The value of a field: null leaves it out. */
export type CraftedField =
  | null
  | number
  | bigint
  | string
  | Uint8Array
  | readonly number[]
  | readonly bigint[]
  | CraftedTable
  | readonly CraftedTable[]
  | CraftedUnion;

/** A table: its fields in the order of the layout; those at the end can be left away. */
export interface CraftedTable {
  readonly fields: readonly CraftedField[];
  /** Bytes between its start and its fields, a multiple of 4; none when it is left out. */
  readonly gap?: number;
}

/** The value of a union: the number of its type, and its table, which can be absent. */
export interface CraftedUnion {
  readonly type: number;
  readonly table: CraftedTable | null;
}

/**
 * Writes a flatbuffer field by field, with nothing added and nothing checked, so that files which
 * no exporter writes can be made: fields left out, indices of nothing, types of no meaning. A value
 * that is not of its field's kind is a mistake of the caller's.
 */
export function craftFlatbuffer(layout: TableLayout, root: CraftedTable, identifier: string): Uint8Array {
  const builder = new Builder(1024);
  builder.forceDefaults(true);
  builder.finish(writeTable(builder, layout, root), identifier);
  return builder.asUint8Array().slice();
}

function writeTable(builder: Builder, layout: TableLayout, { fields, gap = 0 }: CraftedTable): Offset {
  // What a table refers to is written before the table.
  const parts = layout.map((field, n) => {
    const value = fields[n] ?? null;
    return { field, value, offset: writeReference(builder, field, value) };
  });
  builder.startObject(layout.reduce((slots, field) => slots + (field.kind === 'union' ? 2 : 1), 0));
  let slot = 0;
  for (const { field, value, offset } of parts) {
    if (field.kind === 'union') {
      if (value !== null) builder.addFieldInt8(slot, (value as CraftedUnion).type, 0);
      slot++;
    } else if (field.kind === 'scalar' && value !== null) {
      addScalar(builder, slot, field.size, value as number | bigint);
    }
    if (offset !== null) builder.addFieldOffset(slot, offset, 0);
    slot++;
  }
  builder.pad(gap);
  return builder.endObject();
}

/** The offset of what a field refers to; null for a scalar, and for a field that is left out. */
function writeReference(builder: Builder, field: FieldLayout, value: CraftedField): Offset | null {
  if (value === null) return null;
  switch (field.kind) {
    case 'scalar':
      return null;
    case 'string':
      return builder.createString(bytesFromName(value as string));
    case 'scalars':
      return writeScalars(builder, field.size, value as Uint8Array | readonly number[] | readonly bigint[]);
    case 'table':
      return writeTable(builder, field.table, value as CraftedTable);
    case 'tables': {
      const offsets = (value as readonly CraftedTable[]).map((table) =>
        writeTable(builder, field.table, table),
      );
      builder.startVector(4, offsets.length, 4);
      for (const offset of offsets.reverse()) builder.addOffset(offset);
      return builder.endVector();
    }
    case 'union': {
      const { type, table } = value as CraftedUnion;
      // A type that does not exist is written as an empty table.
      return table === null ? null : writeTable(builder, field.tables[type - 1] ?? [], table);
    }
  }
}

function addScalar(builder: Builder, slot: number, size: 1 | 4 | 8, value: number | bigint): void {
  if (size === 1) builder.addFieldInt8(slot, Number(value), 0);
  else if (size === 4) builder.addFieldInt32(slot, Number(value), 0);
  else builder.addFieldInt64(slot, BigInt(value), 0n);
}

function writeScalars(
  builder: Builder,
  size: 1 | 4 | 8,
  values: Uint8Array | readonly number[] | readonly bigint[],
): Offset {
  // Bytes may be a delegate's data, which the exporter aligns.
  builder.startVector(size, values.length, size === 1 ? INLINE_ALIGNMENT : size);
  for (const value of [...values].reverse()) {
    if (size === 1) builder.addInt8(Number(value));
    else if (size === 4) builder.addInt32(Number(value));
    else builder.addInt64(BigInt(value));
  }
  return builder.endVector();
}
