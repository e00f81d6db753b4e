import type { Plan } from '../plan/plan.js';

/** How an engine answers about weight streaming and what device memory that takes (spec/scripted-plan.md). All sizes are bytes. */
export interface StreamingModel {
  automaticBudget(): bigint;
  /** Whether the last budget that was accepted streams weights; no budget does not. */
  isStreaming(): boolean;
  /** Only called while no execution context lives. */
  setBudget(budget: bigint): boolean;
  /** What a new execution context takes. */
  contextBytes(): bigint;
  /** Gives back what the weights hold. */
  release(): void;
}

/** The memory that a model takes from and gives back to. */
export interface DeviceMemory {
  readonly freeBytes: bigint;
  take(bytes: bigint): boolean;
  give(bytes: bigint): void;
}

/** The model that a plan asks for. */
export function streamingModel(plan: Plan, memory: DeviceMemory): StreamingModel {
  return plan.kind === 'scripted' ? new ScriptedStreaming(plan) : new ModelledStreaming(plan, memory);
}

/** Answers as the plan dictates; takes no memory. */
class ScriptedStreaming implements StreamingModel {
  readonly #plan: Plan;
  #sets = 0;
  #budget: bigint;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#budget = plan.streamable;
  }

  isStreaming(): boolean {
    return this.#budget < this.#plan.streamable;
  }

  automaticBudget(): bigint {
    return this.#plan.automatic;
  }

  setBudget(budget: bigint): boolean {
    const ok = this.#plan.setAnswers[this.#sets++] ?? this.#plan.setDefault;
    if (ok) this.#budget = budget;
    return ok;
  }

  contextBytes(): bigint {
    return 0n;
  }

  release(): void {
    // Nothing was taken.
  }
}

/** Obeys the rules measured on a device. */
class ModelledStreaming implements StreamingModel {
  readonly #streamable: bigint;
  readonly #activations: bigint;
  readonly #scratch: bigint;
  readonly #memory: DeviceMemory;
  #budget: bigint;
  /** Bytes of weights on the device since streaming was switched off. */
  #resident = 0n;

  constructor(plan: Plan, memory: DeviceMemory) {
    this.#streamable = plan.streamable;
    this.#activations = atLeastZero(plan.activations);
    this.#scratch = atLeastZero(plan.scratch);
    this.#memory = memory;
    this.#budget = plan.streamable;
  }

  isStreaming(): boolean {
    return this.#budget < this.#streamable;
  }

  automaticBudget(): bigint {
    if (this.#streamable <= 0n) return -1n;
    const room = atLeastZero(this.#memory.freeBytes - 4n * this.#activations);
    return room < this.#streamable ? room : this.#streamable;
  }

  setBudget(budget: bigint): boolean {
    if (this.#streamable <= 0n || budget < 0n) return false;
    const resident = budget >= this.#streamable ? this.#streamable : 0n;
    if (resident > this.#resident && !this.#memory.take(resident)) return false;
    if (resident < this.#resident) this.release();
    this.#resident = resident;
    this.#budget = budget;
    return true;
  }

  contextBytes(): bigint {
    return this.#activations + (this.isStreaming() ? this.#budget + this.#scratch : 0n);
  }

  release(): void {
    this.#memory.give(this.#resident);
    this.#resident = 0n;
  }
}

function atLeastZero(bytes: bigint): bigint {
  return bytes > 0n ? bytes : 0n;
}
