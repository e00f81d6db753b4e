import { executeDelegate, type ReadyDelegate } from '../delegate/execute.js';
import { HOST_MEMORY, LiveTensor, type LiveValue, type PlannedMemory } from '../delegate/live-tensor.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { FailureName } from '../outcome/error-code.js';
import type { InstructionFile, MethodFile, TensorFile } from '../program/program-file.js';
import { programFault } from '../program/program-fault.js';
import { copyCall, executeCopy } from './copy-operator.js';
import type { HostContext } from './host-profile.js';
import { raise, type Failure } from './raise.js';
import { UnmodelledProgramError } from './unmodelled-program-error.js';

/** Bytes that a host gives for inputs and outputs of one execution that were not planned. */
const TENSOR_BYTES = 256n * 2n ** 20n;
/** ExecuTorch's number of the type `Bool`. */
const BOOL = 11;
/** Instructions of one execution, behind which ExecuTorch takes it for endless. */
const MOST_INSTRUCTIONS = 10_000_000;
/** Calls of delegates in one execution that the reference follows: no outcome can hold more. */
const MOST_CALLS = 255;

/** The values of a loaded method, which executing it changes. */
export class MethodValues {
  readonly #file: MethodFile;
  readonly #context: HostContext;
  readonly #live: LiveValue[];
  /** Whether a delegate may have written to a tensor. */
  #written = false;

