import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { PlanBinding } from '../plan/plan.js';

/**
 * The shapes of an execution context: those that were set for inputs, and what follows from them
 * for outputs.
 */
export class ContextShapes {
  readonly #engine: SimulatedEngine;
  readonly #inputs = new Map<string, readonly number[]>();

  constructor(engine: SimulatedEngine) {
    this.#engine = engine;
  }

  /**
   * `setInputShape`; false when the engine cannot take the shape. Rank and bounds were checked
   * before.
   */
  set(input: PlanBinding, shape: readonly number[]): boolean {
    if (input.shape.some((size, d) => size >= 0n && Number(size) !== shape[d])) return false;
    this.#inputs.set(input.name, shape);
    return true;
  }

  /** Whether the shape of every input of the engine is known. */
  areKnown(): boolean {
    return this.#engine.bindings.every(
      ({ mode, name, shape }) =>
        mode === 'output' || this.#inputs.has(name) || shape.every((size) => size >= 0n),
    );
  }

  /**
   * The shape of an output, −1 where it is unknown; null for a tensor that the engine does not
   * have.
   */
  output(name: string): readonly bigint[] | null {
    const binding = this.#engine.binding(name);
    return binding?.shape.map((size, d) => (size >= 0n ? size : this.#dynamicSize(d))) ?? null;
  }

  /**
   * A dynamic dimension of an output is that of the first input that is dynamic there too; those
   * are all set by now.
   */
  #dynamicSize(dimension: number): bigint {
    const input = this.#engine.bindings.find(
      ({ mode, shape }) => mode === 'input' && Number(shape[dimension]) < 0,
    );
    return input === undefined ? -1n : BigInt(Number(this.#inputs.get(input.name)?.[dimension]));
  }
}
