import { fittingBudget as largestFitting } from '../rules/fitting-budget.js';
import type { EngineMemory } from '../rules/automatic-budget.js';
import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { EngineHandle } from './engine-handle.js';
import { canYield, yieldBudget } from './yield-budget.js';

/** What is asked for when everything that can be had is wanted; bytes. */
export const ALL_THERE_IS = 2n ** 64n - 1n;

/**
 * The memory of the device that an engine is loaded into, and what the engines of the same load
 * have of it that came before and whose budget is a fitting one.
 */
export class DeviceRoom {
  readonly #handle: EngineHandle;
  readonly #earlier: readonly EngineHandle[];
  readonly #fittingBudget: typeof largestFitting;
  /** How many engines of the load came before. */
  readonly before: number;
  /** Bytes of the explicit budgets that they were given. */
  readonly spent: bigint;

  /**
   * @param handle - of the engine that is being loaded
   * @param fittingBudget - says how much fits
   */
  constructor(handle: EngineHandle, earlier: readonly EngineHandle[], fittingBudget = largestFitting) {
    this.#fittingBudget = fittingBudget;
    this.#handle = handle;
    this.before = earlier.length;
    this.spent = earlier.reduce((sum, { engine }) => sum + explicitBudget(engine), 0n);
    this.#earlier = earlier.filter(({ yields, deviceId }) => yields && deviceId === handle.deviceId);
  }

  /** What is known of the memory of an engine; null on a device whose free memory nobody knows. */
  memoryOf(engine: SimulatedEngine): EngineMemory | null {
    return engine.memory === null ? null : { ...engine.memory, freeBytes: this.#handle.freeBytes };
  }

  /** Whether an engine keeps weights resident and would hold less without. */
  canMake(): boolean {
    return this.#earlier.some(canYield);
  }

  /**
   * Lets the engines stream more, the first one first, until `bytes` are free or there is nothing
   * left to stream (WSB-AUTO-07). False when one of them is left without a context: then the load
   * has to end.
   */
  make(bytes: bigint): boolean {
    for (const each of this.#earlier) {
      if (this.#handle.freeBytes < bytes) yieldBudget(bytes, each, this.#fittingBudget);
    }
    return this.#earlier.every(({ context }) => context !== null);
  }
}

function explicitBudget(engine: SimulatedEngine | null): bigint {
  const { source, applied } = engine?.record ?? { source: null, applied: null };
  return source === 'automatic' ? 0n : (applied ?? 0n);
}
