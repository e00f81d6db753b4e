/**
 * What a case says about a subject.
 * - `pass`, `fail`: the outcome is, or is not, the one expected.
 * - `expected-fail`, `unexpected-pass`: the same for a case that the subject is known to fail.
 * - `unsupported`: the subject, or this way of running it, cannot run the case.
 * - `crashed`, `timed-out`, `protocol-error`: there was no outcome.
 * - `inconclusive`: nothing can be said; never counted as a pass.
 * - `self-check`: the suite judged a program of its own rightly; no subject had a part in it.
 */
export const VERDICTS = [
  'pass',
  'fail',
  'expected-fail',
  'unexpected-pass',
  'unsupported',
  'crashed',
  'timed-out',
  'protocol-error',
  'inconclusive',
  'self-check',
] as const;

/** One of {@link VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/** How many cases ended with each verdict. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** The verdict counts of no case. */
export function noVerdicts(): Record<Verdict, number> {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
}

/** The counts of both. */
export function addVerdicts(a: VerdictCounts, b: VerdictCounts): VerdictCounts {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, a[verdict] + b[verdict]])) as Record<
    Verdict,
    number
  >;
}
