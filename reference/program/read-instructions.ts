import { elements } from './elements.js';
import * as fb from './generated/executorch-flatbuffer.js';
import type { GuardedBuffer } from './guarded-buffer.js';
import type { OpenProgram } from './open-program.js';
import { programFault, unreadable, type ProgramFault, type Readable } from './program-fault.js';
import { type MethodRoom, SIZE_OF } from './method-room.js';
import type { InstructionFile } from './program-file.js';
import { SLOTS } from './slots.js';
import { bytesFromName } from '../text/name-bytes.js';

/** Bytes that the runtime puts an operator's name together in, its end included. */
const OPERATOR_BYTES = 100;

/** What a reader of instructions goes by. */
interface Surrounding {
  readonly buffer: GuardedBuffer;
  readonly plan: fb.ExecutionPlan;
  /** How many values the method has. */
  readonly values: number;
  readonly room: MethodRoom;
}

/**
 * Reads what a method executes, chain by chain, and finds what keeps the runtime from preparing it.
 * That operators have no kernel it says only when all else is in order.
 */
export function readInstructions(
  { buffer, kernels }: Pick<OpenProgram, 'buffer' | 'kernels'>,
  plan: fb.ExecutionPlan,
  values: number,
  room: MethodRoom,
): Readable<readonly (readonly InstructionFile[])[]> {
  const count = plan.chainsLength();
  if (count === 0) return unreadable('no-chain', 'the method has no chain of instructions');
  if (!room.take(count, SIZE_OF.chain)) return tooLarge(`${count} chains`);
  const chains: InstructionFile[][] = [];
  const operators: string[] = [];
  let delayed: ProgramFault | null = null;
  for (const chain of elements(count, (n) => plan.chains(n))) {
    if (!buffer.has(chain, SLOTS.Chain.instructions)) {
      return unreadable('missing-field', 'a chain has no instructions');
    }
    const length = chain.instructionsLength();
    if (!room.take(length, SIZE_OF.instruction)) return tooLarge(`${length} instructions`);
    const instructions: InstructionFile[] = [];
    for (const instruction of elements(length, (n) => chain.instructions(n))) {
      const read = readInstruction({ buffer, plan, values, room }, instruction);
      if ('code' in read) return { ok: false, fault: read };
      if (read.kind === 'kernel' && !kernels.has(read.operator)) operators.push(read.operator);
      else if (read.kind === 'bad-operator') delayed = read.fault;
      else if (read.kind === 'kernel' && delayed !== null) return FORGOTTEN;
      else instructions.push(read);
    }
    chains.push(instructions);
  }
  if (operators.length > 0) {
    const message = `there is no kernel for ${[...new Set(operators)].join(', ')}`;
    return { ok: false, fault: { ...programFault('operator-missing', message), logs: operators } };
  }
  return delayed === null ? { ok: true, value: chains } : { ok: false, fault: delayed };
}

/**
 * An operator with a kernel makes the runtime forget the fault of one before, which it then calls.
 */
const FORGOTTEN = unreadable(
  'crash-hazard',
  'the runtime calls an operator that it found fault with, because it found a kernel for a later one',
);

/** A call of an operator that the runtime finds fault with at the end only. */
interface BadOperatorCall {
  readonly kind: 'bad-operator';
  readonly fault: ProgramFault;
}

function readInstruction(
  surrounding: Surrounding,
  instruction: fb.Instruction,
): InstructionFile | BadOperatorCall | ProgramFault {
  const { buffer, values } = surrounding;
  const type = instruction.instrArgsType();
  if (!buffer.has(instruction, SLOTS.Instruction.instrArgs)) {
    return programFault('missing-field', 'an instruction is empty');
  }
  switch (type) {
    case fb.InstructionArguments.DelegateCall: {
      const call = instruction.instrArgs(new fb.DelegateCall()) as fb.DelegateCall;
      const args = readArguments(surrounding, call);
      return 'code' in args ? args : { kind: 'delegate', index: call.delegateIndex(), args };
    }
    case fb.InstructionArguments.KernelCall: {
      const call = instruction.instrArgs(new fb.KernelCall()) as fb.KernelCall;
      const args = readArguments(surrounding, call);
      return 'code' in args ? args : readOperator(surrounding, call.opIndex(), args);
    }
    case fb.InstructionArguments.MoveCall: {
      const move = instruction.instrArgs(new fb.MoveCall()) as fb.MoveCall;
      const [from, to] = [move.moveFrom(), move.moveTo()];
      return indexFault([from, to], values) ?? { kind: 'move', from, to };
    }
    case fb.InstructionArguments.JumpFalseCall: {
      const jump = instruction.instrArgs(new fb.JumpFalseCall()) as fb.JumpFalseCall;
      const condition = jump.condValueIndex();
      const target = jump.destinationInstruction();
      return indexFault([condition], values) ?? { kind: 'jump-false', condition, target };
    }
    case fb.InstructionArguments.FreeCall: {
      const free = instruction.instrArgs(new fb.FreeCall()) as fb.FreeCall;
      const value = free.valueIndex();
      return indexFault([value], values) ?? { kind: 'free', value };
    }
    case fb.InstructionArguments.NONE:
    default:
      return programFault('bad-value', `an instruction is of unknown type ${type}`);
  }
}

function readOperator(
  { buffer, plan }: Surrounding,
  index: number,
  args: readonly number[],
): InstructionFile | BadOperatorCall {
  const operator = index >= 0 && index < plan.operatorsLength() ? plan.operators(index) : null;
  const name = operator?.name();
  if (name == null) {
    const fault = programFault('bad-index', `an instruction calls operator ${index}, which has no name`);
    return { kind: 'bad-operator', fault };
  }
  // What the size says counts: a text that begins with a NUL still gets its dot.
  const full = isEmptyText(buffer, operator, SLOTS.Operator.overload)
    ? name
    : `${name}.${operator?.overload() ?? ''}`;
  if (bytesFromName(full).length < OPERATOR_BYTES) return { kind: 'kernel', operator: full, args };
  const fault = programFault('long-operator', `the name of operator ${index} is too long`);
  return { kind: 'bad-operator', fault: { ...fault, logs: [`Operator name ${full}`] } };
}

/** Whether a text is missing, or states no bytes. */
function isEmptyText(buffer: Surrounding['buffer'], table: fb.Operator | null, slot: number): boolean {
  const field = table === null ? 0 : buffer.__offset(table.bb_pos, slot);
  return table === null || field === 0 || buffer.readUint32(buffer.__indirect(table.bb_pos + field)) === 0;
}

function readArguments(
  { buffer, values, room }: Surrounding,
  call: fb.DelegateCall | fb.KernelCall,
): readonly number[] | ProgramFault {
  if (!buffer.has(call, SLOTS.Call.args)) return programFault('missing-field', 'a call has no arguments');
  const count = call.argsLength();
  if (!room.take(count, SIZE_OF.pointer)) return tooLarge(`${count} arguments`).fault;
  // Those behind are all value 0, and more than any engine takes.
  const args = [...elements(buffer.worthReading(count, 4), (n) => call.args(n))];
  return indexFault(args, values) ?? args;
}

/** Why these are no indices of values; null when each is. */
function indexFault(indices: readonly number[], values: number): ProgramFault | null {
  const bad = indices.find((index) => index < 0 || index >= values);
  return bad === undefined
    ? null
    : programFault('bad-index', `an instruction uses value ${bad}, which does not exist`);
}

function tooLarge(what: string): { readonly ok: false; readonly fault: ProgramFault } {
  return unreadable('too-large', `there is no memory for ${what}`);
}
