/**
 * The part of a generated program file that is the same in every case: the flatbuffer's root, its vtables, and
 * the tables of one method `forward` with one chain, up to where the vector of delegates begins. See
 * spec/program.fbs for the fields.
 */

/** Positions of the vtables that the delegates of a case use. */
export interface PrefixLayout {
  readonly bytes: Uint8Array;
  readonly delegateVtable: number;
  readonly referenceVtable: number;
  readonly specVtable: number;
  readonly inlineVtable: number;
  /** Where `Program.backend_delegate_data` is stored, to be pointed to the inline data of a case. */
  readonly inlineDataField: number;
}

const INSTRUCTION_TYPE_DELEGATE_CALL = 2;

/** A flatbuffer written front to back, with its forward references filled in as their targets come up. */
class Assembler {
  private readonly bytes = new Uint8Array(1024);
  private readonly view = new DataView(this.bytes.buffer);
  at = 0;

  u32(value: number): number {
    this.align(4);
    this.view.setUint32(this.at, value, true);
    return this.advance(4);
  }

  text(value: string): number {
    const start = this.at;
    this.bytes.set(new TextEncoder().encode(value), start);
    this.at += value.length;
    return start;
  }

  string(value: string): number {
    const start = this.u32(value.length);
    this.text(`${value}\0`);
    this.align(4);
    return start;
  }

  /** A vtable: the size of its tables and the offset of each field in them, 0 for an absent one. */
  vtable(tableSize: number, fields: readonly number[]): number {
    this.align(4);
    const start = this.at;
    for (const value of [4 + fields.length * 2, tableSize, ...fields]) {
      this.view.setUint16(this.at, value, true);
      this.at += 2;
    }
    this.align(4);
    return start;
  }

  /** A table of `size` bytes whose fields are zero until they are written. */
  table(vtable: number, size: number): number {
    this.align(4);
    const start = this.at;
    this.view.setInt32(start, start - vtable, true);
    this.at += size;
    return start;
  }

  /** Points the offset stored at `field` to the current position. */
  pointHere(field: number): void {
    this.align(4);
    this.view.setUint32(field, this.at - field, true);
  }

  /** A vector with one 64-bit zero. */
  vectorOfOneZero64(): void {
    this.view.setUint32(this.at, 1, true);
    this.at += 12;
  }

  /** Moves on until `(at + offset) % multiple` is 0. */
  align(multiple: number, offset = 0): void {
    while ((this.at + offset) % multiple !== 0) this.at++;
  }

  setU8(at: number, value: number): void {
    this.bytes[at] = value;
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }

  private advance(size: number): number {
    const start = this.at;
    this.at += size;
    return start;
  }
}

/** Builds the prefix. */
export function buildPrefix(): PrefixLayout {
  const asm = new Assembler();
  const root = asm.u32(0);
  asm.text('ET12');
  const programVtable = asm.vtable(16, [0, 4, 0, 8, 0, 12]);
  const planVtable = asm.vtable(32, [4, 0, 8, 12, 16, 20, 0, 24, 28]);
  const chainVtable = asm.vtable(8, [0, 0, 4]);
  const instructionVtable = asm.vtable(12, [8, 4]);
  const callVtable = asm.vtable(8, [0, 4]);
  const segmentVtable = asm.vtable(8, [0, 4]);
  const delegateVtable = asm.vtable(16, [4, 8, 12]);
  const referenceVtable = asm.vtable(8, [0, 4]);
  const specVtable = asm.vtable(12, [4, 8]);
  const inlineVtable = asm.vtable(8, [4]);

  asm.pointHere(root);
  const program = asm.table(programVtable, 16);
  asm.pointHere(program + 12);
  const constants = asm.table(segmentVtable, 8);
  asm.align(8, 4);
  asm.pointHere(constants + 4);
  asm.vectorOfOneZero64();

  asm.pointHere(program + 4);
  asm.u32(1);
  const planItem = asm.u32(0);
  asm.pointHere(planItem);
  const plan = asm.table(planVtable, 32);
  asm.pointHere(plan + 4);
  asm.string('forward');
  asm.align(8, 4);
  asm.pointHere(plan + 28);
  asm.vectorOfOneZero64();

  asm.pointHere(plan + 20);
  asm.u32(1);
  const chainItem = asm.u32(0);
  asm.pointHere(chainItem);
  const chain = asm.table(chainVtable, 8);
  asm.pointHere(chain + 4);
  asm.u32(1);
  const instructionItem = asm.u32(0);
  asm.pointHere(instructionItem);
  const instruction = asm.table(instructionVtable, 12);
  asm.setU8(instruction + 8, INSTRUCTION_TYPE_DELEGATE_CALL);
  asm.pointHere(instruction + 4);
  const call = asm.table(callVtable, 8);

  // One empty vector serves as values, inputs, outputs and arguments.
  for (const field of [plan + 8, plan + 12, plan + 16, call + 4]) asm.pointHere(field);
  asm.u32(0);
  asm.pointHere(plan + 24);
  return {
    bytes: asm.take(),
    delegateVtable,
    referenceVtable,
    specVtable,
    inlineVtable,
    inlineDataField: program + 8,
  };
}
