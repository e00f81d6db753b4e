import { caseToJson } from '../wire/json/json-case.js';
import { exportedToJson } from '../wire/json/json-export.js';
import { outcomeToJson } from '../wire/json/json-outcome.js';
import { sequenceToJson } from '../wire/json/json-sequence.js';
import type { Finding } from '../model/finding.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import type { CaseResult, SectionResult } from '../model/run-result.js';
import type { Demonstration } from '../coverage/demonstration.js';
import type { EndedRun } from '../run/reporter.js';
import { hostileFaults } from '../run/run-hostile.js';
import { clauseLines, clauseResults } from './clause-results.js';
import { conclusionText } from './conclusion-text.js';
import { findingMessage } from '../model/finding-message.js';
import { VERDICTS } from '../model/verdict.js';
import type { BrokenCounts } from '../bulk/broken-clause.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { bytesFromHex, bytesToHex } from '../wire/json/json-bytes.js';
import type { SeenByShard, Step } from '../run/state/step.js';
import { lookLine } from './look-lines.js';
import type { Incident } from '../model/incident.js';

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
  depth,
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
    ...(depth === undefined ? {} : { depth }),
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
    ...(finding.also === undefined ? {} : { also: finding.also }),
    message: findingMessage(finding),
    occurrences: finding.occurrences,
    case: caseToJson(finding.case),
    expected: outcomeToJson(finding.expected),
    observed: finding.incident ?? { kind: 'outcome', outcome: outcomeToJson(finding.observed) },
    differences: finding.differences,
    ...(finding.recurrence === undefined ? {} : { recurrence: finding.recurrence }),
    ...(finding.sequence === undefined ? {} : { sequence: sequenceToJson(finding.sequence) }),
    ...(finding.exported === undefined ? {} : { exported: exportedToJson(finding.exported) }),
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

function footerLine({ result, conclusion, coverage, stale, hostile, notRun = null }: EndedRun): object {
  const { verdicts, findings, sections, milliseconds } = result;
  return {
    record: 'footer',
    cases: sections.reduce((sum, { cases }) => sum + cases, 0),
    verdicts,
    findings: findings.length,
    outcome: conclusion.outcome,
    exitCode: conclusion.exitCode,
    conclusion: conclusionText({ conclusion, findings, stale: stale.length, notRun }),
    ...demonstrationMembers(conclusion.demonstration),
    hostileFaults: hostileFaults(hostile),
    staleExpectations: stale.length,
    ...(coverage === null ? {} : { coverage }),
    ...(notRun === null ? {} : { notRun }),
    milliseconds,
  };
}

/** What was required and not demonstrated, for the footer; nothing for a run of one case. */
function demonstrationMembers(demonstration: Demonstration | null): object {
  if (demonstration === null) return {};
  const { clauses, ...others } = demonstration;
  return { demonstration: { ...others, required: clauses } };
}

/** The last line of a step, behind its cases and findings (spec/schemas/report.schema.json). */
export interface CountedLine {
  readonly record: 'counted';
  readonly part: number;
  readonly area: string;
  readonly first: number | null;
  readonly steps: number;
  readonly cases: number;
  readonly verdicts: Step['verdicts'];
  readonly occurrences?: Step['occurrences'];
  readonly minimized?: Step['minimized'];
  readonly mismatches?: readonly {
    readonly block: number;
    readonly case: string;
    readonly observed?: string;
    readonly clause?: ClauseId;
  }[];
  readonly broken?: BrokenCounts;
  readonly incidents?: readonly {
    readonly block: number;
    readonly case: string;
    readonly incident: Incident;
  }[];
  readonly expected?: readonly {
    readonly entry: number;
    readonly cases: number;
    readonly block: number;
    readonly case: string;
  }[];
  readonly met?: Step['met'];
  readonly faults?: Step['faults'];
  /** Of a shard; what it looked at stands before the line. */
  readonly seen?: Pick<SeenByShard, 'of'> & Partial<SeenByShard>;
  readonly milliseconds: number;
}

