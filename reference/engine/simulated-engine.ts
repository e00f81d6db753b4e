import type { ClauseId } from '../outcome/clause-id.js';
import type { BudgetEngine } from '../rules/budget-engine.js';
import type { EngineTrace } from '../rules/engine-trace.js';
import type { EngineMemory } from '../rules/automatic-budget.js';
import type { Plan, PlanBinding } from '../plan/plan.js';
import type { EngineRecord } from './engine-record.js';
import type { SimulatedDevice } from './simulated-device.js';
import { streamingModel, type StreamingModel } from './streaming-model.js';

/** The least and the largest shape of an input. */
export interface ShapeBounds {
  readonly min: readonly bigint[];
  readonly max: readonly bigint[];
}

/**
 * An engine of the simulated TensorRT: it answers as its plan says and writes each call that the
 * contract speaks of into its record.
 */
export class SimulatedEngine implements BudgetEngine {
  readonly #plan: Plan;
  readonly #device: SimulatedDevice;
  readonly #record: EngineRecord;
  readonly #streaming: StreamingModel;
  #contexts = 0;
  #isAlive = true;

  /** @param trace - where it is noted why its calls are made; null when nobody asks */
  constructor(
    plan: Plan,
    device: SimulatedDevice,
    record: EngineRecord,
    readonly trace: EngineTrace | null = null,
  ) {
    this.#plan = plan;
    this.#device = device;
    this.#record = record;
    this.#streaming = streamingModel(plan, device);
    device.created('engines');
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get record(): EngineRecord {
    return this.#record;
  }

  get bindings(): readonly PlanBinding[] {
    return this.#plan.bindings;
  }

  /** The tensor of a name; null when the engine has none. */
  binding(name: string): PlanBinding | null {
    return this.#plan.bindings.find((binding) => binding.name === name) ?? null;
  }

  /**
   * TensorRT's `DataType` of a tensor; 0, as TensorRT answers, of one that the engine does not
   * have.
   */
  getTensorDataType(name: string): number {
    return this.binding(name)?.dtype ?? 0;
  }

  /**
   * The tensors without an address when those of the names given have one; a name means the first
   * of its tensors.
   */
  unbound(names: ReadonlySet<string>): readonly PlanBinding[] {
    return this.bindings.filter(
      (binding) => !names.has(binding.name) || this.binding(binding.name) !== binding,
    );
  }

  /**
   * Bounds of the shape of an input; null when there are none. Without a profile an input of static
   * shape is bounded by that shape.
   */
  profile({ mode, shape, profile }: PlanBinding): ShapeBounds | null {
    if (mode !== 'input') return null;
    if (profile !== null) return profile;
    return shape.some((size) => size < 0n) ? null : { min: shape, max: shape };
  }

  getStreamableWeightsSize(): bigint {
    return this.#plan.streamable;
  }

  /** What a delegate can learn of the memory; null on a device whose free memory nobody knows. */
  get memory(): EngineMemory | null {
    const freeBytes = this.#device.knownFreeBytes;
    if (freeBytes === null) return null;
    const scratch = (): bigint => (this.#streaming.isStreaming() ? this.#plan.scratch : 0n);
    return {
      freeBytes,
      getDeviceMemorySizeV2: () => this.#plan.activations + scratch(),
      getWeightStreamingScratchMemorySize: scratch,
    };
  }

  /** What a context needs in any case. */
  get activations(): bigint {
    return this.#plan.activations;
  }

  getWeightStreamingAutomaticBudget(because: ClauseId = 'WSB-APPLY-15'): bigint {
    const budget = this.#streaming.automaticBudget();
    this.trace?.budgetCall(because);
    this.#record.calls.push({ call: 'getWeightStreamingAutomaticBudget', budget });
    return budget;
  }

  setWeightStreamingBudgetV2(budget: bigint, because: ClauseId = 'WSB-APPLY-02'): boolean {
    this.trace?.budgetCall(because);
    const locked = this.#contexts > 0;
    if (locked) this.#device.note('set-with-context');
    const ok = !locked && this.#streaming.setBudget(budget);
    this.#record.calls.push({ call: 'setWeightStreamingBudgetV2', budget, ok });
    if (ok) this.#record.applied = budget;
    return ok;
  }

  getWeightStreamingBudgetV2(): bigint {
    return this.#streaming.budget();
  }

  getWeightStreamingScratchMemorySize(): bigint {
    return this.#streaming.scratchBytes();
  }

  getDeviceMemorySizeV2(): bigint {
    return this.#plan.activations + this.#streaming.scratchBytes();
  }

  createExecutionContext(because: ClauseId = 'WSB-LIFE-05'): SimulatedContext | null {
    this.trace?.contextCall(because);
    const bytes = this.#plan.createsContext ? this.#streaming.takeContext() : null;
    this.#record.calls.push({ call: 'createExecutionContext', ok: bytes !== null });
    if (bytes === null) return null;
    this.#contexts++;
    this.#device.created('contexts');
    return {
      enqueueV3: (bound) => {
        this.trace?.enqueueCall();
        const ok = this.#plan.enqueues && this.unbound(bound).length === 0;
        this.#record.calls.push({ call: 'enqueueV3', ok });
        return ok;
      },
      destroy: () => {
        this.#contexts--;
        this.#device.destroyed('contexts');
        this.#device.give(bytes);
      },
    };
  }

  destroy(): void {
    if (this.#contexts > 0) this.#device.note('destroy-engine-with-context');
    this.#isAlive = false;
    this.#streaming.release();
    this.#device.destroyed('engines');
  }
}

/** An execution context of a simulated engine. */
export interface SimulatedContext {
  /**
   * Runs the engine; false when TensorRT refuses, as it does while a tensor has no address.
   *
   * @param bound - names of tensors that were given an address
   */
  enqueueV3(bound: ReadonlySet<string>): boolean;
  destroy(): void;
}
