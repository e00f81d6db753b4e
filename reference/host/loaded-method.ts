import type { EngineHandle } from '../delegate/engine-handle.js';
import { ExecutionTensors, HOST_MEMORY } from '../delegate/execution-tensors.js';
import { executeDelegate, type ReadyDelegate } from '../delegate/execute.js';
import { initDelegate, isAvailable } from '../delegate/init.js';
import type { InitInput } from '../delegate/init-input.js';
import type { ClauseId } from '../outcome/clause-id.js';
import { programFault } from '../program/program-fault.js';
import type { ArgumentFile, DelegateFile, InstructionFile, MethodFile } from '../program/program-file.js';
import { copyCall, executeCopy } from './copy-operator.js';
import type { HostContext } from './host-profile.js';
import { PlannedArenas } from './planned-arenas.js';
import { raise, type Failure } from './raise.js';
import { UndefinedBehaviourError } from './undefined-behaviour-error.js';
import { UnmodelledProgramError } from './unmodelled-program-error.js';

/** The id of the backend that the specification is about, and the only one that a host of the suite has. */
export const BACKEND_ID = 'TensorRTBackend';

/** The options that reach the delegates of a load. */
export type LoadOptions = Pick<InitInput, 'options' | 'earlierOptions' | 'because'>;

/** A loaded method, or the error that its load ended with. */
export type LoadResult =
  { readonly ok: true; readonly method: LoadedMethod } | { readonly ok: false; readonly failure: Failure };

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
  static load(file: MethodFile, options: LoadOptions, context: HostContext): LoadResult {
    const method = new LoadedMethod(file, context);
    const failure = method.#arenas.take(file, context.host) ?? method.#load(options);
    if (failure === null) return { ok: true, method };
    method.destroy();
    return { ok: false, failure };
  }

  /** The clause by which an execution ends well. */
  get executionClause(): ClauseId {
    return this.#file.plannedDevices.some(({ type }) => type !== HOST_MEMORY) ? 'WSB-DEV-02' : 'WSB-LIFE-10';
  }

  /**
   * Initialises the delegates one after another, until one fails (WSB-MULTI-05). Those before it are then destroyed
   * (WSB-MULTI-06).
   */
  #load(options: LoadOptions): Failure | null {
    const { entryFault, delegates, exitFault } = this.#file;
    if (entryFault !== null) return raise(entryFault);
    for (const delegate of delegates) {
      const earlier = this.#delegates.map(({ handle }) => handle);
      const ready = prepare(delegate, options, this.#context, earlier);
      if ('error' in ready) return ready;
      this.#delegates.push(ready);
    }
    return exitFault === null ? null : raise(exitFault);
  }

  /** Gives the method its inputs and runs its instructions; null when all went well. */
  execute(): Failure | null {
    const { name, inputs, instructions } = this.#file;
    const tensors = new ExecutionTensors(this.#file, this.#context.rules.placeOf);
    for (const input of inputs) {
      const failure = this.#give(input, tensors);
      if (failure !== null) return failure;
    }
    for (const instruction of instructions) {
      const failure = this.#run(instruction, tensors);
      if (failure === undefined) throw new UnmodelledProgramError(name);
      if (failure !== null) return failure;
    }
    return null;
  }

  /** Copies zeros into an input that was planned: from ExecuTorch 1.5 on only where both are on the host. */
  #give(input: ArgumentFile, tensors: ExecutionTensors): Failure | null {
    if (input.kind !== 'tensor' || input.memory.kind !== 'planned') return null;
    const checks = this.#context.host.executorch !== '1.4.1';
    if (checks && input.device.type !== HOST_MEMORY) return { error: 'NotSupported', clause: 'WSB-DEV-08' };
    if (tensors.memoryOf(input) === 'host') return null;
    throw new UndefinedBehaviourError(
      programFault(
        'crash-hazard',
        'an input lies in device memory, and the runtime copies into it as into host memory',
      ),
    );
  }

  /** Carries out an instruction; undefined for one that the reference does not model. */
  #run(instruction: InstructionFile, tensors: ExecutionTensors): Failure | null | undefined {
    switch (instruction.kind) {
      case 'delegate': {
        const delegate = this.#delegates[instruction.index];
        if (delegate === undefined) return { error: 'Internal', clause: 'WSB-PROG-17' };
        const error = executeDelegate(delegate, instruction.args, tensors);
        return error === null ? null : { error, clause: 'WSB-LIFE-10' };
      }
      case 'kernel': {
        const copy = copyCall(instruction.operator, instruction.args);
        if (copy === null) return undefined;
        const error = executeCopy(copy, tensors, this.#context);
        return error === null ? null : { error, clause: 'WSB-DEV-07' };
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
  options: LoadOptions,
  context: HostContext,
  earlier: readonly EngineHandle[],
): ReadyDelegate | Failure {
  const { backend, data, compileSpecs } = delegate;
  if (!backend.ok) return raise(backend.fault);
  if (backend.value !== BACKEND_ID) return { error: 'NotFound', clause: 'WSB-PROG-08' };
  if (!isAvailable(context.tensorRt)) return { error: 'NotFound', clause: 'WSB-FAIL-06' };
  if (!data.ok) return raise(data.fault);
  if (!compileSpecs.ok) return raise(compileSpecs.fault);
  const result = initDelegate(
    { data: data.value, compileSpecs: compileSpecs.value, ...options },
    context,
    earlier,
  );
  return result.ok ? result.delegate : result.fault;
}
