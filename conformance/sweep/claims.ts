import type { AttemptRecord, SeriesRecord, SweepRecord } from './sweep-record.js';

/** Part of the largest budget that loads which the fitting policy has to keep at least. */
export const NEARLY_ALL = 0.9;
/** By so much of the whole the resident share has to be larger, and a run longer, to call more resident slower. */
const NOTABLE = 0.05;

/** What a sweep shows about one level of free memory of one series. */
export interface LevelClaim {
  readonly series: string;
  /** Bytes in decimal digits. */
  readonly level: string;
  /** Whether a budget of 0 loads; the fitting policy has to then. */
  readonly zeroLoads: boolean;
  readonly fittingLoads: boolean;
  readonly upstreamLoads: boolean;
  /** Resident part of the largest budget that loads, 0 to 1; null when none does. */
  readonly largest: number | null;
  /** Resident part with the fitting policy; null when it does not load. */
  readonly fitting: number | null;
  /** The fitting policy keeps less than nine tenths of the largest budget that loads. */
  readonly short: boolean;
  /** A pair of loads at this level of which the one with more weights resident takes longer. */
  readonly slower: { readonly more: AttemptRecord; readonly less: AttemptRecord } | null;
}

/** Judges every level of a sweep, in the order of the file. */
export function levelClaims(records: readonly SweepRecord[]): LevelClaim[] {
  const levels = new Map<string, AttemptRecord[]>();
  for (const record of records) {
    if (record.record !== 'attempt') continue;
    const key = `${record.series} ${record.level}`;
    levels.set(key, [...(levels.get(key) ?? []), record]);
  }
  return [...levels.values()].map((attempts) => levelClaim(attempts));
}

/** The series of a sweep, in the order of the file. */
export function seriesOf(records: readonly SweepRecord[]): SeriesRecord[] {
  return records.filter((record) => record.record === 'series');
}

function levelClaim(attempts: readonly AttemptRecord[]): LevelClaim {
  const residentOf = (ask: AttemptRecord['ask']): number | null =>
    attempts.find((attempt) => attempt.ask === ask && attempt.outcome === 'loaded')?.resident ?? null;
  const explicit = attempts.flatMap(({ budget, resident }) =>
    budget === null || resident === null ? [] : [resident],
  );
  const fitting = residentOf('fitting');
  const largest = explicit.length === 0 ? null : Math.max(...explicit);
  return {
    series: attempts[0]?.series ?? '',
    level: attempts[0]?.level ?? '0',
    zeroLoads: residentOf('0') !== null,
    fittingLoads: fitting !== null,
    upstreamLoads: residentOf('upstream') !== null,
    largest,
    fitting,
    short: largest !== null && (fitting ?? 0) < NEARLY_ALL * largest,
    slower: slowerPair(attempts),
  };
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
