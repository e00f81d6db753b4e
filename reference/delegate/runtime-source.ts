import type { SimulatedRuntime, SimulatedTensorRt } from '../engine/simulated-tensorrt.js';
import type { RuntimeUse } from '../rules/runtime-use.js';

/** Where a delegate has its runtimes from in the course of a request (WSB-FAIL-06). */
export class RuntimeSource {
  readonly #tensorRt: SimulatedTensorRt;
  readonly #use: RuntimeUse;
  /** The runtime that engines share; null when there is none, or they share none. */
  #shared: SimulatedRuntime | null;
  #users = 0;
  #wasAvailable = false;

  constructor(tensorRt: SimulatedTensorRt, use: RuntimeUse) {
    this.#tensorRt = tensorRt;
    this.#use = use;
    this.#shared = use.kept === 'before' ? tensorRt.earlierRuntime() : null;
  }

  /** Whether TensorRT can make a runtime, as far as this delegate asks. */
  isAvailable(): boolean {
    const { check, kept } = this.#use;
    if (check === 'none' || this.#shared !== null) return true;
    if (check === 'first' && this.#wasAvailable) return true;
    const runtime = this.#tensorRt.createInferRuntime();
    this.#wasAvailable ||= runtime !== null;
    if (kept === 'process') this.#shared = runtime;
    else runtime?.destroy();
    return runtime !== null;
  }

  /** A runtime for one engine, to be destroyed after it; null when TensorRT makes none. */
  take(): SimulatedRuntime | null {
    if (this.#use.kept === 'engine') return this.#tensorRt.createInferRuntime();
    const runtime = (this.#shared ??= this.#tensorRt.createInferRuntime());
    if (runtime === null) return null;
    this.#users += 1;
    return {
      deserializeCudaEngine: (bytes, size) => runtime.deserializeCudaEngine(bytes, size),
      destroy: () => {
        this.#users -= 1;
        if (this.#use.kept !== 'engines' || this.#users > 0) return;
        this.#shared = null;
        runtime.destroy();
      },
    };
  }
}
