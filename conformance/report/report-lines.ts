import { caseToJson } from '../wire/json/json-case.js';
import { outcomeToJson } from '../wire/json/json-outcome.js';
import type { Finding } from '../model/finding.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import type { CaseResult, SectionResult } from '../model/run-result.js';
import type { EndedRun } from '../run/reporter.js';
import { clauseLines, clauseResults } from './clause-results.js';
import { findingMessage } from '../model/finding-message.js';

/**
 * A report in JSON lines (spec/schemas/report.schema.json): header, a line for each written case,
 * each clause, each finding and each section, and the footer, without which a report is incomplete.
 * `replay` gives the command that shows a finding again; `coverage` is null when a filter chose the
 * cases. One seed always gives the same lines, but for times, and for what stands in `stderr` of an
 * incident that did not come back in a fresh process (`cases` is null), or of a subject that lived
 * on behind a message that breaks the protocol: how much it wrote until it was ended is chance
 * (spec/protocol.md, "The end").
 */
export function reportLines(ended: EndedRun, replay: (finding: Finding) => string): readonly object[] {
  const { header, result } = ended;
  return [
    header,
    ...result.cases.map(caseLine),
    ...clauseLines(clauseResults(result)),
    ...result.findings.map((finding) => findingLine(finding, replay(finding))),
    ...result.sections.map(sectionLine),
    ...(result.checks ?? []).map(checkLine),
    footerLine(ended),
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

/** A device check in a report. */
export function checkLine(check: DeviceCheckResult): object {
  return { record: 'device-check', ...check };
}

function footerLine({ result, conclusion, coverage }: EndedRun): object {
  const { verdicts, findings, sections, milliseconds } = result;
  return {
    record: 'footer',
    cases: sections.reduce((sum, { cases }) => sum + cases, 0),
    verdicts,
    findings: findings.length,
    outcome: conclusion.outcome,
    exitCode: conclusion.exitCode,
    ...(coverage === null ? {} : { coverage }),
    milliseconds,
  };
}
