import type { EngineHandle } from '../delegate/engine-handle.js';
import type { ReadyDelegate } from '../delegate/execute.js';
import { initDelegate } from '../delegate/init.js';
import type { InitInput } from '../delegate/init-input.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { DelegateFile, MethodFile } from '../program/program-file.js';
import { MethodValues } from './execute-method.js';
import type { HostContext } from './host-profile.js';
import { logsBudget } from './logs-budget.js';
import { PlannedArenas } from './planned-arenas.js';
import { raiseLogged, type Failure } from './raise.js';

/**
 * The id of the backend that the specification is about, and the only one that a host of the suite
 * has.
 */
export const BACKEND_ID = 'TensorRTBackend';

/** The options that reach the delegates of a load. */
export type LoadOptions = Pick<InitInput, 'options' | 'kept' | 'because'>;

/** A loaded method, or the error that its load ended with. */
export type LoadResult =
  { readonly ok: true; readonly method: LoadedMethod } | { readonly ok: false; readonly failure: Failure };

/** A method whose delegates are initialised. */
export class LoadedMethod {
  readonly #file: MethodFile;
  readonly #context: HostContext;
  readonly #arenas: PlannedArenas;
  readonly #values: MethodValues;
  readonly #delegates: ReadyDelegate[] = [];

  private constructor(file: MethodFile, context: HostContext) {
    this.#file = file;
    this.#context = context;
    this.#arenas = new PlannedArenas(context.device);
    this.#values = new MethodValues(file, context);
  }

  /**
   * Loads a method: its arenas, then what ExecuTorch does. A load that fails leaves nothing behind.
   */
  static load(file: MethodFile, options: LoadOptions, context: HostContext): LoadResult {
    const method = new LoadedMethod(file, context);
    const failure = method.#arenas.take(file, context.host) ?? method.#load(options);
    if (failure === null) return { ok: true, method };
    method.destroy();
    return { ok: false, failure };
  }

  /** Its engines, in the order of the delegates. */
  get handles(): readonly EngineHandle[] {
    return this.#delegates.map(({ handle }) => handle);
  }

  /** The clause by which an execution ends well. */
  get executionClause(): ClauseId {
    return this.#values.clause;
  }

  /**
   * Initialises the delegates one after another, until one fails (WSB-MULTI-05). Those before it
   * are then destroyed (WSB-MULTI-06).
   */
  #load(options: LoadOptions): Failure | null {
    const { entryFault, delegates, exitFault } = this.#file;
    if (entryFault !== null) return raiseLogged(entryFault, this.#context.warn);
    for (const delegate of delegates) {
      const earlier = this.#delegates.map(({ handle }) => handle);
      const ready = prepareDelegate(delegate, options, this.#context, earlier);
      if ('error' in ready) return ready;
      this.#delegates.push(ready);
    }
    return exitFault === null ? null : raiseLogged(exitFault, this.#context.warn);
  }

  /** Executes the method once; null when all went well. */
  execute(): Failure | null {
    return this.#values.execute(this.#delegates);
  }

  /** Destroys the delegates in their order (WSB-FAIL-05), then the arenas are freed. */
  destroy(): void {
    for (const { handle } of this.#delegates) handle.destroy();
    this.#arenas.free();
  }
}

/**
 * What ExecuTorch does with one delegate, in its order; the error when one of these steps fails.
 */
export function prepareDelegate(
  delegate: DelegateFile,
  options: LoadOptions,
  context: HostContext,
  earlier: readonly EngineHandle[],
): ReadyDelegate | Failure {
  const { backend, data, compileSpecs } = delegate;
  if (!backend.ok) return raiseLogged(backend.fault, context.warn);
  if (backend.value !== BACKEND_ID) {
    if (logsBudget(`Backend ${backend.value} is not registered.`)) context.warn('WSB-PROG-08');
    return { error: 'NotFound', clause: 'WSB-PROG-08' };
  }
  if (!context.runtimes.isAvailable()) return { error: 'NotFound', clause: 'WSB-FAIL-06' };
  if (!data.ok) return raiseLogged(data.fault, context.warn);
  if (!compileSpecs.ok) return raiseLogged(compileSpecs.fault, context.warn);
  const result = initDelegate(
    { data: data.value, dataSize: delegate.dataSize, compileSpecs: compileSpecs.value, ...options },
    context,
    earlier,
  );
  return result.ok ? result.delegate : result.fault;
}
