import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../reference/plan/plan.js';
import { planFromJson, type PlanJson } from '../wire/json/json-plan.js';
import type { Schemas } from '../spec/schemas.js';

/** The plans of TensorRT 10.6 for an H100, as a path below the root of the suite. */
export const RECORDED_ENGINES = 'golden/recorded/tensorrt-10.6-h100.json';

/**
 * A real plan that the simulator knows by its sha256 (hexadecimal), and the modelled engine that it
 * answers as.
 */
export interface RecordedPlan {
  /** Of the engine in the recording of TensorRT alone. */
  readonly name: string;
  readonly sha256: string;
  /** Bytes of the real plan. */
  readonly size: number;
  readonly plan: Plan;
}

/**
 * Reads the recorded plans below `root`, the folder that holds golden/: what the simulator is told
 * before it runs, and what the reference looks up.
 *
 * @throws DocumentError when the file breaks its schema.
 */
export function loadRecordedPlans(root: string, schemas: Schemas): readonly RecordedPlan[] {
  const text = readFileSync(join(root, RECORDED_ENGINES), 'utf8');
  const { engines } = schemas.parse('recorded-engine', text, RECORDED_ENGINES) as RecordedEnginesJson;
  return engines.map(({ name, sha256, size, plan }) => ({ name, sha256, size, plan: planFromJson(plan) }));
}

interface RecordedEnginesJson {
  readonly engines: readonly (Omit<RecordedPlan, 'plan'> & { readonly plan: PlanJson })[];
}
