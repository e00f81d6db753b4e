import type { SimulatedContext, SimulatedEngine } from '../engine/simulated-engine.js';
import type { SimulatedDevice } from '../engine/simulated-device.js';
import type { SimulatedRuntime } from '../engine/simulated-tensorrt.js';
import { STANDARD_RULES, type Rules } from '../rules/rules.js';
import type { BindingNames } from './binding-names.js';
import { DeviceScope } from './device-scope.js';
import { StagingBuffer } from './staging-buffer.js';

/** What a loaded delegate is made of, as far as init has come. */
export class EngineHandle {
  runtime: SimulatedRuntime | null = null;
  engine: SimulatedEngine | null = null;
  context: SimulatedContext | null = null;
  names: BindingNames = { inputs: [], outputs: [] };
  /** Inputs that an output is written over. */
  readonly aliasedInputs = new Set<string>();
  /** The inputs that outputs are written over, by the names of the outputs. */
  readonly aliasedOutputs = new Map<string, string>();
  hasEvent = false;
  /** The device said that it shares the memory of the host. */
  sharesMemory = false;
  /**
   * Its budget is a fitting one, so that engines of the same load that come after it can have of
   * its memory (WSB-AUTO-07).
   */
  yields = false;
  /** It was found to hold no less while its weights are streamed, so that it keeps them all. */
  keepsAll = false;
  readonly #staging = new Map<string, StagingBuffer>();

  constructor(
    readonly device: SimulatedDevice,
    readonly deviceId: number,
    readonly rules: Rules = STANDARD_RULES,
  ) {}

  /** How much memory of its device can be had, by the rules of the delegate. */
  get freeBytes(): bigint {
    const { freeBytes, toldBytes } = this.device;
    return this.rules.freeMemory({
      freeBytes,
      availableBytes: toldBytes,
      isIntegrated: this.sharesMemory,
    });
  }

  /** The staging memory of an input or output. */
  staging(name: string): StagingBuffer {
    const buffer = this.#staging.get(name) ?? new StagingBuffer(this.device);
    this.#staging.set(name, buffer);
    return buffer;
  }

  /**
   * Destroys what was made (WSB-FAIL-04, WSB-FAIL-05): staging memory, context, engine, runtime,
   * and the event last.
   */
  destroy(): void {
    const scope = new DeviceScope(this.device);
    scope.set(this.deviceId);
    for (const buffer of this.#staging.values()) buffer.free();
    this.context?.destroy();
    if (!this.rules.destroysInReverse) this.runtime?.destroy();
    this.engine?.destroy();
    if (this.rules.destroysInReverse) this.runtime?.destroy();
    if (this.hasEvent && this.rules.destroysEvent) this.device.destroyed('events');
    if (this.rules.restoresDevice) scope.restore();
  }
}
