import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { Finding } from '../../model/finding.js';
import { requestLines } from '../../model/request-lines.js';
import type { ToldFinding } from '../told-report.js';

/** A finding, and the subject that it is of: its place among the reports of a page. */
export interface PageFinding extends ToldFinding {
  readonly subject: number;
}

/** Findings that break the same clause in the same respect, the smallest program first. */
export interface Cause {
  readonly clause: ClauseId;
  /** In what respect, in a few words. */
  readonly respect: string;
  readonly findings: readonly PageFinding[];
  /** How many cases showed them. */
  readonly occurrences: number;
}

/** Findings by their cause, in the order of the clauses; in it, the most frequent first. */
export function causesOf(findings: readonly PageFinding[]): readonly Cause[] {
  const groups = new Map<string, PageFinding[]>();
  for (const one of findings) {
    const key = `${one.finding.clause} ${respectOf(one.finding)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()]
    .flatMap((group) => (group[0] === undefined ? [] : [causeOf(group[0].finding, group)]))
    .sort((a, b) => (a.clause === b.clause ? b.occurrences - a.occurrences : a.clause < b.clause ? -1 : 1));
}

function causeOf(first: Finding, group: readonly PageFinding[]): Cause {
  const sized = group.map((one) => ({ one, size: sizeOf(one.finding) }));
  return {
    clause: first.clause,
    respect: respectOf(first),
    findings: sized.sort((a, b) => a.size - b.size).map(({ one }) => one),
    occurrences: group.reduce((sum, { finding }) => sum + finding.occurrences, 0),
  };
}

/** How much there is to read of the program and of what is done with it. */
function sizeOf({ case: { request } }: Finding): number {
  return requestLines(request).reduce((sum, line) => sum + line.length, 0);
}

/** What of an outcome differs, by the last name of its path, in words. */
const RESPECTS: Readonly<Record<string, string>> = {
  program: 'how the file is opened',
  steps: 'how a step ends',
  warned: 'what is logged at Error level',
  engines: 'which engines there are',
  step: 'the step at which an engine is made',
  source: 'where the budget comes from',
  applied: 'the budget that is applied',
  calls: 'the calls to TensorRT',
  violations: 'calls that no delegate may make',
};

function respectOf({ incident, differences: [first] }: Finding): string {
  if (incident !== undefined) return `no outcome: ${incident.kind}`;
  if (first === undefined) return 'no difference is told';
  const name = first.path.replace(/\[\d+\]/g, '').split('.');
  if (name[0] === 'leaks') return `what is left alive: ${name[1] ?? 'something'}`;
  return RESPECTS[name.at(-1) ?? ''] ?? first.path;
}
