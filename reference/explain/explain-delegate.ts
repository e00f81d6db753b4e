import { decodeBlob, type DecodedBlob } from '../blob/decode-blob.js';
import type { RecordedPlans } from '../engine/simulated-tensorrt.js';
import { BACKEND_ID } from '../host/loaded-method.js';
import { cText } from '../rules/c-string.js';
import type { DeliveredOption } from '../rules/delivered-option.js';
import { decodePlan, isScriptedPlan } from '../plan/decode-plan.js';
import type { Plan } from '../plan/plan.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import type { CompileSpec } from '../rules/find-spec.js';
import type { DelegateFile } from '../program/program-file.js';
import type { ProgramFault, Readable } from '../program/program-fault.js';
import { explainBudget, type AutomaticContext } from './explain-budget.js';
import type { BlobFacts, CompileSpecFacts, DelegateExplanation, EngineFacts } from './explanation.js';
import { error, note, type Finding } from './finding.js';
import { judgeDelegate } from './judge-delegate.js';

/** What can be told of one delegate. */
export function explainDelegate(
  delegate: DelegateFile,
  options: readonly DeliveredOption[],
  known: { readonly recordedPlan: RecordedPlans } & AutomaticContext,
): DelegateExplanation {
  const { backend, data, compileSpecs, placement } = delegate;
  const faults: Finding[] = [backend, data, compileSpecs].flatMap(faultOf);
  const specs = compileSpecs.ok ? compileSpecs.value : [];
  const common = {
    backend: backend.ok ? backend.value : null,
    placement,
    dataBytes: data.ok ? data.value.length : null,
    compileSpecs: specs.map(specFacts),
  };
  if (backend.ok && backend.value !== BACKEND_ID) {
    const other = note(
      'WSB-PROG-08',
      `the delegate belongs to another backend; a host without it does not load the method`,
    );
    return { ...common, blob: null, budget: null, findings: [...faults, other] };
  }
  const engine = data.ok
    ? explainData(data.value, known.recordedPlan)
    : { blob: null, facts: null, plan: null, findings: [] };
  const { budget, findings } = explainBudget(options, specs, engine.plan, known);
  return {
    ...common,
    blob: engine.facts,
    budget,
    findings: [
      ...faults,
      ...engine.findings,
      ...findings,
      ...judgeDelegate(specs, data.ok ? data.value : null, engine.blob),
    ],
  };
}

function specFacts({ key, value }: CompileSpec): CompileSpecFacts {
  return { key, value, isBudget: cText(key) === BUDGET_KEY };
}

function faultOf(read: Readable<unknown>): Finding[] {
  return read.ok ? [] : [faultFinding(read.fault)];
}

/** A fault of the file as a finding. */
export function faultFinding(fault: ProgramFault): Finding {
  return fault.error === null
    ? error(fault.clause, `${fault.message}: loading it can crash the process`)
    : error(fault.clause, `${fault.message} (${fault.error})`);
}

interface ExplainedData {
  readonly blob: DecodedBlob | null;
  readonly facts: BlobFacts | null;
  readonly plan: Plan | null;
  readonly findings: readonly Finding[];
}

function explainData(data: Uint8Array, recordedPlan: RecordedPlans): ExplainedData {
  const decoded = decodeBlob(data);
  if (!decoded.ok) {
    const { clause, message } = decoded.fault;
    return {
      blob: null,
      facts: null,
      plan: null,
      findings: [error(clause, `the engine blob is damaged: ${message}`)],
    };
  }
  const { blob } = decoded;
  const engine = explainEngine(blob.engine, recordedPlan);
  const facts: BlobFacts = {
    magic: blob.magic,
    deviceId: blob.deviceId,
    inputs: blob.inputs,
    outputs: blob.outputs,
    aliases: blob.aliases.length,
    engineBytes: blob.engine.length,
    engine: engine.facts,
  };
  return { blob, facts, plan: engine.plan, findings: engine.findings };
}

function explainEngine(
  engine: Uint8Array,
  recordedPlan: RecordedPlans,
): { readonly facts: EngineFacts; readonly plan: Plan | null; readonly findings: readonly Finding[] } {
  if (!isScriptedPlan(engine)) {
    const plan = recordedPlan(engine);
    const facts: EngineFacts =
      plan === null
        ? { kind: 'unknown', streamable: null }
        : { kind: 'recorded', streamable: plan.streamable };
    return { facts, plan, findings: [] };
  }
  const decoded = decodePlan(engine);
  if (!decoded.ok) {
    const fault = error('WSB-FAIL-02', `the engine is a damaged scripted plan: ${decoded.fault}`);
    return { facts: { kind: 'unknown', streamable: null }, plan: null, findings: [fault] };
  }
  const { plan } = decoded;
  return { facts: { kind: plan.kind, streamable: plan.streamable }, plan, findings: planFindings(plan) };
}

/** What a scripted plan dictates that keeps its delegate from loading. */
function planFindings(plan: Plan): Finding[] {
  return [
    ...(plan.deserializes
      ? []
      : [error('WSB-FAIL-02', 'the scripted plan lets deserializeCudaEngine give null')]),
    ...(plan.createsContext
      ? []
      : [error('WSB-FAIL-03', 'the scripted plan lets createExecutionContext give null')]),
  ];
}
