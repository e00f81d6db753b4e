import { decodePlan, isScriptedPlan } from '../plan/decode-plan.js';
import { granules, NO_PAGING } from '../plan/paging.js';
import type { Plan } from '../plan/plan.js';
import { startRecord, type EngineRecord } from './engine-record.js';
import { EngineTrace } from '../rules/engine-trace.js';
import type { Trace } from '../rules/trace.js';
import type { SimulatedDevice } from './simulated-device.js';
import { SimulatedEngine } from './simulated-engine.js';

/** A multiple of which the address of a plan has to be. */
const PLAN_ALIGNMENT = 16;

/** What stands behind a plan that is not a scripted one; null for a plan that is unknown. */
export type RecordedPlans = (engine: Uint8Array) => Plan | null;

/**
 * The simulated TensorRT of one request. It keeps the record of every engine that anyone tried to
 * deserialize.
 */
export class SimulatedTensorRt {
  readonly engines: EngineRecord[] = [];
  /** Index of the step that is being carried out. */
  step = 0;
  readonly #device: SimulatedDevice;
  readonly #program: Uint8Array;
  readonly #recordedPlans: RecordedPlans;

  /** @param trace - where it is noted why calls are made; null when nobody asks */
  constructor(
    device: SimulatedDevice,
    program: Uint8Array,
    recordedPlans: RecordedPlans,
    readonly trace: Trace | null = null,
  ) {
    this.#device = device;
    this.#program = program;
    this.#recordedPlans = recordedPlans;
  }

  /** A runtime; null when it is to fail. */
  createInferRuntime(): SimulatedRuntime | null {
    if (!this.#device.succeeds('createInferRuntime')) return null;
    this.#device.created('runtimes');
    let engine: SimulatedEngine | null = null;
    return {
      deserializeCudaEngine: (bytes, size) => (engine = this.#deserialize(bytes, size)),
      destroy: () => {
        if (engine?.isAlive === true) this.#device.note('destroy-runtime-with-engine');
        this.#device.destroyed('runtimes');
      },
    };
  }

  /** A runtime that was made before the request, and outlives it. */
  earlierRuntime(): SimulatedRuntime {
    return {
      deserializeCudaEngine: (bytes, size) => this.#deserialize(bytes, size),
      destroy: () => undefined,
    };
  }

  #deserialize(bytes: Uint8Array, size = bytes.length): SimulatedEngine | null {
    const start = bytes.byteOffset - this.#program.byteOffset;
    // A host loads the file to a multiple of 16, so the place in the file decides.
    if (start % PLAN_ALIGNMENT !== 0) this.#device.note('misaligned-plan');
    const left = bytes.buffer === this.#program.buffer ? this.#program.length - start : bytes.length;
    if (left >= 0 && size > left) this.#device.note('plan-out-of-bounds');
    const plan = size > bytes.length || size > left ? null : this.#planOf(bytes);
    const record = startRecord(this.step);
    const trace =
      this.trace === null
        ? null
        : new EngineTrace(this.trace, this.engines.length, () => record.calls.length);
    trace?.deserializeCall(this.trace?.kept ?? []);
    record.calls.push({ call: 'deserializeCudaEngine', ok: plan !== null });
    this.engines.push(record);
    return plan === null ? null : new SimulatedEngine(plan, this.#device, record, trace);
  }

  #planOf(bytes: Uint8Array): Plan | null {
    const plan = isScriptedPlan(bytes) ? scriptedPlanOf(bytes) : this.#recordedPlans(bytes);
    if (plan?.deserializes !== true) return null;
    const { loadHeadroom } = plan.paging ?? NO_PAGING;
    return granules(loadHeadroom, plan.paging ?? NO_PAGING) > this.#device.freeBytes ? null : plan;
  }
}

function scriptedPlanOf(bytes: Uint8Array): Plan | null {
  const decoded = decodePlan(bytes);
  return decoded.ok ? decoded.plan : null;
}

/** A runtime of the simulated TensorRT. */
export interface SimulatedRuntime {
  /**
   * An engine from a plan of `size` bytes, of which those that are not zeros are given; null when
   * TensorRT refuses it.
   */
  deserializeCudaEngine(bytes: Uint8Array, size?: number): SimulatedEngine | null;
  destroy(): void;
}
