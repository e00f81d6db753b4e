import { decodeBlob, type DecodedBlob } from '../blob/decode-blob.js';
import type { RecordedPlans } from '../engine/simulated-tensorrt.js';
import { decodePlan, isScriptedPlan } from '../plan/decode-plan.js';
import type { Plan } from '../plan/plan.js';
import type { ReadingWork } from '../program/reading-work.js';
import type { BlobFacts, EngineFacts } from './explanation.js';
import { error, type Finding } from './finding.js';
import { hasCanonicalLayout } from './has-canonical-layout.js';

/** What is known of a delegate's data. */
export interface ExplainedBlob {
  /** Null when the data is not an engine blob. */
  readonly blob: DecodedBlob | null;
  readonly facts: BlobFacts | null;
  /** Null for an engine that nobody here knows. */
  readonly plan: Plan | null;
  /** Whether its parts are where an exporter puts them (WSB-EXPORT-07). */
  readonly isCanonical: boolean;
  readonly findings: readonly Finding[];
}

/** No data, or none that can be read. */
export const NO_BLOB: ExplainedBlob = {
  ...{ blob: null, facts: null, plan: null },
  isCanonical: true,
  findings: [],
};

/** The blobs of a file, each read once, however many delegates have it. */
export class ExplainedBlobs {
  readonly #recordedPlan: RecordedPlans;
  readonly #work: ReadingWork;
  readonly #known = new Map<string, ExplainedBlob>();

  constructor(recordedPlan: RecordedPlans, work: ReadingWork) {
    this.#recordedPlan = recordedPlan;
    this.#work = work;
  }

  /** Of some bytes of the file. */
  of(data: Uint8Array): ExplainedBlob {
    const place = `${data.byteOffset} ${data.length}`;
    const known = this.#known.get(place);
    if (known !== undefined) return known;
    this.#work.take(data.length);
    const explained = explainBlob(data, this.#recordedPlan);
    this.#known.set(place, explained);
    return explained;
  }
}

function explainBlob(data: Uint8Array, recordedPlan: RecordedPlans): ExplainedBlob {
  const decoded = decodeBlob(data);
  if (!decoded.ok) {
    const { clause, message } = decoded.fault;
    return { ...NO_BLOB, findings: [error(clause, `the engine blob is damaged: ${message}`)] };
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
  return {
    blob,
    facts,
    plan: engine.plan,
    isCanonical: hasCanonicalLayout(data),
    findings: engine.findings,
  };
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
