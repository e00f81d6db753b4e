import { granules, NO_PAGING } from '../plan/paging.js';
import type { Plan } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import type { ByteRange } from '../source/byte-range.js';
import type { ByteSource } from '../source/byte-source.js';
import { startRecord, type EngineRecord } from './engine-record.js';
import { EngineTrace } from '../rules/engine-trace.js';
import type { Trace } from '../rules/trace.js';
import type { SimulatedDevice } from './simulated-device.js';
import { SimulatedEngine } from './simulated-engine.js';

/** A multiple of which the address of a plan has to be. */
const PLAN_ALIGNMENT = 16;

/** What stands behind a plan that is not a scripted one; null for a plan that is unknown. */
export type RecordedPlans = (engine: ByteRange) => Plan | null;

/**
 * The simulated TensorRT of one request. It keeps the record of every engine that anyone tried to
 * deserialize.
 */
export class SimulatedTensorRt {
  readonly engines: EngineRecord[] = [];
  /** Index of the step that is being carried out. */
  step = 0;
  readonly #device: SimulatedDevice;
  readonly #program: ByteSource | null;
  readonly #recordedPlans: RecordedPlans;

  /**
   * @param program - the file that plans lie in; null when they lie elsewhere
   * @param trace - where it is noted why calls are made; null when nobody asks
   */
  constructor(
    device: SimulatedDevice,
    program: ByteSource | null,
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
      deserializeCudaEngine: (range, size) => (engine = this.#deserialize(range, size)),
      destroy: () => {
        if (engine?.isAlive === true) this.#device.note('destroy-runtime-with-engine');
        this.#device.destroyed('runtimes');
      },
    };
  }

  /** A runtime that was made before the request, and outlives it. */
  earlierRuntime(): SimulatedRuntime {
    return {
      deserializeCudaEngine: (range, size) => this.#deserialize(range, size),
      destroy: () => undefined,
    };
  }

  #deserialize(range: ByteRange, size = range.size): SimulatedEngine | null {
    // A host loads the file to a multiple of 16, so the place in the file decides.
    if (range.at % PLAN_ALIGNMENT !== 0) this.#device.note('misaligned-plan');
    const left = range.source === this.#program ? range.source.size - range.at : range.size;
    if (left >= 0 && size > left) this.#device.note('plan-out-of-bounds');
    const isThere = size <= range.size && size <= left;
    const fails = isThere && !this.#device.succeeds('deserializeCudaEngine');
    const plan = isThere && !fails ? this.#planOf(range) : null;
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

  #planOf(range: ByteRange): Plan | null {
    const decoded = readPlan(range);
    const scripted = decoded?.ok === true ? decoded.plan : null;
    const plan = decoded === null ? this.#recordedPlans(range) : scripted;
    if (plan?.deserializes !== true) return null;
    const { loadHeadroom } = plan.paging ?? NO_PAGING;
    return granules(loadHeadroom, plan.paging ?? NO_PAGING) > this.#device.availableBytes ? null : plan;
  }
}

/** A runtime of the simulated TensorRT. */
export interface SimulatedRuntime {
  /**
   * An engine from a plan of `size` bytes, of which those that are not zeros are given; null when
   * TensorRT refuses it.
   */
  deserializeCudaEngine(range: ByteRange, size?: number): SimulatedEngine | null;
  destroy(): void;
}
