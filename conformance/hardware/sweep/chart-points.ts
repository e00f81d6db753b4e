import { levelClaims } from './claims.js';
import { ASKS, type AttemptRecord, type Outcome, type SweepRecord } from './sweep-record.js';

/** How a budget was asked for, as the legend of the chart says it. */
export const LEGEND = {
  fitting: 'fitting policy',
  upstream: 'upstream policy',
  '0': 'budget 0',
  half: 'budget of half',
  all: 'budget of all',
  largest: 'largest that loads',
} as const;

/** The ways to ask of the legend that are tried at every level. */
export const TRIED = ASKS.map((ask) => LEGEND[ask]);

/** A point of the chart. */
export interface ChartPoint {
  readonly series: string;
  /** Device memory meant to be free, in MiB. */
  readonly mebibytes: number;
  readonly ask: (typeof LEGEND)[keyof typeof LEGEND];
  readonly outcome: Outcome;
  /** Percent of the weights that stay on the device; null unless loaded. */
  readonly resident: number | null;
  /** Median time of a run; null when it was not measured. */
  readonly microseconds: number | null;
  /** At this level of memory a load with notably less resident ran notably faster. */
  readonly slower: boolean;
}

/** The points of all series: an attempt each, and the largest budget that loads at each level. */
export function chartPoints(records: readonly SweepRecord[]): ChartPoint[] {
  const claims = levelClaims(records);
  const slower = new Set<AttemptRecord>(claims.flatMap((claim) => claim.slower?.more ?? []));
  const attempts = records.flatMap((record): ChartPoint[] => {
    if (record.record !== 'attempt' || record.ask === 'search') return [];
    return [
      {
        series: record.series,
        mebibytes: mebibytes(record.level),
        ask: LEGEND[record.ask],
        outcome: record.outcome,
        resident: percent(record.resident),
        microseconds: record.time?.median ?? null,
        slower: slower.has(record),
      },
    ];
  });
  const largest = claims.map((claim): ChartPoint => ({
    series: claim.series,
    mebibytes: mebibytes(claim.level),
    ask: LEGEND.largest,
    outcome: claim.largest === null ? 'refused' : 'loaded',
    resident: percent(claim.largest),
    microseconds: null,
    slower: false,
  }));
  return [...attempts, ...largest];
}

/**
 * Neighbouring levels at which a way to ask ended the same: a bar of the chart, in MiB, from half a
 * step below to half a step above.
 */
export interface OutcomeSpan {
  readonly series: string;
  readonly ask: ChartPoint['ask'];
  readonly outcome: Outcome;
  readonly from: number;
  readonly to: number;
}

/** The bars of all series, over what was tried. */
export function outcomeSpans(points: readonly ChartPoint[]): OutcomeSpan[] {
  const rows = new Map<string, ChartPoint[]>();
  for (const point of points) {
    if (point.ask === LEGEND.largest) continue;
    const key = `${point.series} ${point.ask}`;
    rows.set(key, [...(rows.get(key) ?? []), point]);
  }
  return [...rows.values()].flatMap((row) => spansOf(row.sort((a, b) => a.mebibytes - b.mebibytes)));
}

function spansOf(row: readonly ChartPoint[]): OutcomeSpan[] {
  const spans: OutcomeSpan[] = [];
  for (const [at, { series, ask, outcome, mebibytes: here }] of row.entries()) {
    const from = (here + (row[at - 1]?.mebibytes ?? here)) / 2;
    const to = (here + (row[at + 1]?.mebibytes ?? here)) / 2;
    const last = spans.at(-1);
    if (last?.outcome === outcome) spans[spans.length - 1] = { ...last, to };
    else spans.push({ series, ask, outcome, from, to });
  }
  return spans;
}

const mebibytes = (bytes: string): number => Number(bytes) / 2 ** 20;
const percent = (share: number | null): number | null => (share === null ? null : share * 100);
