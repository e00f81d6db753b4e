import type { ErrorName, FailureName } from '../../reference/outcome/error-code.js';
import { ERROR_CODES } from '../../reference/outcome/error-code.js';
import type { BudgetSource, EngineCall, StepPhase } from '../../reference/outcome/outcome.js';

/** Sources by their number in an outcome, of a program or a decision. */
export const SOURCES: readonly (BudgetSource | null)[] = [
  null,
  'option',
  'compile-spec',
  'automatic',
  'set-option',
];

/** Phases by their number in an outcome record; the first is that of a step that is ok. */
export const PHASES: readonly (StepPhase | null)[] = [
  null,
  'options',
  'load',
  'execute',
  'set-option',
  'get-option',
];

/** Types of the value behind a step, by their number in an outcome record. */
export const VALUE_TYPES = ['bool', 'int', 'string'] as const;

/** Calls by their number in an outcome record. */
export const CALLS: readonly EngineCall['call'][] = [
  'deserializeCudaEngine',
  'getWeightStreamingAutomaticBudget',
  'setWeightStreamingBudgetV2',
  'createExecutionContext',
  'enqueueV3',
];

/**
 * Bytes of an outcome record (spec/wire-format.md): of its header, of a step without its value, of
 * an engine without its calls, and of a call.
 */
export const HEADER_BYTES = 20;
export const STEP_BYTES = 3;
export const ENGINE_BYTES = 12;
export const CALL_BYTES = 10;

/** Flags of a step. */
export const STEP_WARNED = 1;
export const STEP_HAS_VALUE = 2;

/** Bytes that the value of a string can have: a `char[256]` without a NUL. */
export const MOST_VALUE_BYTES = 256;

/**
 * The program code of a subject whose record holds more than its counts can say; no rule expects
 * it.
 */
export const OVERFLOW_CODE = 255;

const NAMES = new Map<number, ErrorName>(
  Object.entries(ERROR_CODES).map(([name, code]) => [code, name as ErrorName]),
);

/**
 * The name of an error code, `null` for Ok, or `undefined` for a code that ExecuTorch 1.5 does not
 * have.
 */
export function failureOfCode(code: number): FailureName | null | undefined {
  const name = NAMES.get(code);
  return name === 'Ok' ? null : name;
}

/**
 * Bytes of the step at `at` in an outcome record that ends at `end`, with its value; null when that
 * does not fit, or is no value.
 */
export function stepBytes(bytes: Uint8Array, at: number, end: number): number | null {
  if (at + STEP_BYTES > end) return null;
  if (((bytes[at + 2] ?? 0) & STEP_HAS_VALUE) === 0) return STEP_BYTES;
  const value = at + STEP_BYTES;
  const size = valueBytes(bytes, value, end);
  return size === null || value + size > end ? null : STEP_BYTES + size;
}

/** Those at and behind `end` are looked at, too, but then the value does not fit anyway. */
function valueBytes(bytes: Uint8Array, at: number, end: number): number | null {
  if (at >= end) return null;
  const type = VALUE_TYPES[bytes[at] ?? 0];
  switch (type) {
    case 'bool':
      return (bytes[at + 1] ?? 0) <= 1 ? 2 : null;
    case 'int':
      return 5;
    case 'string': {
      const length = (bytes[at + 1] ?? 0) + 256 * (bytes[at + 2] ?? 0);
      return length > MOST_VALUE_BYTES ? null : 3 + length;
    }
    case undefined:
    default:
      return null;
  }
}
