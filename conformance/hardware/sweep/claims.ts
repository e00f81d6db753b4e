import type { AttemptRecord, SeriesRecord, SweepRecord } from './sweep-record.js';

/** Part of the largest budget that loads which the fitting policy has to keep at least. */
export const NEARLY_ALL = 0.9;
/** How much larger the resident share, and how much longer a run, is to be called slower. */
const NOTABLE = 0.05;

/**
 * What a sweep shows about one level of free memory of one series. The fitting policy is compared
 * only with loads of the series that had no more memory free than it had itself, as their records
 * say: the level is met to within a piece of memory only.
 */
export interface LevelClaim {
  readonly series: string;
  /** Bytes in decimal digits. */
  readonly level: string;
  /** Whether a budget of 0 loads. */
  readonly zeroLoads: boolean;
  readonly fittingLoads: boolean;
  readonly upstreamLoads: boolean;
  /** The fitting policy does not load, and a budget of 0 does with no more memory free. */
  readonly refused: boolean;
  /**
   * The largest resident part, 0 to 1, that loads with no more memory free than the fitting policy
   * had; null when none does.
   */
  readonly largest: number | null;
  /** Resident part with the fitting policy; null when it does not load. */
  readonly fitting: number | null;
  /** The fitting policy keeps less than nine tenths of the largest part. */
  readonly short: boolean;
  /** A pair of loads at this level of which the one with more weights resident takes longer. */
  readonly slower: { readonly more: AttemptRecord; readonly less: AttemptRecord } | null;
}

/** Judges every level of a sweep, in the order of the file. */
export function levelClaims(records: readonly SweepRecord[]): LevelClaim[] {
  const series = new Map<string, AttemptRecord[]>();
  const levels = new Map<string, AttemptRecord[]>();
  for (const record of records) {
    if (record.record !== 'attempt') continue;
    append(series, record.series, record);
    append(levels, `${record.series} ${record.level}`, record);
  }
  return [...levels.values()].map((attempts) =>
    levelClaim(attempts, series.get(attempts[0]?.series ?? '') ?? []),
  );
}

/** The series of a sweep, in the order of the file. */
export function seriesOf(records: readonly SweepRecord[]): SeriesRecord[] {
  return records.filter((record) => record.record === 'series');
}

function append(lists: Map<string, AttemptRecord[]>, key: string, record: AttemptRecord): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [record]);
  else list.push(record);
}

function levelClaim(attempts: readonly AttemptRecord[], series: readonly AttemptRecord[]): LevelClaim {
  const residentOf = (ask: AttemptRecord['ask']): number | null =>
    attempts.find((attempt) => attempt.ask === ask)?.resident ?? null;
  const fitting = residentOf('fitting');
  const had = roomOf(attempts);
  const loaded = series.filter(({ resident, free }) => resident !== null && BigInt(free ?? 0) <= had);
  const largest = loaded.length === 0 ? null : Math.max(...loaded.map(({ resident }) => resident ?? 0));
  return {
    series: attempts[0]?.series ?? '',
    level: attempts[0]?.level ?? '0',
    zeroLoads: residentOf('0') !== null,
    fittingLoads: fitting !== null,
    upstreamLoads: residentOf('upstream') !== null,
    refused: fitting === null && loaded.some(({ ask }) => ask === '0'),
    largest,
    fitting,
    short: largest !== null && (fitting ?? 0) < NEARLY_ALL * largest,
    slower: slowerPair(attempts),
  };
}

/**
 * What was free for the fitting policy; when its process died, the most that was free at the level.
 */
function roomOf(attempts: readonly AttemptRecord[]): bigint {
  const fitting = attempts.find(({ ask }) => ask === 'fitting');
  const frees = fitting?.free == null ? attempts.map(({ free }) => free) : [fitting.free];
  return frees.map((free) => BigInt(free ?? 0)).reduce((most, free) => (free > most ? free : most), 0n);
}

/** The pair in which more resident is slowest against less. */
function slowerPair(attempts: readonly AttemptRecord[]): LevelClaim['slower'] {
  let worst: LevelClaim['slower'] = null;
  let most = 1 + NOTABLE;
  for (const more of attempts) {
    for (const less of attempts) {
      if (more.time === null || less.time === null || more.resident === null || less.resident === null)
        continue;
      const ratio = more.time.median / less.time.median;
      if (more.resident < less.resident + NOTABLE || ratio <= most) continue;
      most = ratio;
      worst = { more, less };
    }
  }
  return worst;
}
