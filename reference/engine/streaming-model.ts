import { blockBytes, granules, NO_PAGING, type Paging } from '../plan/paging.js';
import type { Plan } from '../plan/plan.js';

/**
 * How an engine answers about weight streaming and what device memory that takes
 * (spec/scripted-plan.md). All sizes are bytes.
 */
export interface StreamingModel {
  automaticBudget(): bigint;
  /** Whether the last budget that was accepted streams weights; no budget does not. */
  isStreaming(): boolean;
  /** The budget in force; −1 for an engine that can't stream. */
  budget(): bigint;
  /** What a context takes in addition while weights are streamed; 0 while they are not. */
  scratchBytes(): bigint;
  /** Only called while no execution context lives. */
  setBudget(budget: bigint): boolean;
  /**
   * Takes the memory of a new execution context, and that of the weights when all are to be
   * resident and are not yet. What the context gives back; null, with nothing taken, when it can't
   * be had.
   */
  takeContext(): bigint | null;
  /** Gives back what the weights hold. */
  release(): void;
}

/** The memory that a model takes from and gives back to. */
export interface DeviceMemory {
  readonly freeBytes: bigint;
  /** Takes `bytes` when they, and `headroom` more, are free; else takes nothing and gives false. */
  take(bytes: bigint, headroom: bigint): boolean;
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

  budget(): bigint {
    return this.#budget;
  }

  scratchBytes(): bigint {
    return this.isStreaming() ? this.#plan.scratch : 0n;
  }

  setBudget(budget: bigint): boolean {
    const accepted = this.#plan.setAnswers[this.#sets++] ?? this.#plan.setDefault;
    if (accepted) this.#budget = lesser(budget, this.#plan.streamable);
    return accepted;
  }

  takeContext(): bigint {
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
  readonly #paging: Paging;
  #budget: bigint;
  /** Device memory that the weights take since streaming was switched off. */
  #resident = 0n;
  #isResident = false;

  constructor(plan: Plan, memory: DeviceMemory) {
    this.#streamable = plan.streamable;
    this.#activations = atLeastZero(plan.activations);
    this.#scratch = atLeastZero(plan.scratch);
    this.#memory = memory;
    this.#paging = plan.paging ?? NO_PAGING;
    this.#budget = plan.streamable;
  }

  isStreaming(): boolean {
    return this.#budget < this.#streamable;
  }

  automaticBudget(): bigint {
    if (this.#streamable <= 0n) return -1n;
    const working = this.#activations + this.scratchBytes();
    return lesser(atLeastZero(this.#memory.freeBytes - 4n * working), this.#streamable);
  }

  budget(): bigint {
    return this.#streamable <= 0n ? -1n : this.#budget;
  }

  scratchBytes(): bigint {
    return this.isStreaming() ? this.#scratch : 0n;
  }

  setBudget(budget: bigint): boolean {
    if (this.#streamable <= 0n || budget < 0n) return false;
    if (budget < this.#streamable) this.release();
    else if (!this.#isResident && !this.#takeWeights()) return false;
    this.#budget = lesser(budget, this.#streamable);
    return true;
  }

  takeContext(): bigint | null {
    const blocks = this.isStreaming()
      ? [this.#activations + this.#scratch, this.#budget]
      : [this.#activations];
    const bytes = blocks.reduce(
      (sum, block) => sum + blockBytes(block, this.#paging),
      granules(this.#paging.context, this.#paging),
    );
    const weights = this.#missingWeights();
    const headroom = granules(this.#paging.contextHeadroom, this.#paging);
    if (!this.#memory.take(bytes + weights, headroom)) return null;
    if (weights > 0n) this.#keep(weights);
    return bytes;
  }

  /**
   * Where no set was accepted the weights come to the device with the first context, and stay when
   * it goes.
   */
  #missingWeights(): bigint {
    const isMissing = this.#streamable > 0n && !this.isStreaming() && !this.#isResident;
    return isMissing ? blockBytes(this.#streamable, this.#paging) : 0n;
  }

  release(): void {
    this.#memory.give(this.#resident);
    this.#resident = 0n;
    this.#isResident = false;
  }

  #takeWeights(): boolean {
    const bytes = blockBytes(this.#streamable, this.#paging);
    const headroom = granules(this.#paging.weightsHeadroom, this.#paging);
    if (!this.#memory.take(bytes, headroom)) return false;
    this.#keep(bytes);
    return true;
  }

  #keep(bytes: bigint): void {
    this.#resident = bytes;
    this.#isResident = true;
  }
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function atLeastZero(bytes: bigint): bigint {
  return bytes > 0n ? bytes : 0n;
}
