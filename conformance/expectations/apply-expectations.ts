import { addVerdicts, noVerdicts, type Verdict } from '../compare/verdict.js';
import { findingMessage } from '../report/finding-message.js';
import { filterOf } from '../run/filter.js';
import type { Finding } from '../run/finding.js';
import type { CaseResult, RunResult, SectionResult } from '../run/run-result.js';
import type { ExpectedFailure } from './expectations.js';

/** An entry that no longer says what is. */
export interface StaleEntry {
  readonly entry: ExpectedFailure;
  readonly why: 'passes' | 'matches-nothing' | 'expired';
}

/** A run, held against what its subject is known to fail. */
export interface ExpectedResult {
  readonly result: RunResult;
  readonly stale: readonly StaleEntry[];
}

/**
 * Gives the verdict `expected-fail` to what is expected, and `unexpected-pass` to written cases that an entry names and that all
 * pass.
 *
 * @param today such as 2026-11-22
 * @param whole whether every case was run; if not, an entry that matches nothing is no fault
 */
export function applyExpectations(
  result: RunResult,
  entries: readonly ExpectedFailure[],
  today: string,
  whole: boolean,
): ExpectedResult {
  if (entries.length === 0) return { result, stale: [] };
  const live = entries.filter(({ until }) => until >= today);
  const used = new Set<ExpectedFailure>();
  const findings = new Map(result.findings.map((finding) => [finding.fingerprint, finding]));
  const expecting = (finding: Finding, id: string | null): boolean => {
    const entry = live.find((each) => expects(each, finding, id));
    if (entry !== undefined) used.add(entry);
    return entry !== undefined;
  };
  const isExpected = (finding: string | null, id: string | null): boolean => {
    const found = finding === null ? undefined : findings.get(finding);
    return found !== undefined && expecting(found, id);
  };
  const judged = result.cases.map((one) =>
    isExpected(one.finding, one.case.id) ? withVerdict(one, 'expected-fail') : one,
  );
  const sections = result.sections.map((section) =>
    move(section, section.byFinding ?? {}, (finding) => isExpected(finding, null), findings),
  );
  const passing = live.filter((entry) => !used.has(entry) && judged.some((one) => isNamed(entry, one)));
  const cases = judged.map((one) =>
    one.verdict === 'pass' && passing.some((entry) => isNamed(entry, one))
      ? withVerdict(one, 'unexpected-pass')
      : one,
  );
  const counted = sections.map((section) => recount(section, result.cases, cases));
  return {
    result: {
      ...result,
      cases,
      sections: counted,
      findings: result.findings.map((finding) => expectedFinding(finding, cases, live)),
      verdicts: counted.map(({ verdicts }) => verdicts).reduce(addVerdicts, noVerdicts()),
    },
    stale: entries.flatMap((entry): StaleEntry[] => {
      if (entry.until < today) return [{ entry, why: 'expired' }];
      if (used.has(entry)) return [];
      if (passing.includes(entry)) return [{ entry, why: 'passes' }];
      return whole ? [{ entry, why: 'matches-nothing' }] : [];
    }),
  };
}

function expects(entry: ExpectedFailure, finding: Finding, id: string | null): boolean {
  if (entry.clause !== finding.clause || !findingMessage(finding).includes(entry.message)) return false;
  return id === null || entry.cases === undefined || filterOf(entry.cases).matches(id);
}

/** Whether an entry is about a written case. */
function isNamed({ clause, cases }: ExpectedFailure, { case: one }: CaseResult): boolean {
  return cases === undefined ? one.clauses[0] === clause : filterOf(cases).matches(one.id);
}

/** A finding is expected when no written case that shows it is left over. */
function expectedFinding(
  finding: Finding,
  cases: readonly CaseResult[],
  live: readonly ExpectedFailure[],
): Finding {
  const own = cases.filter((one) => one.finding === finding.fingerprint);
  const expected =
    own.every(({ verdict }) => verdict === 'expected-fail') &&
    live.some((entry) => expects(entry, finding, null));
  return expected ? { ...finding, verdict: 'expected-fail' } : finding;
}

function withVerdict(one: CaseResult, verdict: Verdict): CaseResult {
  return { ...one, verdict };
}

/** The section with its generated cases of expected findings moved to `expected-fail`. */
function move(
  section: SectionResult,
  byFinding: Readonly<Record<string, number>>,
  isExpected: (finding: string) => boolean,
  findings: ReadonlyMap<string, Finding>,
): SectionResult {
  const verdicts = { ...section.verdicts };
  for (const [fingerprint, count] of Object.entries(byFinding)) {
    const verdict = findings.get(fingerprint)?.verdict;
    if (verdict === undefined || !isExpected(fingerprint)) continue;
    const moved = Math.min(count, verdicts[verdict]);
    verdicts[verdict] -= moved;
    verdicts['expected-fail'] += moved;
  }
  return { ...section, verdicts };
}

/** The section with the changed verdicts of its written cases. */
function recount(
  section: SectionResult,
  before: readonly CaseResult[],
  after: readonly CaseResult[],
): SectionResult {
  const verdicts = { ...section.verdicts };
  for (const [at, was] of before.entries()) {
    const is = after[at];
    if (was.section !== section.name || is === undefined || is.verdict === was.verdict) continue;
    verdicts[was.verdict]--;
    verdicts[is.verdict]++;
  }
  return { ...section, verdicts };
}
