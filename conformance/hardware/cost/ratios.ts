import { COMPARED, type CostRecord, type Timed, type CostLine } from './cost-record.js';

/** A table of ratios for each series. */
export function costText(lines: readonly CostLine[]): string {
  const times = lines.filter((line): line is CostRecord => line.record === 'time');
  const series = [...new Set(times.map((time) => time.series))];
  const tables = series
    .map((name) => {
      const ratios = ratiosOf(times.filter((time) => time.series === name));
      const gigabytes = gigabytesOf(lines, name);
      return `${name}\n${ratios.map((ratio) => ratioLine(ratio, gigabytes)).join('')}`;
    })
    .join('\n');
  const simulated = lines.some((line) => line.record === 'header' && line.simulated);
  return simulated
    ? `${tables}\nOn the simulated TensorRT, where calls cost nothing: a rehearsal.\n`
    : tables;
}

/** Least size of weights for which times of a gigabyte are told: below it all else weighs more. */
const TOLD_FROM = 1e9;

/** Gigabytes of weights of a series; null where they are less than one, or not recorded. */
export function gigabytesOf(lines: readonly CostLine[], name: string): number | null {
  const size = lines.find((line) => line.record === 'series' && line.series === name);
  const bytes = size?.record === 'series' ? Number(size.streamable) : 0;
  return bytes < TOLD_FROM ? null : bytes / 1e9;
}

function ratioLine(
  { what, pairs, microseconds: [measured, base], ratio }: Ratio,
  gigabytes: number | null,
): string {
  const spread = `${times(ratio.lower)} to ${times(ratio.upper)}, all ${times(ratio.least)} to ${times(ratio.most)}`;
  return [
    `  ${what.padEnd(54)}`,
    times(ratio.median).padStart(8),
    `  (middle half ${spread}; ${pairs} pairs;`,
    ` ${duration(measured)} against ${duration(base)}`,
    gigabytes === null
      ? ')\n'
      : `; ${duration(measured / gigabytes)} against ${duration(base / gigabytes)} per GB)\n`,
  ].join('');
}

const times = (ratio: number): string => `${ratio.toFixed(3)} x`;
const duration = (microseconds: number): string =>
  microseconds >= 1000 ? `${(microseconds / 1000).toFixed(2)} ms` : `${microseconds.toFixed(1)} us`;

/** How two times compare over the rounds in which both were taken. */
export interface Ratio {
  readonly what: string;
  readonly measured: Timed;
  readonly base: Timed;
  readonly pairs: number;
  /** Medians of the two, in microseconds. */
  readonly microseconds: readonly [measured: number, base: number];
  /** The first divided by the second, of each round with itself. */
  readonly ratio: Quartiles;
}

/** Least, quartiles and most of at least one figure. */
export interface Quartiles {
  readonly least: number;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  readonly most: number;
}

/** The comparisons that the records of one series allow. */
export function ratiosOf(records: readonly CostRecord[]): Ratio[] {
  const rounds = new Map<number, Map<Timed, number>>();
  for (const { round, timed, microseconds } of records) {
    rounds.set(round, (rounds.get(round) ?? new Map<Timed, number>()).set(timed, microseconds));
  }
  return COMPARED.flatMap(([measured, base, what]): Ratio[] => {
    const pairs = [...rounds.values()].flatMap((times): (readonly [number, number])[] => {
      const [first, second] = [times.get(measured), times.get(base)];
      return first === undefined || second === undefined ? [] : [[first, second]];
    });
    if (pairs.length === 0) return [];
    const median = (at: 0 | 1): number => quartilesOf(pairs.map((pair) => pair[at])).median;
    return [
      {
        what,
        measured,
        base,
        pairs: pairs.length,
        microseconds: [median(0), median(1)],
        ratio: quartilesOf(pairs.map(([first, second]) => first / second)),
      },
    ];
  });
}

/**
 * Quartiles of at least one figure; between two figures on the line that joins them, so that the
 * median of an even count is their middle.
 */
export function quartilesOf(figures: readonly number[]): Quartiles {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (part: number): number => {
    const place = (sorted.length - 1) * part;
    const low = sorted[Math.floor(place)] ?? Number.NaN;
    const high = sorted[Math.ceil(place)] ?? Number.NaN;
    return low + (high - low) * (place % 1);
  };
  return { least: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), most: at(1) };
}