/** A step as lines of an unfinished report. `replay` gives the command that shows a finding. */
export function stepLines(step: Step, replay: (finding: Finding) => string): readonly object[] {
  const counted: CountedLine = {
    record: 'counted',
    part: step.part,
    area: step.area,
    first: step.first,
    steps: step.steps,
    cases: step.cases,
    verdicts: Object.fromEntries(
      VERDICTS.flatMap((verdict) => {
        const count = step.verdicts[verdict] ?? 0;
        return count === 0 ? [] : [[verdict, count]];
      }),
    ),
    ...filled('occurrences', step.occurrences),
    ...filled('minimized', step.minimized),
    ...filled(
      'mismatches',
      step.mismatches.map(({ block, record, observed, clause }) => ({
        block,
        case: bytesToHex(record),
        ...(clause === undefined ? {} : { clause }),
        ...(observed === undefined ? {} : { observed: bytesToHex(observed) }),
      })),
    ),
    ...filled('broken', step.broken ?? {}),
    ...filled(
      'incidents',
      step.incidents.map(({ block, record, incident }) => ({ block, case: bytesToHex(record), incident })),
    ),
    ...filled(
      'expected',
      step.expected.map(({ entry, cases, first: { block, record } }) => {
        return { entry, cases, block, case: bytesToHex(record) };
      }),
    ),
    ...filled('met', step.met),
    ...filled('faults', step.faults ?? {}),
    ...seenMember(step.seen),
    milliseconds: step.milliseconds,
  };
  return [
    ...step.results.map(caseLine),
    ...step.findings.map((finding) => findingLine(finding, replay(finding))),
    ...(step.seen?.looks ?? []).map((look) => lookLine(look, (each) => findingLine(each, replay(each)))),
    ...(step.checks ?? []).map(checkLine),
    counted,
  ];
}

/** The step that a line ends, with what stands before it. */
export function stepOf(
  line: CountedLine,
  {
    looks = [],
    ...before
  }: Pick<Step, 'results' | 'findings' | 'checks'> & Partial<Pick<SeenByShard, 'looks'>>,
): Step {
  const { part, area, first, steps, cases, verdicts, milliseconds } = line;
  const { occurrences = {}, minimized = {}, mismatches = [], incidents = [], expected = [], met = [] } = line;
  return {
    part,
    area,
    first,
    steps,
    cases,
    verdicts,
    milliseconds,
    ...before,
    occurrences,
    minimized,
    mismatches: mismatches.map(({ case: record, observed, ...each }) => ({
      ...each,
      record: bytesFromHex(record),
      ...(observed === undefined ? {} : { observed: bytesFromHex(observed) }),
    })),
    ...(line.broken === undefined ? {} : { broken: line.broken }),
    incidents: incidents.map((each) => ({
      block: each.block,
      record: bytesFromHex(each.case),
      incident: each.incident,
    })),
    expected: expected.map(({ entry, cases, ...first }) => {
      return { entry, cases, first: { block: first.block, record: bytesFromHex(first.case) } };
    }),
    met,
    ...(line.faults === undefined ? {} : { faults: line.faults }),
    ...(line.seen === undefined ? {} : { seen: { alike: {}, expected: {}, ...line.seen, looks } }),
  };
}

/**
 * The steps with those of which nothing but counts is told put together where one follows the
 * other. Such steps change places with others freely: nothing depends on them.
 */
export function joinSteps(steps: readonly Step[]): readonly Step[] {
  const plain = steps.filter(isPlain).sort((a, b) => a.part - b.part || (a.first ?? 0) - (b.first ?? 0));
  const joined: Step[] = [];
  for (const step of plain) {
    const last = joined.at(-1);
    if (last?.part === step.part && (last.first ?? 0) + last.steps === step.first) {
      joined[joined.length - 1] = {
        ...last,
        steps: last.steps + step.steps,
        cases: last.cases + step.cases,
        milliseconds: Math.max(last.milliseconds, step.milliseconds),
      };
    } else joined.push(step);
  }
  return [...joined, ...steps.filter((step) => !isPlain(step))];
}

function isPlain(step: Step): boolean {
  return (
    step.first !== null &&
    step.seen === undefined &&
    step.faults === undefined &&
    [
      ...[step.results, step.findings, step.checks ?? [], step.mismatches],
      ...[step.incidents, step.expected, step.met],
    ].every((list) => list.length === 0) &&
    [step.occurrences, step.minimized].every((counts) => Object.keys(counts).length === 0) &&
    Object.values(step.verdicts).every((count) => count === 0)
  );
}

/** What a shard tells of the failures of a step, but for what it looked at. */
function seenMember(seen: SeenByShard | undefined): Pick<CountedLine, 'seen'> {
  if (seen === undefined) return {};
  const { of, alike, expected } = seen;
  return { seen: { of, ...filled('alike', alike), ...filled('expected', expected) } };
}

function filled<Name extends string, Value extends object>(
  name: Name,
  value: Value,
): Partial<Record<Name, Value>> {
  return Object.keys(value).length === 0 ? {} : ({ [name]: value } as Record<Name, Value>);
}
