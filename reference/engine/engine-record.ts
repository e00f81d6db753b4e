import type { BudgetSource, EngineCall, EngineOutcome } from '../outcome/outcome.js';

/** An {@link EngineOutcome} while it is being observed. */
export interface EngineRecord extends EngineOutcome {
  source: BudgetSource | null;
  applied: bigint | null;
  readonly calls: EngineCall[];
}

/** The record of an engine that is about to be deserialized during a step. */
export function startRecord(step: number): EngineRecord {
  return { step, source: null, applied: null, calls: [] };
}
