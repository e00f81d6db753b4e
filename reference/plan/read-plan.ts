import type { ByteRange } from '../source/byte-range.js';
import { decodePlan, isScriptedPlan, type DecodedPlan } from './decode-plan.js';
import { MOST_PLAN_BYTES, PLAN_MAGIC } from './layout.js';

/** Reads a scripted plan, and no more of it than one has; null for any other engine. */
export function readPlan(engine: ByteRange): DecodedPlan | null {
  if (!isScriptedPlan(engine.read(0, PLAN_MAGIC.length))) return null;
  return decodePlan(engine.read(0, MOST_PLAN_BYTES), engine.size);
}
