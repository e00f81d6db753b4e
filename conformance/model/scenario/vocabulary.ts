import type { PlanBinding } from '../../../reference/index.js';
import type { Fault } from '../../../reference/request/load-request.js';
import {
  type EngineScenario,
  type EntryScenario,
  type OptionScenario,
  type StepScenario,
} from './scenario.js';
import { BACKEND, BUDGET, METHOD } from '../names.js';
import { bytesOf, labelOf, type Text } from '../text.js';

type OptionPair = readonly [key: string, value: OptionScenario];

/** A raw `char[256]` with these bytes in it, as only a span of options can hold. */
export function array(text: Text): OptionScenario {
  return { array: { label: `array(${labelOf(text)})`, bytes: bytesOf(text) } };
}

/** Options of the TensorRT backend, laid out as a raw span. */
export function span(...options: readonly OptionPair[]): EntryScenario {
  return { backend: BACKEND, via: 'span', options };
}

/** Options of the TensorRT backend, set one by one on a `BackendOptions<8>`. */
export function builder(...options: readonly OptionPair[]): EntryScenario {
  return { backend: BACKEND, via: 'builder', options };
}

/** The budget as the only option of the TensorRT backend, set on a `BackendOptions<8>`. */
export function budget(value: OptionScenario): EntryScenario {
  return builder([BUDGET, value]);
}

/** The budget as the only option of another backend. */
export function foreign(backend: string, value: OptionScenario): EntryScenario {
  return { backend, via: 'builder', options: [[BUDGET, value]] };
}

/** The `occurrence`-th runtime, counted from 1, cannot be made. */
export const noRuntime = failing('createInferRuntime');

/** The `occurrence`-th time, counted from 1, that a device is selected, it cannot be. */
export const noDevice = failing('cudaSetDevice');

/** The `occurrence`-th event, counted from 1, cannot be created. */
export const noEvent = failing('cudaEventCreateWithFlags');

/** The `occurrence`-th attribute of a device, counted from 1, cannot be had. */
export const noAttribute = failing('cudaDeviceGetAttribute');

/** The `occurrence`-th time, counted from 1, that device memory is asked for, there is none. */
export const noMemory = failing('cudaMalloc');

/** An engine that obeys the measured memory rules; sizes in bytes. */
export function modelled<T extends EngineScenario>(sizes: T): T & { readonly modelled: true } {
  return { modelled: true, ...sizes };
}

/** An engine as it was measured on an H100: eight layers of 4096 x 4096, batch 1. */
export const LARGE = modelled({ streamable: 268_435_712n, activations: 16_798_208n, scratch: 67_109_376n });

/** A delegate with these compile specs, in this order. */
export function withSpecs(...specs: NonNullable<EngineScenario['specs']>): EngineScenario {
  return { specs };
}

/** Loads the method `forward`, with the budget as option when one is given. */
export function load(option?: OptionScenario): StepScenario {
  return loadMethod(METHOD, option);
}

/** Loads a method, with the budget as option when one is given. */
export function loadMethod(method: string, option?: OptionScenario): StepScenario {
  return option === undefined ? { op: 'load', method } : { op: 'load', method, option };
}

/** Loads the method `forward` with a whole options map. */
export function loadWith(...options: readonly EntryScenario[]): StepScenario {
  return { op: 'load', method: METHOD, options };
}

/** Runs a loaded method once. */
export function execute(method = METHOD): StepScenario {
  return { op: 'execute', method };
}

/** Destroys a loaded method. */
export function unload(method = METHOD): StepScenario {
  return { op: 'unload', method };
}

/** Sets the budget of the process; see `budget`. */
export function setBudget(value: OptionScenario): StepScenario {
  return setOption(budget(value));
}

/** Sets options of a backend, for the process. */
export function setOption(entry: EntryScenario): StepScenario {
  return { op: 'set-option', entry };
}

/** Asks the TensorRT backend, or another one, for the budget, or another option. */
export function getOption(key = BUDGET, backend = BACKEND): StepScenario {
  return { op: 'get-option', backend, key };
}

/** An input tensor of an engine: float16 with static dimensions unless others are given. */
export function input(
  name: string,
  shape: readonly bigint[] = [1n, 4n],
  extra: Partial<PlanBinding> = {},
): PlanBinding {
  return binding(name, 'input', shape, extra);
}

/** An output tensor of an engine. */
export function output(
  name: string,
  shape: readonly bigint[] = [1n, 4n],
  extra: Partial<PlanBinding> = {},
): PlanBinding {
  return binding(name, 'output', shape, extra);
}

/** That many equal engines, or one engine for each number with `at` saying what differs. */
export function engines(count: number, at: (index: number) => EngineScenario): EngineScenario[] {
  return Array.from({ length: count }, (_, index) => at(index));
}

function failing(call: Fault['call']): (occurrence: number) => Fault {
  return (occurrence) => ({ call, occurrence });
}

function binding(
  name: string,
  mode: 'input' | 'output',
  shape: readonly bigint[],
  extra: Partial<PlanBinding>,
): PlanBinding {
  const dtype = 1;
  return { name, mode, dtype, shape, shapeInference: false, profile: null, aliases: null, ...extra };
}
