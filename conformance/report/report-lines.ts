import { conforms, type VerdictCounts } from '../model/verdict.js';
import { caseToJson } from '../wire/json/json-case.js';
import { outcomeToJson } from '../wire/json/json-outcome.js';
import type { Finding } from '../model/finding.js';
import type { CaseResult, RunResult, SectionResult } from '../model/run-result.js';
import type { ClauseCoverage } from '../coverage/clause-coverage.js';
import { clauseLines, clauseResults } from './clause-results.js';
import { findingMessage } from '../model/finding-message.js';
import type { Header } from '../run/header.js';

/**
 * A report in JSON lines (spec/schemas/report.schema.json): header, a line for each written case, each clause, each
 * finding and each section, and the footer, without which a report is incomplete. `replay` gives the command that shows a finding again; `coverage` is
 * null when a filter chose the cases. One seed always gives the same lines, but for times, and for what stands in `stderr` of an incident
 * that did not come back in a fresh process (`cases` is null), or of a subject that lived on behind a message that breaks the protocol:
 * how much it wrote until it was ended is chance (spec/protocol.md, "The end").
 */
export function reportLines(
  header: Header,
  result: RunResult,
  replay: (finding: Finding) => string,
  coverage: ClauseCoverage | null,
): readonly object[] {
  return [
    header,
    ...result.cases.map(caseLine),
    ...clauseLines(clauseResults(result)),
    ...result.findings.map((finding) => findingLine(finding, replay(finding))),
    ...result.sections.map(sectionLine),
    footerLine(result, coverage),
  ];
}

/** A written case in a report. */
export function caseLine({
  case: { id, clauses, kind },
  section,
  verdict,
  finding,
  reason,
}: CaseResult): object {
  return {
    record: 'case',
    id,
    area: section,
    clauses,
    kind,
    verdict,
    ...(finding === null ? {} : { finding }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A finding in a report; `replay` is the command that shows it again. */
export function findingLine(finding: Finding, replay: string): object {
  return {
    record: 'finding',
    fingerprint: finding.fingerprint,
    verdict: finding.verdict,
    clause: finding.clause,
    message: findingMessage(finding),
    occurrences: finding.occurrences,
    case: caseToJson(finding.case),
    expected: outcomeToJson(finding.expected),
    observed: finding.incident ?? { kind: 'outcome', outcome: outcomeToJson(finding.observed) },
    differences: finding.differences,
    replay,
  };
}

function sectionLine({ name, clauses, cases, verdicts, milliseconds }: SectionResult): object {
  return { record: 'area', area: name, clauses, cases, verdicts, milliseconds };
}

const ENDS = {
  good: { outcome: 'conforms', exitCode: 0 },
  bad: { outcome: 'does-not-conform', exitCode: 1 },
  broken: { outcome: 'subject-broken', exitCode: 3 },
} as const;

function endOf(verdicts: VerdictCounts, stale: number): keyof typeof ENDS {
  if (verdicts['protocol-error'] > 0) return 'broken';
  return conforms(verdicts) && stale === 0 ? 'good' : 'bad';
}

function footerLine(
  { verdicts, demanded = verdicts, stale = 0, findings, sections, milliseconds }: RunResult,
  coverage: ClauseCoverage | null,
): object {
  return {
    record: 'footer',
    cases: sections.reduce((sum, { cases }) => sum + cases, 0),
    verdicts,
    findings: findings.length,
    ...ENDS[endOf(demanded, stale)],
    ...(coverage === null ? {} : { coverage }),
    milliseconds,
  };
}
