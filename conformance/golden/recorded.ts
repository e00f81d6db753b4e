import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../reference/plan/plan.js';
import { planFromJson, type PlanJson } from '../protocol/json-plan.js';
import type { Schemas } from '../spec/schemas.js';

/** The recording of TensorRT 10.6 on an H100, as a path below the root of the suite. */
export const RECORDED_ENGINES = 'golden/recorded/tensorrt-10.6-h100.json';

/** What a real TensorRT answered before any budget was set. All sizes are bytes. */
export interface RecordedState {
  /** Free device memory at the call. */
  readonly free: bigint;
  readonly streamable: bigint;
  readonly automatic: bigint;
  readonly budget: bigint;
  readonly scratch: bigint;
  readonly activations: bigint;
}

/** A `setWeightStreamingBudgetV2(set)` and what was read after it. All sizes are bytes. */
export interface RecordedAnswer {
  readonly set: bigint;
  readonly ok: boolean;
  readonly budget: bigint;
  readonly scratch: bigint;
  /** Free device memory after the call, where other allocations held it short; else null. */
  readonly freeAfter: bigint | null;
  /** Whether an execution context of the engine was alive. */
  readonly context: boolean;
}

/** A real plan, what TensorRT answered for it, and the modelled engine that stands for it in the simulator. */
export interface RecordedEngine {
  readonly name: string;
  /** Of the plan, in hexadecimal; null when no program here holds it. */
  readonly sha256: string | null;
  /** Bytes of the plan. */
  readonly size: number;
  readonly plan: Plan;
  readonly states: readonly RecordedState[];
  readonly answers: readonly RecordedAnswer[];
}

/** A plan that the simulator knows by its sha256 (hexadecimal), and as which engine it answers. */
export interface RecordedPlan {
  readonly sha256: string;
  readonly plan: Plan;
}

/**
 * Reads the recorded engines below `root`, the folder that holds golden/.
 *
 * @throws DocumentError when the recording breaks its schema.
 */
export function loadRecordedEngines(root: string, schemas: Schemas): readonly RecordedEngine[] {
  const text = readFileSync(join(root, RECORDED_ENGINES), 'utf8');
  const recording = schemas.parse('recorded-engine', text, RECORDED_ENGINES) as RecordingJson;
  return recording.engines.map((engine) => ({
    name: engine.name,
    sha256: engine.sha256,
    size: engine.size,
    plan: planFromJson(engine.plan),
    states: engine.states.map(stateFromJson),
    answers: engine.answers.map(answerFromJson),
  }));
}

/**
 * The recorded plans that programs hold: what the simulator is told before it runs, and what the reference looks up.
 *
 * @throws DocumentError when the recording breaks its schema.
 */
export function loadRecordedPlans(root: string, schemas: Schemas): readonly RecordedPlan[] {
  return loadRecordedEngines(root, schemas).flatMap(({ sha256, plan }) =>
    sha256 === null ? [] : [{ sha256, plan }],
  );
}

type Decimal<T> = {
  readonly [K in keyof T]: T[K] extends bigint ? string : T[K] extends bigint | null ? string | null : T[K];
};

interface RecordingJson {
  readonly engines: readonly (Omit<RecordedEngine, 'plan' | 'states' | 'answers'> & {
    readonly plan: PlanJson;
    readonly states: readonly Decimal<RecordedState>[];
    readonly answers: readonly Decimal<RecordedAnswer>[];
  })[];
}

function stateFromJson(json: Decimal<RecordedState>): RecordedState {
  return {
    free: BigInt(json.free),
    streamable: BigInt(json.streamable),
    automatic: BigInt(json.automatic),
    budget: BigInt(json.budget),
    scratch: BigInt(json.scratch),
    activations: BigInt(json.activations),
  };
}

function answerFromJson(json: Decimal<RecordedAnswer>): RecordedAnswer {
  return {
    set: BigInt(json.set),
    ok: json.ok,
    budget: BigInt(json.budget),
    scratch: BigInt(json.scratch),
    freeAfter: json.freeAfter === null ? null : BigInt(json.freeAfter),
    context: json.context,
  };
}
