import { quoteBytes } from '../../reference/index.js';
import type { EngineCall, GivenValue, Outcome, StepOutcome } from '../../reference/outcome/outcome.js';

/** A call in a few words, such as `set 512 refused`; budgets in bytes. */
export function callText(call: EngineCall): string {
  switch (call.call) {
    case 'deserializeCudaEngine':
      return `deserialize${refusal(call.ok)}`;
    case 'getWeightStreamingAutomaticBudget':
      return `automatic ${call.budget}`;
    case 'setWeightStreamingBudgetV2':
      return `set ${call.budget}${refusal(call.ok)}`;
    case 'createExecutionContext':
      return `context${refusal(call.ok)}`;
    case 'enqueueV3':
      return `enqueue${refusal(call.ok)}`;
  }
}

/**
 * How a step ended: `ok`, with the value that it gave, such as `ok "512"`; or phase and error, such
 * as `load InvalidProgram`.
 */
export function stepText(step: StepOutcome): string {
  if (step.kind === 'rejected') return `${step.phase} ${step.error}`;
  return step.value === undefined ? 'ok' : `ok ${valueText(step.value)}`;
}

function valueText(value: GivenValue): string {
  return value.type === 'string' ? quoteBytes(value.bytes) : String(value.value);
}

/** How loading the program file ended: `ok` or the error. */
export function programText({ program }: Outcome): string {
  return program.kind === 'ok' ? 'ok' : program.error;
}

/** A budget in bytes, or that there is none. */
export function budgetText(budget: bigint | null): string {
  return budget === null ? 'no budget' : String(budget);
}

/** Whether a call has to do with the budget: asks for the automatic one, or sets one. */
export function isBudgetCall(call: EngineCall): boolean {
  return call.call === 'getWeightStreamingAutomaticBudget' || call.call === 'setWeightStreamingBudgetV2';
}

function refusal(ok: boolean): string {
  return ok ? '' : ' refused';
}
