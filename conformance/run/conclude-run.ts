import { knownErrors, ruledOracles } from '../attribution/known-errors.js';
import { mergeFindings } from '../attribution/merge-findings.js';
import { clauseCoverage } from '../coverage/clause-coverage.js';
import { demonstrate } from '../coverage/demonstration.js';
import type { ExpectedFailure } from '../expectations/expected-failure.js';
import { KnownFailures } from '../expectations/known-failures.js';
import { showsEntry } from '../expectations/shown-entries.js';
import { staleEntries } from '../expectations/stale-entries.js';
import type { RunResult } from '../model/run-result.js';
import { maskAnswer } from '../process/mask-answer.js';
import type { Clause } from '../spec/clause.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { conclude } from './conclusion.js';
import type { NotRun } from './not-run.js';
import type { EndedRun } from './reporter.js';
import { type HostileEnds, hostileFaults } from './run-hostile.js';
import type { Suite } from './suite.js';

/** What a run is concluded with. */
export type Concluding = Pick<
  Suite,
  'root' | 'plan' | 'clauses' | 'profiles' | 'requirement' | 'expected' | 'today' | 'header'
> & { readonly opened: Pick<OpenSubject, 'oracle' | 'policies'> };

/** What was seen of a subject. */
export interface SeenRun {
  /** The entries that have not expired, and how far they were met. */
  readonly known: KnownFailures;
  readonly seen: RunResult;
  readonly hostile: HostileEnds;
  /** What was left out by a run that ended early. */
  readonly notRun?: NotRun | null;
}

/** Concludes what was seen of a subject; nothing is run. */
export function concludeRun(suite: Concluding, { known, seen, hostile, notRun = null }: SeenRun): EndedRun {
  const { plan, clauses, expected, today, header, requirement } = suite;
  // What was not run shows nothing.
  const shows = notRun === null ? plan.shows : 'none';
  const { result: judged, stale } = staleEntries(seen, expected, known, today, (entry) =>
    showsEntry(shows, entry),
  );
  const result = mergedResult(suite, judged);
  const conclusion = conclude({
    ...result,
    clauses,
    demonstration:
      requirement === null
        ? null
        : demonstrate(requirement, clauses, result.cases, suite.profiles, header.subject.untold),
    hostile: hostileFaults(hostile),
    stale: stale.length,
  });
  const coverage =
    plan.covers && notRun === null ? clauseCoverage(loadedClauses(clauses), result.cases) : null;
  return { header, result, conclusion, coverage, hostile, stale, notRun };
}

/** A result whose findings of one error are told as one. */
export function mergedResult(
  { root, opened, plan }: Pick<Concluding, 'root' | 'opened' | 'plan'>,
  result: RunResult,
): RunResult {
  return mergeFindings(result, {
    errors: knownErrors(root, opened.policies.own),
    oracle: opened.oracle,
    cases: plan.sections.flatMap((section) => (section.kind === 'fixed' ? section.cases : [])),
  });
}

/** The clauses that loads show: no delegate has a part in those about exporters. */
function loadedClauses(clauses: readonly Clause[]): readonly Clause[] {
  return clauses.filter(({ judgedBy }) => judgedBy !== 'program' && judgedBy !== 'exporter');
}

/** Tells what the subject is known to fail, by entries that have not expired. */
export function knownFailures(
  root: string,
  {
    subject: { capabilities },
    policies: { own },
  }: Pick<OpenSubject, 'policies'> & { readonly subject: Pick<OpenSubject['subject'], 'capabilities'> },
  live: readonly ExpectedFailure[],
): KnownFailures {
  return new KnownFailures(live, ruledOracles(root, own), (depth, record) =>
    maskAnswer(depth, record, capabilities),
  );
}