  constructor(file: MethodFile, context: HostContext) {
    this.#file = file;
    this.#context = context;
    this.#live = file.values.map((value) =>
      value.kind === 'tensor'
        ? new LiveTensor(value, plannedMemory(file, value), context.rules.placeOf)
        : value,
    );
  }

  /** The clause by which an execution ends well. */
  get clause(): ClauseId {
    return this.#file.plannedDevices.some(({ type }) => type !== HOST_MEMORY) ? 'WSB-DEV-02' : 'WSB-LIFE-10';
  }

  /**
   * Executes the method as a host of the suite does: zeros for its inputs, memory for its outputs,
   * then its instructions. Null when all went well.
   *
   * @throws UnmodelledProgramError when what happens depends on what a tensor holds.
   */
  execute(delegates: readonly ReadyDelegate[]): Failure | null {
    const { inputs, outputs } = this.#file;
    if (!inputs.ok) return raise(inputs.fault);
    if (!outputs.ok) return raise(outputs.fault);
    const memory = { left: TENSOR_BYTES };
    for (const index of inputs.value) {
      const error = this.#setInput(index, memory);
      if (typeof error === 'string') return ofProgram(error);
      if (error !== null) return error;
    }
    for (const index of outputs.value) {
      const error = this.#setOutput(index, memory);
      if (error !== null) return ofProgram(error);
    }
    return this.#run(delegates);
  }

  /**
   * What a host does for an input or output: it looks at the file, and gives memory to a tensor
   * that needs some.
   */
  #setInput(index: number, memory: { left: bigint }): FailureName | Failure | null {
    const value = this.#file.values[index];
    const live = this.#live[index];
    if (value === undefined || live === undefined) return 'InvalidProgram';
    if (value.kind === 'list') return 'Internal';
    // Another value than a tensor is given as none.
    if (value.kind !== 'tensor') return live.kind === 'none' ? null : 'InvalidArgument';
    const bytes = bytesOf(value);
    if (!take(memory, bytes)) return 'MemoryAllocationFailed';
    if (!(live instanceof LiveTensor) || live.file.scalarType !== value.scalarType) return 'InvalidArgument';
    const error = live.resize(value.shape);
    if (error !== null) return error;
    if (value.place !== 'caller' && bytes > 0n && live.data === 'none') return 'InvalidArgument';
    if (live.bytes !== bytes) return 'InvalidArgument';
    live.update = 0;
    if (value.place === 'caller') live.data = bytes === 0n ? 'none' : 'memory';
    // The first versions copy, wherever it is said to be.
    else if (live.isTagged && this.#context.host.executorch !== '1.4.1') return TAGGED_INPUT;
    else if (live.data === 'constant' && bytes > 0n)
      this.#giveUp('an input is a constant, and is written over');
    else if (live.lies === 'device' && bytes > 0n)
      raise(
        programFault('crash-hazard', 'an input lies in device memory, and is written as if it were the host'),
      );
    return null;
  }

  #setOutput(index: number, memory: { left: bigint }): FailureName | null {
    const value = this.#file.values[index];
    const live = this.#live[index];
    if (value === undefined || live === undefined) return 'InvalidProgram';
    if (value.kind === 'list') return 'Internal';
    if (value.kind !== 'tensor' || value.place !== 'caller') return null;
    const bytes = bytesOf(value);
    if (!take(memory, bytes)) return 'MemoryAllocationFailed';
    if (!(live instanceof LiveTensor) || live.bytes > bytes) return 'InvalidArgument';
    live.data = 'memory';
    return null;
  }

  #run(delegates: readonly ReadyDelegate[]): Failure | null {
    let left = MOST_INSTRUCTIONS;
    let calls = 0;
    for (const chain of this.#file.chains) {
      let at = 0;
      let jumps = 0;
      for (let instruction = chain[0]; instruction !== undefined; instruction = chain[at]) {
        // As many jumps in a row as instructions lead around in a circle, in which nothing changes.
        jumps = instruction.kind === 'jump-false' ? jumps + 1 : 0;
        if (left-- === 0 || jumps > chain.length) return ENDLESS;
        if (instruction.kind === 'delegate' && ++calls > MOST_CALLS)
          this.#giveUp('it calls delegates over and over');
        const result = this.#carryOut(instruction, delegates);
        if (typeof result === 'object' && result !== null) return result;
        at = result ?? at + 1;
      }
    }
    return null;
  }

  /** The error of an instruction, or where to go on; null for the next one. */
  #carryOut(instruction: InstructionFile, delegates: readonly ReadyDelegate[]): Failure | number | null {
    switch (instruction.kind) {
      case 'delegate':
        return this.#call(delegates[instruction.index], instruction.args);
      case 'kernel': {
        const copy = copyCall(
          instruction.operator,
          instruction.args.map((index) => this.#live[index]),
        );
        if (copy === null) this.#giveUp(`calls ${instruction.operator}`);
        this.#written = true;
        const error = executeCopy(copy, this.#context);
        return error === null ? null : { error, clause: 'WSB-DEV-07' };
      }
      case 'jump-false': {
        const holds = this.#condition(this.#live[instruction.condition]);
        if (typeof holds === 'string') return ofProgram(holds);
        return holds ? null : instruction.target;
      }
      case 'move':
        this.#live.copyWithin(instruction.to, instruction.from, instruction.from + 1);
        return null;
      case 'free': {
        const value = this.#live[instruction.value];
        if (!(value instanceof LiveTensor)) return ofProgram('InvalidType');
        value.data = 'none';
        return null;
      }
    }
  }

  #call(delegate: ReadyDelegate | undefined, args: readonly number[]): Failure | null {
    if (delegate === undefined) return ofProgram('Internal');
    const values = args.map((index) => this.#live[index]);
    const { inputs, handle } = delegate;
    const outputs = values.slice(inputs.length, inputs.length + handle.names.outputs.length);
    if (
      outputs.some((value) => value instanceof LiveTensor && value.data === 'constant' && value.bytes > 0n)
    ) {
      this.#giveUp('an output is a constant, and is written over');
    }
    this.#written = true;
    return executeDelegate(delegate, values);
  }

  /** Whether the condition of a jump holds, or why that cannot be said. */
  #condition(value: LiveValue | undefined): boolean | FailureName {
    if (value?.kind === 'bool') return value.value;
    if (!(value instanceof LiveTensor) || value.file.scalarType !== BOOL) return 'InvalidProgram';
    if (value.data === 'none') return 'InvalidState';
    if (value.bytes === 0n) return true;
    // All memory of a method is zeros at first, and so is what a caller gives.
    if (value.data === 'memory' && value.lies === 'host' && !this.#written) return false;
    return this.#giveUp('a jump goes by what a tensor holds');
  }

  #giveUp(why: string): never {
    throw new UnmodelledProgramError(`in method ${JSON.stringify(this.#file.name)} ${why}`);
  }
}

/** What ExecuTorch from 1.5 on says of an input that it would have to copy to a device. */
const TAGGED_INPUT: Failure = { error: 'NotSupported', clause: 'WSB-DEV-08' };

/** The memory that a tensor was planned into. */
function plannedMemory({ plannedBytes, plannedDevices }: MethodFile, { arena }: TensorFile): PlannedMemory {
  if (arena === null || plannedDevices[arena]?.type === HOST_MEMORY) return 'host';
  return plannedBytes[arena] === 0n ? 'none' : 'device';
}

function bytesOf({ shape, elementBytes }: TensorFile): bigint {
  return shape.reduce((bytes, size) => bytes * BigInt(size), BigInt(elementBytes));
}

function take(memory: { left: bigint }, bytes: bigint): boolean {
  if (bytes > memory.left) return false;
  memory.left -= bytes;
  return true;
}

/** What ExecuTorch says of an execution that carries out too many instructions. */
const ENDLESS: Failure = { error: 'InvalidProgram', clause: 'WSB-PROG-18' };

/** A failure that the runtime or the host finds in the program, before or beside any delegate. */
function ofProgram(error: FailureName): Failure {
  return { error, clause: 'WSB-PROG-17' };
}
