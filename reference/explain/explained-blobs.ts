import { decodeBlob, type DecodedBlob } from '../blob/decode-blob.js';
import type { RecordedPlans } from '../engine/simulated-tensorrt.js';
import type { Plan } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import type { ReadingWork } from '../program/reading-work.js';
import { ByteRange } from '../source/byte-range.js';
import type { ByteSource } from '../source/byte-source.js';
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
  /** How much of it was read to know that. */
  readonly bytesRead: number;
}

/** No data, or none that can be read. */
export const NO_BLOB: ExplainedBlob = {
  ...{ blob: null, facts: null, plan: null },
  isCanonical: true,
  findings: [],
  bytesRead: 0,
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
  of({ source, at, size }: ByteRange): ExplainedBlob {
    const place = `${at} ${size}`;
    const known = this.#known.get(place);
    if (known !== undefined) return known;
    const counted = new CountedSource(source);
    const blob = explainBlob(new ByteRange(counted, at, size), this.#recordedPlan);
    const { bytesRead } = counted;
    this.#work.allow(bytesRead);
    this.#work.take(bytesRead);
    const explained = { ...blob, bytesRead };
    this.#known.set(place, explained);
    return explained;
  }
}

/** A source that counts what is read of it. */
class CountedSource implements ByteSource {
  readonly size: number;
  bytesRead = 0;
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    this.#source = source;
    this.size = source.size;
  }

  read(at: number, size: number): Uint8Array {
    this.bytesRead += size;
    return this.#source.read(at, size);
  }
}

function explainBlob(data: ByteRange, recordedPlan: RecordedPlans): Omit<ExplainedBlob, 'bytesRead'> {
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
    engineBytes: blob.engine.size,
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
  engine: ByteRange,
  recordedPlan: RecordedPlans,
): { readonly facts: EngineFacts; readonly plan: Plan | null; readonly findings: readonly Finding[] } {
  const decoded = readPlan(engine);
  if (decoded === null) {
    const plan = recordedPlan(engine);
    const facts: EngineFacts =
      plan === null
        ? { kind: 'unknown', streamable: null }
        : { kind: 'recorded', streamable: plan.streamable };
    return { facts, plan, findings: [] };
  }
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
