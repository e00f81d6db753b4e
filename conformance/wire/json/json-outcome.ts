import type { EngineCall, EngineOutcome, Outcome, StepOutcome } from '../../../reference/outcome/outcome.js';
import { bytesFromJson, bytesToJson, type BytesJson } from './json-bytes.js';

/** An outcome in JSON (spec/schemas/outcome.schema.json): every int64 is a decimal string. */
export interface OutcomeJson extends Omit<Outcome, 'engines' | 'steps'> {
  readonly steps: readonly StepOutcomeJson[];
  readonly engines: readonly EngineJson[];
}

/** The outcome of a step in JSON. */
export type StepOutcomeJson =
  | Extract<StepOutcome, { kind: 'rejected' }>
  | { readonly kind: 'ok'; readonly warned: boolean; readonly value?: GivenValueJson };

type GivenValueJson =
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'string'; readonly bytes: BytesJson };

/** An engine's outcome in JSON. */
export interface EngineJson extends Omit<EngineOutcome, 'applied' | 'calls'> {
  readonly applied: string | null;
  readonly calls: readonly CallJson[];
}

/** A call in JSON. */
export type CallJson =
  | { readonly call: 'deserializeCudaEngine' | 'createExecutionContext' | 'enqueueV3'; readonly ok: boolean }
  | { readonly call: 'getWeightStreamingAutomaticBudget'; readonly budget: string }
  | { readonly call: 'setWeightStreamingBudgetV2'; readonly budget: string; readonly ok: boolean };

/** The JSON form of an outcome. */
export function outcomeToJson(outcome: Outcome): OutcomeJson {
  return {
    program: outcome.program,
    steps: outcome.steps.map(stepToJson),
    engines: outcome.engines.map(({ step, source, applied, calls }) => ({
      step,
      source,
      applied: applied === null ? null : String(applied),
      calls: calls.map(callToJson),
    })),
    leaks: outcome.leaks,
    violations: outcome.violations,
  };
}

/** The outcome that a JSON form stands for. The form has been checked against its schema. */
export function outcomeFromJson(json: OutcomeJson): Outcome {
  return {
    ...json,
    steps: json.steps.map(stepFromJson),
    engines: json.engines.map(({ step, source, applied, calls }) => ({
      step,
      source,
      applied: applied === null ? null : BigInt(applied),
      calls: calls.map(callFromJson),
    })),
  };
}

function stepToJson(step: StepOutcome): StepOutcomeJson {
  if (step.kind === 'rejected' || step.value === undefined) return step as StepOutcomeJson;
  const { value } = step;
  return { ...step, value: value.type === 'string' ? { ...value, bytes: bytesToJson(value.bytes) } : value };
}

function stepFromJson(json: StepOutcomeJson): StepOutcome {
  if (json.kind === 'rejected' || json.value === undefined) return json as StepOutcome;
  const { value } = json;
  return {
    ...json,
    value: value.type === 'string' ? { ...value, bytes: bytesFromJson(value.bytes) } : value,
  };
}

/** The call that a JSON form stands for. */
export function callFromJson(json: CallJson): EngineCall {
  switch (json.call) {
    case 'getWeightStreamingAutomaticBudget':
      return { call: json.call, budget: BigInt(json.budget) };
    case 'setWeightStreamingBudgetV2':
      return { call: json.call, budget: BigInt(json.budget), ok: json.ok };
    case 'deserializeCudaEngine':
    case 'createExecutionContext':
    case 'enqueueV3':
      return json;
  }
}

function callToJson(call: EngineCall): CallJson {
  switch (call.call) {
    case 'getWeightStreamingAutomaticBudget':
      return { call: call.call, budget: String(call.budget) };
    case 'setWeightStreamingBudgetV2':
      return { call: call.call, budget: String(call.budget), ok: call.ok };
    case 'deserializeCudaEngine':
    case 'createExecutionContext':
    case 'enqueueV3':
      return { call: call.call, ok: call.ok };
  }
}
