import type { ErrorName, FailureName } from '../../reference/outcome/error-code.js';
import { ERROR_CODES } from '../../reference/outcome/error-code.js';
import type { BudgetSource, EngineCall, StepPhase } from '../../reference/outcome/outcome.js';

/** Sources by their number in an outcome, of a program or a decision. */
export const SOURCES: readonly (BudgetSource | null)[] = [null, 'option', 'compile-spec', 'automatic'];

/** Phases by their number in an outcome record; the first is that of a step that is ok. */
export const PHASES: readonly (StepPhase | null)[] = [null, 'options', 'load', 'execute'];

/** Calls by their number in an outcome record. */
export const CALLS: readonly EngineCall['call'][] = [
  'deserializeCudaEngine',
  'getWeightStreamingAutomaticBudget',
  'setWeightStreamingBudgetV2',
  'createExecutionContext',
  'enqueueV3',
];

/**
 * Bytes of an outcome record (spec/wire-format.md): of its header, of a step, of an engine without
 * its calls, and of a call.
 */
export const HEADER_BYTES = 20;
export const STEP_BYTES = 3;
export const ENGINE_BYTES = 12;
export const CALL_BYTES = 10;

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
