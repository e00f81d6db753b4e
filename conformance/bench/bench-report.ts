import { quartilesOf } from '../hardware/cost/ratios.js';
import { firstFailureLines, type FirstFailures } from './first-failures.js';
import type { RunOfSize } from './flat-cost.js';
import { ratioOf, type Figures } from './set-up.js';
import type { StartUp } from './start-up.js';
import { reachedTargets, type Reached } from './targets.js';

/** What one run of the bench has measured; `npm run bench -- --json` writes it. */
export interface BenchReport {
  readonly format: 1;
  readonly seed: number;
  readonly node: string;
  /** Cases a second, round by round. */
  readonly setUps: readonly Figures[];
  readonly targets: readonly Reached[];
  readonly bytesOfDecision: { readonly naive: number; readonly flat: number };
  readonly runsOfSize: readonly RunOfSize[];
  /** Most megabytes of a process that runs ten million decisions, by the number of its threads. */
  readonly peakMegabytes: Readonly<Record<string, number>>;
  readonly startUps: readonly StartUp[];
  /** Empty without `--peers`. */
  readonly firstFailures: readonly FirstFailures[];
  /** A sentence for each peer that was asked for and is not there. */
  readonly missing: readonly string[];
}

/** The report for people. */
export function benchText(report: BenchReport): string {
  const { setUps, bytesOfDecision: bytes, missing } = report;
  const [{ rounds } = { rounds: [] }] = setUps;
  return [
    `Median of ${rounds.length} interleaved rounds (least to most), and the ratio to the naive loop of the same depth.`,
    '',
    ...setUps.map((each) => setUpLine(each, setUps)),
    '',
    ...missing,
    'Targets, each round with itself: median (least to most).',
    ...reachedTargets(setUps).map(targetLine),
    '',
    `Bytes of a decision: naive ${whole(bytes.naive)}, flat ${whole(bytes.flat)}.`,
    ...report.runsOfSize.map((run) => sizeLine(run, report.runsOfSize)),
    ...Object.entries(report.peakMegabytes).map(
      ([threads, peak]) => `Ten million decisions take ${whole(peak)} MB at most, with ${threads} of --jobs.`,
    ),
    '',
    'From the start of a process to its end, as a ratio to node -e 0: median (least to most).',
    ...report.startUps.map(startUpLine),
    ...firstFailureText(report.firstFailures),
    '',
  ].join('\n');
}

function setUpLine(figures: Figures, all: readonly Figures[]): string {
  const { median, least, most } = quartilesOf(figures.rounds);
  const naive = all.find(
    ({ name, depth }) => depth === figures.depth && name.endsWith('naive fast-check loop'),
  );
  const ratio = naive === undefined ? Number.NaN : ratioOf(figures, naive).median;
  return [
    figures.name.padEnd(36),
    `${whole(median)} cases/s`.padStart(18),
    `(${whole(least)} to ${whole(most)})`.padStart(26),
    `${ratio >= 0.1 ? ratio.toFixed(1) : ratio.toPrecision(2)} x`.padStart(10),
  ].join('');
}

function targetLine({ of, beside, least, median, smallest, most }: Reached): string {
  const told = (ratio: number): string => (ratio >= 100 ? whole(ratio) : ratio.toFixed(2));
  const verdict = median >= least ? 'reached' : 'missed';
  return (
    `${verdict.padEnd(9)}${of} beside ${beside.replace(/^\w+[:,] /, '')}: ` +
    `${told(median)} x (${told(smallest)} to ${told(most)}), at least ${told(least)}`
  );
}

function sizeLine({ decisions, casesPerSecond }: RunOfSize, all: readonly RunOfSize[]): string {
  const cost = (all[0]?.casesPerSecond ?? Number.NaN) / casesPerSecond;
  return `A decision of a run of ${whole(decisions)} costs ${cost.toFixed(2)} of one of the shortest run.`;
}

function startUpLine({ command, ratios }: StartUp): string {
  const { median, least, most } = quartilesOf(ratios);
  return `${command.padEnd(36)}${median.toFixed(1)} x (${least.toFixed(1)} to ${most.toFixed(1)})`;
}

function firstFailureText(found: readonly FirstFailures[]): readonly string[] {
  if (found.length === 0) return [];
  const heads = ['this suite', 'naive fast-check', 'Hypothesis'].map((head) => head.padStart(28));
  return [
    '',
    'Cases up to the first that shows an error of the native delegate, and the time: medians of five seeds.',
    `${''.padEnd(24)}${heads.join('')}`,
    ...firstFailureLines(found),
  ];
}

function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en-US');
}
