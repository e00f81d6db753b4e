import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { quartilesOf } from '../hardware/cost/ratios.js';
import { DELEGATE_LIBRARY } from '../subjects/native-library.js';
import { buildMutant } from '../subjects/build-mutant.js';
import type { HypothesisPeer } from './install-peers.js';

/** Errors that implementations of budgets are known for, by their names in the catalogue. */
const CLASSIC = [
  'accept-plus',
  'trailing-blank',
  'no-clamp',
  'resident-is-streamed',
  'overflow-wraps',
  'fallback-for-explicit',
  'spec-over-option',
  'last-option-wins',
  'scan-255',
] as const;

const SEEDS = 5;
const MOST_OF_HYPOTHESIS = 20_000;

/** One search: cases up to the first that fails, null when none does, and how long it took. */
export interface FirstFailure {
  readonly cases: number | null;
  readonly milliseconds: number;
}

/** How long the suite, the naive fast-check loop and Hypothesis take to find one error. */
export interface FirstFailures {
  readonly error: string;
  readonly suite: readonly FirstFailure[];
  readonly naive: readonly FirstFailure[];
  /** Empty where Hypothesis is not measured. */
  readonly hypothesis: readonly FirstFailure[];
}

/** Searches each of the classic errors in the native delegate, with five seeds. */
export async function firstFailures(
  root: string,
  seed: number,
  hypothesis: HypothesisPeer | null,
): Promise<readonly FirstFailures[]> {
  const seeds = Array.from({ length: SEEDS }, (_, n) => seed + n);
  const found: FirstFailures[] = [];
  for (const error of CLASSIC) {
    const folder = await buildMutant(root, error);
    const main = fileURLToPath(new URL('./first-failure-main.js', import.meta.url));
    const { stdout } = await execa(process.execPath, [main, error, ...seeds.map(String)], { cwd: root });
    const ours = JSON.parse(stdout) as Pick<FirstFailures, 'suite' | 'naive'>;
    const theirs: FirstFailure[] = [];
    if (hypothesis !== null) {
      for (const each of seeds)
        theirs.push(await inHypothesis(hypothesis, join(folder, DELEGATE_LIBRARY), each));
    }
    found.push({ error, ...ours, hypothesis: theirs });
  }
  return found;
}

async function inHypothesis(
  { script, library, packages }: HypothesisPeer,
  delegate: string,
  seed: number,
): Promise<FirstFailure> {
  const args = [script, packages, library, delegate, String(MOST_OF_HYPOTHESIS), String(seed), '--first'];
  const { stdout } = await execa('python3', ['-I', ...args]);
  const [, cases, seconds = '0'] = /^(?:first (\d+)|none) seconds ([\d.]+)$/m.exec(stdout) ?? [];
  return { cases: cases === undefined ? null : Number(cases), milliseconds: 1000 * Number(seconds) };
}

/** A line for each error: the medians of cases and milliseconds, and the ratio of the times. */
export function firstFailureLines(found: readonly FirstFailures[]): readonly string[] {
  return found.map(({ error, suite, naive, hypothesis }) =>
    [error.padEnd(24), column(suite), column(naive), hypothesis.length === 0 ? '' : column(hypothesis)].join(
      '',
    ),
  );
}

function column(searches: readonly FirstFailure[]): string {
  const missed = searches.filter(({ cases }) => cases === null).length;
  const counts = searches.map((each) => each.cases ?? Number.POSITIVE_INFINITY);
  const cases = counts.toSorted((one, other) => one - other)[counts.length >> 1] ?? Number.NaN;
  const time = quartilesOf(searches.map(({ milliseconds }) => milliseconds)).median;
  const told = Number.isFinite(cases) ? Math.round(cases).toLocaleString('en-US') : 'not found';
  return `${told} in ${time.toFixed(1)} ms${missed > 0 ? ` (${missed} missed)` : ''}`.padStart(28);
}
