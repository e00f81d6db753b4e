import type { PlanBinding } from '../../../reference/index.js';
import {
  type EngineScenario,
  type EntryScenario,
  type OptionScenario,
  type StepScenario,
} from './scenario.js';
import { BACKEND } from '../names.js';
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

/** Options of another backend. */
export function foreign(backend: string, ...options: readonly OptionPair[]): EntryScenario {
  return { backend, via: 'builder', options };
}

/** Loads a method, with the budget as option when one is given. */
export function load(method: string, option?: OptionScenario): StepScenario {
  return option === undefined ? { op: 'load', method } : { op: 'load', method, option };
}

/** Loads a method with a whole options map. */
export function loadWith(method: string, ...options: readonly EntryScenario[]): StepScenario {
  return { op: 'load', method, options };
}

/** Runs a loaded method once. */
export function execute(method: string): StepScenario {
  return { op: 'execute', method };
}

/** Destroys a loaded method. */
export function unload(method: string): StepScenario {
  return { op: 'unload', method };
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

function binding(
  name: string,
  mode: 'input' | 'output',
  shape: readonly bigint[],
  extra: Partial<PlanBinding>,
): PlanBinding {
  const dtype = 1;
  return { name, mode, dtype, shape, shapeInference: false, profile: null, aliases: null, ...extra };
}
