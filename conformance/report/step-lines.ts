import { VERDICTS } from '../model/verdict.js';
import { bytesFromHex, bytesToHex } from '../wire/json/json-bytes.js';
import type { Finding } from '../model/finding.js';
import type { Step } from '../run/state/step.js';
import type { Incident } from '../model/incident.js';
import { caseLine, checkLine, findingLine } from './report-lines.js';

/**
 * The last line of a step (spec/schemas/report.schema.json): its cases and findings stand before
 * it.
 */
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
  readonly mismatches?: readonly { readonly block: number; readonly case: string }[];
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
  readonly milliseconds: number;
}

/**
 * A step as lines of a report that is under way. `replay` gives the command that shows a finding
 * again.
 */
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
      step.mismatches.map(({ block, record }) => ({ block, case: bytesToHex(record) })),
    ),
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
    milliseconds: step.milliseconds,
  };
  return [
    ...step.results.map(caseLine),
    ...step.findings.map((finding) => findingLine(finding, replay(finding))),
    ...(step.checks ?? []).map(checkLine),
    counted,
  ];
}

/** The step that a line ends, with what stands before it. */
export function stepOf(line: CountedLine, before: Pick<Step, 'results' | 'findings' | 'checks'>): Step {
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
    mismatches: mismatches.map((each) => ({ block: each.block, record: bytesFromHex(each.case) })),
    incidents: incidents.map((each) => ({
      block: each.block,
      record: bytesFromHex(each.case),
      incident: each.incident,
    })),
    expected: expected.map(({ entry, cases, ...first }) => {
      return { entry, cases, first: { block: first.block, record: bytesFromHex(first.case) } };
    }),
    met,
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
    [
      ...[step.results, step.findings, step.checks ?? [], step.mismatches],
      ...[step.incidents, step.expected, step.met],
    ].every((list) => list.length === 0) &&
    [step.occurrences, step.minimized].every((counts) => Object.keys(counts).length === 0) &&
    Object.values(step.verdicts).every((count) => count === 0)
  );
}

function filled<Name extends string, Value extends object>(
  name: Name,
  value: Value,
): Partial<Record<Name, Value>> {
  return Object.keys(value).length === 0 ? {} : ({ [name]: value } as Record<Name, Value>);
}
