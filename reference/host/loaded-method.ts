import type { EngineHandle } from '../delegate/engine-handle.js';
import { ExecutionTensors, HOST_MEMORY } from '../delegate/execution-tensors.js';
import { executeDelegate, type ReadyDelegate } from '../delegate/execute.js';
import { initDelegate, isAvailable } from '../delegate/init.js';
import { optionsFor, type BuiltOptionsMap } from '../rules/options-map.js';
import type { FailureName } from '../outcome/error-code.js';
import { programFault } from '../program/program-fault.js';
import type { ArgumentFile, DelegateFile, InstructionFile, MethodFile } from '../program/program-file.js';
import { copyCall, executeCopy } from './copy-operator.js';
import type { HostContext } from './host-profile.js';
import { PlannedArenas } from './planned-arenas.js';
import { raise } from './raise.js';
import { UndefinedBehaviourError } from './undefined-behaviour-error.js';
import { UnmodelledProgramError } from './unmodelled-program-error.js';

/** The id of the backend that the specification is about, and the only one that a host of the suite has. */
export const BACKEND_ID = 'TensorRTBackend';

/** A loaded method, or the error that its load ended with. */
export type LoadResult =
  { readonly ok: true; readonly method: LoadedMethod } | { readonly ok: false; readonly error: FailureName };

/** A method whose delegates are initialised. */
export class LoadedMethod {
  readonly #file: MethodFile;
  readonly #context: HostContext;
  readonly #arenas: PlannedArenas;
  readonly #delegates: ReadyDelegate[] = [];

  private constructor(file: MethodFile, context: HostContext) {
    this.#file = file;
    this.#context = context;
    this.#arenas = new PlannedArenas(context.device);
  }

  /** Loads a method: its arenas, then what ExecuTorch does. A load that fails leaves nothing behind. */
  static load(file: MethodFile, options: BuiltOptionsMap | null, context: HostContext): LoadResult {
    const method = new LoadedMethod(file, context);
    const error = method.#arenas.take(file, context.host) ?? method.#load(options);
    if (error === null) return { ok: true, method };
    method.destroy();
    return { ok: false, error };
  }

  /**
   * Initialises the delegates one after another, until one fails (WSB-MULTI-05). Those before it are then destroyed
   * (WSB-MULTI-06).
   */
  #load(options: BuiltOptionsMap | null): FailureName | null {
    const { entryFault, delegates, exitFault } = this.#file;
    if (entryFault !== null) return raise(entryFault);
    for (const delegate of delegates) {
      const earlier = this.#delegates.map(({ handle }) => handle);
      const ready = prepare(delegate, options, this.#context, earlier);
      if (typeof ready === 'string') return ready;
      this.#delegates.push(ready);
    }
    // WSB-PROG-09, WSB-DEV-06
    return exitFault === null ? null : raise(exitFault);
  }

  /** Gives the method its inputs and runs its instructions; null when all went well. */
  execute(): FailureName | null {
    const { name, inputs, instructions } = this.#file;
    const tensors = new ExecutionTensors(this.#file);
    for (const input of inputs) {
      const error = this.#give(input, tensors);
      if (error !== null) return error;
    }
    for (const instruction of instructions) {
      const error = this.#run(instruction, tensors);
      if (error === undefined) throw new UnmodelledProgramError(name);
      if (error !== null) return error;
    }
    return null;
  }

  /** Copies zeros into an input that was planned: from ExecuTorch 1.5 on only where both are on the host (WSB-DEV-08). */
  #give(input: ArgumentFile, tensors: ExecutionTensors): FailureName | null {
    if (input.kind !== 'tensor' || input.memory.kind !== 'planned') return null;
    const checks = this.#context.host.executorch !== '1.4.1';
    if (checks && input.device.type !== HOST_MEMORY) return 'NotSupported';
    if (tensors.memoryOf(input) === 'host') return null;
    throw new UndefinedBehaviourError(
      programFault(
        'crash-hazard',
        'an input lies in device memory, and the runtime copies into it as into host memory',
      ),
    );
  }

  /** Carries out an instruction; undefined for one that the reference does not model. */
  #run(instruction: InstructionFile, tensors: ExecutionTensors): FailureName | null | undefined {
    switch (instruction.kind) {
      case 'delegate': {
        const delegate = this.#delegates[instruction.index];
        return delegate === undefined ? 'Internal' : executeDelegate(delegate, instruction.args, tensors);
      }
      case 'kernel': {
        const copy = copyCall(instruction.operator, instruction.args);
        return copy === null ? undefined : executeCopy(copy, tensors, this.#context);
      }
      case 'other':
        return undefined;
    }
  }

  /** Destroys the delegates in their order (WSB-FAIL-05), then the arenas are freed. */
  destroy(): void {
    for (const { handle } of this.#delegates) handle.destroy();
    this.#arenas.free();
  }
}

/** What ExecuTorch does with one delegate, in its order; the error when one of these steps fails. */
function prepare(
  delegate: DelegateFile,
  options: BuiltOptionsMap | null,
  context: HostContext,
  earlier: readonly EngineHandle[],
): ReadyDelegate | FailureName {
  const { backend, data, compileSpecs } = delegate;
  if (!backend.ok) return raise(backend.fault);
  // WSB-PROG-08
  if (backend.value !== BACKEND_ID) return 'NotFound';
  if (!isAvailable(context.tensorRt)) return 'NotFound';
  if (!data.ok) return raise(data.fault);
  if (!compileSpecs.ok) return raise(compileSpecs.fault);
  const input = {
    data: data.value,
    compileSpecs: compileSpecs.value,
    options: optionsFor(options, BACKEND_ID),
  };
  const result = initDelegate(input, context, earlier);
  return result.ok ? result.delegate : result.fault.error;
}
