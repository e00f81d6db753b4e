/**
 * The public part of this package: what a program of yours imports from
 * `trt-delegate-conformance`. Importing it reads no file, starts no process and writes nothing.
 * All sizes and budgets are bytes, as `bigint` where they may be beyond 2^53.
 *
 * @packageDocumentation
 */
export { MAX_BUDGET, parseBudget, type BudgetFault, type ParsedBudget } from '../../reference/index.js';
export {
  type BlobFacts,
  type BudgetEffect,
  type CompileSpecFacts,
  type DelegateExplanation,
  type EngineFacts,
  type Explanation,
  ExhaustingProgramError,
  type Finding as ExplainedFinding,
  type MethodExplanation,
  type Policy,
} from '../../reference/index.js';
export type { BudgetExplanation } from '../../reference/explain/explanation.js';
export type { ProgramFault, ProgramFaultCode } from '../../reference/program/program-fault.js';
export type { BudgetSource, Outcome } from '../../reference/outcome/outcome.js';
export { explainFile, type ExplainFileOptions } from './explain-file.js';
export { FileError } from '../files/file-error.js';

export { clause, type AddCase, type ClauseCases } from '../model/scenario/clause.js';
export type {
  EngineScenario,
  EntryScenario,
  GetOptionScenario,
  MethodStepScenario,
  OptionScenario,
  Scenario,
  SetOptionScenario,
  StepScenario,
} from '../model/scenario/scenario.js';
export type { Case, CaseKind } from '../model/case.js';
export type { Expectation } from '../model/expectation.js';
export {
  applies,
  fromAutomatic,
  fromOption,
  fromSetOption,
  fromSpec,
  logs,
  noBudgetCall,
  rejects,
  rejectsProgram,
  steps,
} from '../model/expectation.js';
export { hex, named, repeat, type NamedBytes, type Text } from '../model/text.js';
export {
  execute,
  getOption,
  load,
  loadMethod,
  setBudget,
  setOption,
  unload,
} from '../model/scenario/vocabulary.js';

export { clauses } from './clauses.js';
export type { Clause, ClauseId } from '../spec/clause.js';
export { openSubject, type OpenOptions, type TestedSubject } from './tested-subject.js';
export type { CaseVerdict } from './case-verdict.js';
export type { Difference } from '../model/differences.js';
export type { Incident } from '../model/incident.js';
export { VERDICTS, type Verdict, type VerdictCounts } from '../model/verdict.js';
export { CAPABILITIES, type Capability } from '../protocol/capabilities.js';
export { PROFILE_NAMES, type ProfileName } from '../spec/profile-name.js';
export { SubjectError, type SubjectFault } from '../model/subject-error.js';
export { runSuite, type RunOptions, type SuiteResult } from './run-suite.js';
export type { Finding } from '../model/finding.js';
export type { CaseResult, SectionResult } from '../model/run-result.js';
export { readReport } from './read-report.js';
export type { Report, ReportedFinding } from './report.js';
export { ReportRefused } from '../report/report-refused.js';
