import type { EngineHandle } from '../delegate/engine-handle.js';
import type { ReadyDelegate } from '../delegate/execute.js';
import { initDelegate, isAvailable } from '../delegate/init.js';
import type { InitContext } from '../delegate/init-input.js';
import { optionsFor, type BuiltOptionsMap } from '../rules/options-map.js';
import type { FailureName } from '../outcome/error-code.js';
import type { DelegateFile, MethodFile } from '../program/program-file.js';
import { MethodValues } from './execute-method.js';
import { logsBudget } from './logs-budget.js';
import { raiseLogged } from './raise.js';

/** The id of the backend that the specification is about, and the only one that a host of the suite has. */
export const BACKEND_ID = 'TensorRTBackend';

/** Bytes of planned memory that a host gives a method at most. */
export const PLANNED_MEMORY_LIMIT = 256n * 2n ** 20n;

/** What surrounds the methods of a host. */
export type HostContext = InitContext;

/** A loaded method, or the error that its load ended with. */
export type LoadResult =
  { readonly ok: true; readonly method: LoadedMethod } | { readonly ok: false; readonly error: FailureName };

/** A method whose delegates are initialised. */
export class LoadedMethod {
  readonly #values: MethodValues;
  readonly #delegates: readonly ReadyDelegate[];

  private constructor(file: MethodFile, delegates: readonly ReadyDelegate[]) {
    this.#values = new MethodValues(file);
    this.#delegates = delegates;
  }

  /**
   * Loads a method as ExecuTorch does: its delegates one after another, until one fails (WSB-MULTI-05). Those before it are then
   * destroyed (WSB-MULTI-06).
   */
  static load(file: MethodFile, options: BuiltOptionsMap | null, context: HostContext): LoadResult {
    const planError = refusePlan(file.plannedBytes);
    if (planError !== null) return { ok: false, error: planError };
    if (file.entryFault !== null) return { ok: false, error: raiseLogged(file.entryFault, context.warn) };

    const delegates: ReadyDelegate[] = [];
    const method = new LoadedMethod(file, delegates);
    for (const delegate of file.delegates) {
      const ready = prepare(
        delegate,
        options,
        context,
        delegates.map(({ handle }) => handle),
      );
      if (typeof ready === 'string') {
        method.destroy();
        return { ok: false, error: ready };
      }
      delegates.push(ready);
    }
    if (file.exitFault !== null) {
      // WSB-PROG-09
      const error = raiseLogged(file.exitFault, context.warn);
      method.destroy();
      return { ok: false, error };
    }
    return { ok: true, method };
  }

  /** Executes the method once; null when all went well. */
  execute(): FailureName | null {
    return this.#values.execute(this.#delegates);
  }

  /** Destroys the delegates in their order (WSB-FAIL-05). */
  destroy(): void {
    for (const { handle } of this.#delegates) handle.destroy();
  }
}

/** Why a host cannot provide the arenas of a method; null when it can. */
function refusePlan(plannedBytes: readonly bigint[]): FailureName | null {
  let total = 0n;
  for (const bytes of plannedBytes) {
    if (bytes < 0n) return 'InvalidProgram';
    total += bytes;
    if (total > PLANNED_MEMORY_LIMIT) return 'MemoryAllocationFailed';
  }
  return null;
}

/** What ExecuTorch does with one delegate, in its order; the error when one of these steps fails. */
function prepare(
  delegate: DelegateFile,
  options: BuiltOptionsMap | null,
  context: HostContext,
  earlier: readonly EngineHandle[],
): ReadyDelegate | FailureName {
  const { backend, data, compileSpecs } = delegate;
  if (!backend.ok) return raiseLogged(backend.fault, context.warn);
  // WSB-PROG-08
  if (backend.value !== BACKEND_ID) {
    if (logsBudget(`Backend ${backend.value} is not registered.`)) context.warn();
    return 'NotFound';
  }
  if (!isAvailable(context.tensorRt)) return 'NotFound';
  if (!data.ok) return raiseLogged(data.fault, context.warn);
  if (!compileSpecs.ok) return raiseLogged(compileSpecs.fault, context.warn);
  const input = {
    data: data.value,
    dataSize: delegate.dataSize,
    compileSpecs: compileSpecs.value,
    options: optionsFor(options, BACKEND_ID),
  };
  const result = initDelegate(input, context, earlier);
  return result.ok ? result.delegate : result.fault.error;
}
