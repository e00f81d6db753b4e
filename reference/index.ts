/**
 * The reference model: what a conforming delegate does with a weight streaming budget, as pure
 * functions over data. Nothing here reads files, clocks or the environment.
 */
export { parseBudget, MAX_BUDGET, type BudgetFault, type ParsedBudget } from './rules/parse-budget.js';

export type { DeliveredOption, DeliveredValue } from './rules/delivered-option.js';
export { buildOptions } from './rules/build-options.js';
export { findOption } from './rules/find-option.js';
export * from './rules/limits.js';
export { buildOptionsMap, optionsFor, type BuiltOptionsMap } from './rules/options-map.js';

export { BUDGET_KEY } from './rules/budget-key.js';
export type { BudgetChoice } from './rules/budget-choice.js';
export { scalarTypeOf } from './rules/element-type.js';
export { chooseBudget } from './rules/choose-budget.js';
export { malformedClause } from './rules/parsing-clause.js';
export { findSpec, type CompileSpec, type FoundSpec } from './rules/find-spec.js';
export { applyBudget, type AcceptedChoice, type Application } from './rules/apply-budget.js';
export type { BudgetEngine } from './rules/budget-engine.js';
export type { AutomaticRule, Policy } from './rules/automatic-budget.js';
export { CONTEXT_MARGIN, FIRST_STEP_DOWN, RESIDENT_MARGIN } from './rules/fitting-budget.js';

export { crc32 } from './plan/crc32.js';
export { ByteRange, rangeOf } from './source/byte-range.js';
export { MemorySource, type ByteSource } from './source/byte-source.js';
export { paddedTo, SparseSource } from './source/sparse-source.js';

export { decodePlan, isScriptedPlan, type DecodedPlan } from './plan/decode-plan.js';
export { composePlan, encodePlan } from './plan/encode-plan.js';
export { scriptedPlan, type Plan, type PlanBinding } from './plan/plan.js';

export type { BlobAlias, BlobBinding, BlobMetadata } from './blob/blob-metadata.js';
export type { BlobFault, BlobFaultCode } from './blob/blob-fault.js';
export { decodeBlob, type BlobResult, type DecodedBlob } from './blob/decode-blob.js';
export { composeBlob, encodeBlob, type BlobSpec, type LargeBlobSpec } from './blob/encode-blob.js';

export type { ExtendedHeader } from './program/extended-header.js';
export type { ProgramFault, ProgramFaultCode, Readable } from './program/program-fault.js';
export { elementBytes } from './program/scalar-type.js';
export type {
  ValueFile,
  DelegateFile,
  DeviceTag,
  InstructionFile,
  MethodFile,
  ProgramFile,
} from './program/program-file.js';
export type {
  DelegateSpec,
  MethodPlan,
  MethodSpec,
  ProgramSpec,
  TensorSpec,
} from './program/program-spec.js';
export { findMethod, readProgram } from './program/read-program.js';
export { composeProgram, writeProgram } from './program/write-program.js';

export type { RecordedPlans } from './engine/simulated-tensorrt.js';
export { runReference, type ReferenceContext } from './host/run-reference.js';
export { rulesUnder, STANDARD_RULES, type Rules } from './rules/rules.js';
export { OTHER_RUNTIME_USES, RUNTIMES_ANEW, type RuntimeUse } from './rules/runtime-use.js';
export {
  executorchVersion,
  STOCK_HOST,
  type ExecuTorchVersion,
  type HostProfile,
} from './host/host-profile.js';
export { BACKEND_ID } from './host/loaded-method.js';
export { PLANNED_MEMORY_LIMIT } from './host/planned-arenas.js';
export { UndefinedBehaviourError } from './host/undefined-behaviour-error.js';
export { UnmodelledProgramError } from './host/unmodelled-program-error.js';

export type {
  BlobFacts,
  BudgetEffect,
  BudgetExplanation,
  CompileSpecFacts,
  DelegateExplanation,
  EngineFacts,
  Explanation,
  MethodExplanation,
} from './explain/explanation.js';
export type { Finding } from './explain/finding.js';
export { ExhaustingProgramError } from './program/reading-work.js';
export { explainProgram, type ExplainContext } from './explain/explain-program.js';
export { quoteBudget, quoteBytes } from './explain/quote-bytes.js';

export { WRONG_RULES } from './wrong-rules/wrong-rules.js';

export type { ClauseId } from './outcome/clause-id.js';
export { Trace, type TraceEntry, type TracePlace } from './rules/trace.js';
export type { ChoiceTrace } from './rules/choice-trace.js';
export { ERROR_CODES, type ErrorName, type FailureName } from './outcome/error-code.js';
export * from './outcome/outcome.js';
export * from './request/load-request.js';
