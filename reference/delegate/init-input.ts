import type { SimulatedDevice } from '../engine/simulated-device.js';
import type { SimulatedTensorRt } from '../engine/simulated-tensorrt.js';
import type { ByteRange } from '../source/byte-range.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { DeliveredOption } from '../rules/delivered-option.js';
import type { CompileSpec } from '../rules/find-spec.js';
import type { Rules } from '../rules/rules.js';
import type { RuntimeSource } from './runtime-source.js';

/** The budget of the process in bytes; null when none is set. */
export interface ProcessBudget {
  budget: bigint | null;
}

/** What surrounds a delegate while it is initialised. */
export interface InitContext {
  readonly device: SimulatedDevice;
  readonly tensorRt: SimulatedTensorRt;
  /** Where the runtimes of the process come from. */
  readonly runtimes: RuntimeSource;
  readonly rules: Rules;
  /** What `set_option` left for the loads to come. */
  readonly process: ProcessBudget;
  /**
   * Called when an Error-level record that names the budget is logged, with the clause that asks
   * for it.
   */
  readonly warn: (because: ClauseId) => void;
}

/**
 * Options of the loads of the process so far, the one that goes on last: a delegate that uses those
 * of others is wrong. Each load has a list of its own.
 */
export interface KeptOptions {
  readonly loads: (readonly DeliveredOption[])[];
}

/**
 * What a delegate is initialised from: its data, its compile specs and the options for its backend.
 */
export interface InitInput {
  readonly data: ByteRange;
  /** Bytes that the delegate is told it has; that of `data` unless given. */
  readonly dataSize?: number;
  readonly compileSpecs: readonly CompileSpec[];
  readonly options: readonly DeliveredOption[];
  readonly kept: KeptOptions;
  /** Why these options are those of the load. */
  readonly because: readonly ClauseId[];
}
