import { elements } from './elements.js';
import * as fb from './generated/executorch-flatbuffer.js';
import type { GuardedBuffer } from './guarded-buffer.js';
import type { OpenProgram } from './open-program.js';
import { programFault, unreadable, type ProgramFault, type Readable } from './program-fault.js';
import type { ArgumentFile, InstructionFile } from './program-file.js';
import { SLOTS } from './slots.js';

/**
 * Reads what a method executes, and finds what keeps the runtime from preparing it. That operators have no kernel it says only
 * when all else is in order.
 */
export function readInstructions(
  { buffer, kernels }: Pick<OpenProgram, 'buffer' | 'kernels'>,
  plan: fb.ExecutionPlan,
  values: readonly ArgumentFile[],
): Readable<readonly InstructionFile[]> {
  const chains = plan.chainsLength();
  if (chains === 0) return unreadable('no-chain', 'the method has no chain of instructions');
  const instructions: InstructionFile[] = [];
  const missing = new Set<string>();
  let delayed: ProgramFault | null = null;
  for (const chain of elements(chains, (n) => plan.chains(n))) {
    if (!buffer.has(chain, SLOTS.Chain.instructions)) {
      return unreadable('missing-field', 'a chain has no instructions');
    }
    for (const instruction of elements(chain.instructionsLength(), (n) => chain.instructions(n))) {
      const read = readInstruction(buffer, plan, instruction, values);
      if ('code' in read) return { ok: false, fault: read };
      if (read.kind === 'kernel' && !kernels.has(read.operator)) missing.add(read.operator);
      else if (read.kind === 'bad-operator') delayed = read.fault;
      else instructions.push(read);
    }
  }
  if (missing.size > 0) {
    return unreadable('operator-missing', `there is no kernel for ${[...missing].join(', ')}`);
  }
  return delayed === null ? { ok: true, value: instructions } : { ok: false, fault: delayed };
}

/** A call of an operator that the runtime finds fault with at the end only. */
interface BadOperatorCall {
  readonly kind: 'bad-operator';
  readonly fault: ProgramFault;
}

function readInstruction(
  buffer: GuardedBuffer,
  plan: fb.ExecutionPlan,
  instruction: fb.Instruction,
  values: readonly ArgumentFile[],
): InstructionFile | BadOperatorCall | ProgramFault {
  const type = instruction.instrArgsType();
  if (!buffer.has(instruction, SLOTS.Instruction.instrArgs)) {
    return programFault('missing-field', 'an instruction is empty');
  }
  switch (type) {
    case fb.InstructionArguments.DelegateCall: {
      const call = instruction.instrArgs(new fb.DelegateCall()) as fb.DelegateCall;
      const args = readArguments(buffer, call, values);
      return 'code' in args ? args : { kind: 'delegate', index: call.delegateIndex(), args };
    }
    case fb.InstructionArguments.KernelCall: {
      const call = instruction.instrArgs(new fb.KernelCall()) as fb.KernelCall;
      const args = readArguments(buffer, call, values);
      return 'code' in args ? args : readOperator(plan, call.opIndex(), args);
    }
    case fb.InstructionArguments.MoveCall: {
      const move = instruction.instrArgs(new fb.MoveCall()) as fb.MoveCall;
      return checkValues([move.moveFrom(), move.moveTo()], values);
    }
    case fb.InstructionArguments.JumpFalseCall: {
      const jump = instruction.instrArgs(new fb.JumpFalseCall()) as fb.JumpFalseCall;
      return checkValues([jump.condValueIndex()], values);
    }
    case fb.InstructionArguments.FreeCall: {
      const free = instruction.instrArgs(new fb.FreeCall()) as fb.FreeCall;
      return checkValues([free.valueIndex()], values);
    }
    case fb.InstructionArguments.NONE:
    default:
      return programFault('bad-value', `an instruction is of unknown type ${type}`);
  }
}

function readOperator(
  plan: fb.ExecutionPlan,
  index: number,
  args: readonly ArgumentFile[],
): InstructionFile | BadOperatorCall {
  const operator = index >= 0 && index < plan.operatorsLength() ? plan.operators(index) : null;
  // The runtime puts the name together before it looks for a kernel.
  const overload = operator?.overload() ?? '';
  const name = operator?.name() ?? null;
  if (name === null) {
    const fault = programFault('bad-index', `an instruction calls operator ${index}, which has no name`);
    return { kind: 'bad-operator', fault };
  }
  return { kind: 'kernel', operator: overload === '' ? name : `${name}.${overload}`, args };
}

function readArguments(
  buffer: GuardedBuffer,
  call: fb.DelegateCall | fb.KernelCall,
  values: readonly ArgumentFile[],
): readonly ArgumentFile[] | ProgramFault {
  if (!buffer.has(call, SLOTS.Call.args)) return programFault('missing-field', 'a call has no arguments');
  const count = call.argsLength();
  const args: ArgumentFile[] = [];
  for (let n = 0; n < count; n++) {
    const index = Number(call.args(n));
    const value = values[index];
    if (value === undefined) return noSuchValue(index);
    args.push(value);
  }
  return args;
}

function checkValues(
  indices: readonly number[],
  values: readonly ArgumentFile[],
): InstructionFile | ProgramFault {
  const bad = indices.find((index) => values[index] === undefined);
  return bad === undefined ? { kind: 'other' } : noSuchValue(bad);
}

function noSuchValue(index: number): ProgramFault {
  return programFault('bad-index', `an instruction uses value ${index}, which does not exist`);
}
