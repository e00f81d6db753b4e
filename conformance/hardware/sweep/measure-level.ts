import type { Answer } from './measuring-process.js';
import type { EngineSizes } from './engine-sizes.js';
import { largestBudget } from './largest-budget.js';
import type { Load, LoadAnswer } from './sweep-process.js';
import { ASKS, type Ask, type AttemptRecord, type Outcome, type RunTime } from './sweep-record.js';

/** What a level of free memory is measured with. */
export interface LevelSetup {
  readonly series: string;
  readonly engines: number;
  readonly sizes: EngineSizes;
  /** How often the program runs after a load. */
  readonly runs: number;
  /** Whether the largest budget that loads is looked for. */
  readonly search: boolean;
  readonly load: (load: Load) => Promise<Answer<LoadAnswer>>;
}

/**
 * Tries every way to ask for a budget with `level` bytes of device memory free, and then looks for
 * the largest that loads.
 */
export async function measureLevel(level: bigint, setup: LevelSetup): Promise<AttemptRecord[]> {
  const { streamable } = setup.sizes;
  const records: AttemptRecord[] = [];
  const attempt = async (ask: Ask, load: Load): Promise<AttemptRecord> => {
    const record = attemptRecord(level, setup, ask, load, await setup.load(load));
    records.push(record);
    return record;
  };
  for (const ask of ASKS) {
    const policy = ask === 'fitting' ? 'fitting' : 'upstream';
    const budget = ask === '0' ? 0n : ask === 'half' ? streamable / 2n : ask === 'all' ? streamable : null;
    await attempt(ask, { policy, budget, runs: setup.runs });
  }
  const range = setup.search ? searchRange(level, setup, records) : null;
  if (range !== null) {
    await largestBudget(range.low, range.high, async (budget) => {
      const record = await attempt('search', { policy: 'upstream', budget, runs: 0 });
      return record.outcome === 'loaded';
    });
  }
  return records;
}

/**
 * Between which budgets the largest that loads is: what loaded, with a policy too, and what did
 * not, or is more than the memory that is left beside what TensorRT tells it needs. Null when
 * nothing loads, or all.
 */
function searchRange(
  level: bigint,
  { engines, sizes }: LevelSetup,
  records: readonly AttemptRecord[],
): { readonly low: bigint; readonly high: bigint } | null {
  const loaded = records.filter(({ outcome }) => outcome === 'loaded');
  if (loaded.length === 0) return null;
  const low = largestOf(
    loaded.map(({ budgets }) => budgets.reduce((sum, budget) => sum + BigInt(budget), 0n) / BigInt(engines)),
  );
  const room = largestOf([level, ...records.map(({ free }) => BigInt(free ?? 0))]) / BigInt(engines);
  const refused = records.filter(({ outcome, budget }) => outcome !== 'loaded' && budget !== null);
  const high = [room - sizes.activations - sizes.scratch, ...refused.map(({ budget }) => BigInt(budget ?? 0))]
    .filter((budget) => budget > low)
    .reduce((least, budget) => (budget < least ? budget : least), sizes.streamable);
  return high > low ? { low, high } : null;
}

const largestOf = (sizes: readonly bigint[]): bigint =>
  sizes.reduce((most, size) => (size > most ? size : most), 0n);

function attemptRecord(
  level: bigint,
  { series, engines, sizes }: LevelSetup,
  ask: Ask,
  { budget }: Load,
  answer: Answer<LoadAnswer>,
): AttemptRecord {
  const asked = {
    record: 'attempt',
    series,
    ask,
    budget: budget === null ? null : String(budget),
    level: String(level),
  } as const;
  if (answer.kind === 'crashed') {
    return {
      ...asked,
      free: null,
      outcome: 'crashed',
      error: null,
      budgets: [],
      resident: null,
      time: null,
      message: answer.how,
    };
  }
  const { free, error, budgets, microseconds, message } = answer.value;
  const outcome = outcomeOf(answer.value);
  const kept = budgets.reduce((sum, applied) => sum + BigInt(applied), 0n);
  const resident = Number(kept) / Number(sizes.streamable * BigInt(engines));
  return {
    ...asked,
    free,
    outcome,
    error,
    budgets,
    resident: outcome === 'loaded' ? resident : null,
    time: outcome === 'loaded' ? runTime(microseconds) : null,
    message,
  };
}

function outcomeOf({ reached, loaded, error }: LoadAnswer): Outcome {
  if (!reached) return 'unreached';
  if (!loaded) return 'refused';
  return error === 0 ? 'loaded' : 'not-run';
}

function runTime(microseconds: readonly number[]): RunTime | null {
  const sorted = [...microseconds].sort((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (least === undefined || most === undefined || median === undefined) return null;
  return { median, least, most, runs: sorted.length };
}
