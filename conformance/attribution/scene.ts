import type {
  BudgetChoice,
  CompileSpec,
  DelegateFile,
  DeliveredOption,
  DeliveredValue,
  Plan,
} from '../../reference/index.js';
import {
  BUDGET_KEY,
  buildOptionsMap,
  chooseBudget,
  decodeBlob,
  decodePlan,
  findMethod,
  findOption,
  optionsFor,
  parseBudget,
  readProgram,
} from '../../reference/index.js';
import { UNLIMITED_BYTES } from '../../reference/engine/simulated-device.js';
import type { LoadRequest, OptionsMap } from '../../reference/request/load-request.js';
import { BACKEND } from '../model/names.js';

/** What the budget of one engine had to be decided from. */
export interface Scene {
  /** The options map in force for the load; null when there is none. */
  readonly map: OptionsMap | null;
  /** The options that reach the delegate; null when ExecuTorch's containers refuse the map. */
  readonly options: readonly DeliveredOption[] | null;
  /** The option of the budget's key that counts, if there is one. */
  readonly option: DeliveredValue | null;
  readonly specs: readonly CompileSpec[];
  /** What the specification chooses. */
  readonly choice: BudgetChoice;
  /** The scripted plan of the engine; null where the data holds none. */
  readonly plan: Plan | null;
  /** Whether a delegate can learn how much device memory is free (WSB-AUTO-06). */
  readonly knowsFree: boolean;
}

/**
 * The scene of an engine: the `ordinal`-th delegate (from 0) of the method that step `step` loads. Null when the program cannot be
 * read, the step is no load, or there is no such delegate.
 */
export function sceneOf(request: LoadRequest, step: number, ordinal: number): Scene | null {
  const loaded = request.steps[step];
  if (loaded?.op !== 'load') return null;
  const delegate = delegateOf(request.program, loaded.method, ordinal);
  if (delegate === null) return null;

  const map = loaded.options ?? request.module?.options ?? null;
  const built = map === null ? null : buildOptionsMap(map);
  const refused = map !== null && built === null;
  const options = refused ? null : optionsFor(built, BACKEND);
  const specs = delegate.compileSpecs.ok ? delegate.compileSpecs.value : [];
  return {
    map,
    options,
    option: findOption(options ?? [], BUDGET_KEY),
    specs,
    choice: chooseBudget(options ?? [], specs, parseBudget),
    plan: planOf(delegate),
    knowsFree: request.device.freeBytes < UNLIMITED_BYTES,
  };
}

function delegateOf(program: Uint8Array, method: string, ordinal: number): DelegateFile | null {
  const read = readProgram(program);
  const found = read.ok ? findMethod(read.program, method) : read;
  return found.ok ? (found.value.delegates[ordinal] ?? null) : null;
}

function planOf({ data }: DelegateFile): Plan | null {
  const decoded = data.ok ? decodeBlob(data.value) : null;
  const plan = decoded?.ok === true ? decodePlan(decoded.blob.engine) : null;
  return plan?.ok === true ? plan.plan : null;
}
