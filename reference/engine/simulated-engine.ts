import type { ClauseId } from '../outcome/clause-id.js';
import type { BudgetEngine } from '../rules/budget-engine.js';
import type { EngineTrace } from '../rules/engine-trace.js';
import type { EngineMemory } from '../rules/automatic-budget.js';
import type { Plan, PlanBinding } from '../plan/plan.js';
import type { EngineRecord } from './engine-record.js';
import type { SimulatedDevice } from './simulated-device.js';
import { streamingModel, type StreamingModel } from './streaming-model.js';

/** Updates that can be told apart: a byte that is not 0. */
const MOST_UPDATES = 255;

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
  unbound(names: Pick<ReadonlySet<string>, 'has'>): readonly PlanBinding[] {
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
    const fails = !this.#device.succeeds('setWeightStreamingBudgetV2');
    const ok = !fails && !locked && this.#streaming.setBudget(budget);
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
    const fails = !this.#device.succeeds('createExecutionContext');
    const bytes = !fails && this.#plan.createsContext ? this.#streaming.takeContext() : null;
    this.#record.calls.push({ call: 'createExecutionContext', ok: bytes !== null });
    if (bytes === null) return null;
    this.#contexts++;
    this.#device.created('contexts');
    let last = 0;
    return {
      enqueueV3: (bound) => {
        this.trace?.enqueueCall();
        const runs = this.#device.succeeds('enqueueV3') && this.#plan.enqueues;
        const updated = this.#updated(bound);
        const isThere = updated?.every(({ update }) => last === 0 || update === last) === true;
        const ok = isThere && runs && this.unbound(bound).length === 0;
        if (ok) last = (last % MOST_UPDATES) + 1;
        if (ok) for (const memory of updated) memory.update = last;
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

  /**
   * What the engine updates in place; null where an output and the input that it aliases are not in
   * the same memory.
   */
  #updated(bound: ReadonlyMap<string, UpdatedMemory | null>): readonly UpdatedMemory[] | null {
    const memories: UpdatedMemory[] = [];
    for (const { name, aliases } of this.#plan.updatesInPlace === true ? this.bindings : []) {
      if (aliases === null) continue;
      const [over, under] = [bound.get(name) ?? null, bound.get(aliases) ?? null];
      if (over === null || over !== under) return null;
      memories.push(over);
    }
    return memories;
  }

  destroy(): void {
    if (this.#contexts > 0) this.#device.note('destroy-engine-with-context');
    this.#isAlive = false;
    this.#streaming.release();
    this.#device.destroyed('engines');
  }
}

/** Memory that an engine can update in place. */
export interface UpdatedMemory {
  /** What the last run that updated it left there; 0 where anything else is there. */
  update: number;
}

/** An execution context of a simulated engine. */
export interface SimulatedContext {
  /**
   * Runs the engine; false when TensorRT refuses, as it does while a tensor has no address.
   *
   * @param bound - the tensors that were given an address, by name, each with the memory there:
   *   null for memory of the delegate's own
   */
  enqueueV3(bound: ReadonlyMap<string, UpdatedMemory | null>): boolean;
  destroy(): void;
}
