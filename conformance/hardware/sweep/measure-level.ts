import type { Answer } from './measuring-process.js';
import type { EngineSizes } from './series.js';
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

/** Tries every way to ask for a budget at a level of free memory, then looks for the largest. */
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

const LEAST_STEP = 2n * 2n ** 20n;
/** No budget that is larger by less shows the fitting policy to keep too little. */
const PARTS = 10n;

/**
 * Looks for the largest budget that loads by halving, between one that loads and one that does not:
 * to within a tenth of it, or 2 MiB where that is more. Both ends may be known without a try.
 *
 * @param low a budget that loads
 * @param high a larger one that does not
 * @param loads tries a budget
 */
export async function largestBudget(
  low: bigint,
  high: bigint,
  loads: (budget: bigint) => Promise<boolean>,
): Promise<bigint> {
  while (high - low > (low / PARTS > LEAST_STEP ? low / PARTS : LEAST_STEP)) {
    const middle = (low + high) / 2n;
    if (await loads(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The device gives memory out in such pieces, so no closer steps can be told apart. */
const PIECE = 2n * 2n ** 20n;
/** How far below the least need a series begins, and how far above the largest it ends. */
const BELOW = 8n * 2n ** 20n;
const ABOVE = 24n * 2n ** 20n;

/**
 * The levels of free device memory of a series, in bytes, at even steps: from less than what
 * everything streamed needs to more than what everything resident needs. They are multiples of 2
 * MiB, and at least that far apart.
 */
export function freeMemoryLevels(sizes: EngineSizes, engines: number, count: number): bigint[] {
  const least = BigInt(engines) * (sizes.scratch + sizes.activations);
  const largest = BigInt(engines) * (sizes.streamable + sizes.activations);
  const below = (least - BELOW) / PIECE;
  // A level of 0 would mean all memory.
  const first = below > 0n ? below : 1n;
  const last = (largest + ABOVE) / PIECE;
  const steps = BigInt(Math.max(count - 1, 1));
  const span = last - first > steps ? last - first : steps;
  return Array.from({ length: count }, (_, n) => (first + (span * BigInt(n)) / steps) * PIECE);
}
