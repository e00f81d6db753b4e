import type { EngineHandle } from '../delegate/engine-handle.js';
import type { ReadyDelegate } from '../delegate/execute.js';
import { initDelegate, isAvailable } from '../delegate/init.js';
import type { InitContext, InitInput } from '../delegate/init-input.js';
import type { DelegateFile, MethodFile } from '../program/program-file.js';
import { MethodValues } from './execute-method.js';
import { logsBudget } from './logs-budget.js';
import { raiseLogged, type Failure } from './raise.js';

/**
 * The id of the backend that the specification is about, and the only one that a host of the suite
 * has.
 */
export const BACKEND_ID = 'TensorRTBackend';

/** Bytes of planned memory that a host gives a method at most. */
export const PLANNED_MEMORY_LIMIT = 256n * 2n ** 20n;

/** What surrounds the methods of a host. */
export type HostContext = InitContext;

/** The options that reach the delegates of a load. */
export type LoadOptions = Pick<InitInput, 'options' | 'kept' | 'because'>;

/** A loaded method, or the error that its load ended with. */
export type LoadResult =
  { readonly ok: true; readonly method: LoadedMethod } | { readonly ok: false; readonly failure: Failure };

/** A method whose delegates are initialised. */
export class LoadedMethod {
  readonly #values: MethodValues;
  readonly #delegates: readonly ReadyDelegate[];

  private constructor(file: MethodFile, delegates: readonly ReadyDelegate[]) {
    this.#values = new MethodValues(file);
    this.#delegates = delegates;
  }

  /**
   * Loads a method as ExecuTorch does: its delegates one after another, until one fails
   * (WSB-MULTI-05). Those before it are then destroyed (WSB-MULTI-06).
   */
  static load(file: MethodFile, options: LoadOptions, context: HostContext): LoadResult {
    const planError = refusePlan(file.plannedBytes);
    if (planError !== null) return { ok: false, failure: planError };
    if (file.entryFault !== null) return { ok: false, failure: raiseLogged(file.entryFault, context.warn) };

    const delegates: ReadyDelegate[] = [];
    const method = new LoadedMethod(file, delegates);
    for (const delegate of file.delegates) {
      const ready = prepare(
        delegate,
        options,
        context,
        delegates.map(({ handle }) => handle),
      );
      if ('error' in ready) {
        method.destroy();
        return { ok: false, failure: ready };
      }
      delegates.push(ready);
    }
    if (file.exitFault !== null) {
      const failure = raiseLogged(file.exitFault, context.warn);
      method.destroy();
      return { ok: false, failure };
    }
    return { ok: true, method };
  }

  /** Executes the method once; null when all went well. */
  execute(): Failure | null {
    return this.#values.execute(this.#delegates);
  }

  /** Destroys the delegates in their order (WSB-FAIL-05). */
  destroy(): void {
    for (const { handle } of this.#delegates) handle.destroy();
  }
}

/** Why a host cannot provide the arenas of a method; null when it can. */
function refusePlan(plannedBytes: readonly bigint[]): Failure | null {
  let total = 0n;
  for (const bytes of plannedBytes) {
    if (bytes < 0n) return { error: 'InvalidProgram', clause: 'WSB-PROG-02' };
    total += bytes;
    if (total > PLANNED_MEMORY_LIMIT) return { error: 'MemoryAllocationFailed', clause: 'WSB-PROG-02' };
  }
  return null;
}

/**
 * What ExecuTorch does with one delegate, in its order; the error when one of these steps fails.
 */
function prepare(
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
  if (!isAvailable(context.tensorRt)) return { error: 'NotFound', clause: 'WSB-FAIL-06' };
  if (!data.ok) return raiseLogged(data.fault, context.warn);
  if (!compileSpecs.ok) return raiseLogged(compileSpecs.fault, context.warn);
  const result = initDelegate(
    { data: data.value, dataSize: delegate.dataSize, compileSpecs: compileSpecs.value, ...options },
    context,
    earlier,
  );
  return result.ok ? result.delegate : result.fault;
}
