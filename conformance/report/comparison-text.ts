import { lineList, together, visible, type VisibleText } from '../model/visible-text.js';
import type { Clause } from '../spec/clause.js';
import type { Change, Comparison } from './compare-reports.js';
import { countText } from '../model/count-text.js';
import type { ToldReport } from './told-report.js';

/** What was compared, and the clauses that there are. */
export interface Compared {
  readonly before: ToldReport;
  readonly after: ToldReport;
  readonly clauses: readonly Clause[];
}

/** Cases of a clause that are named; further ones are counted. */
const NAMED = 5;

/** A comparison to read: what got worse first, with the commands that show it. */
export function comparisonText(comparison: Comparison, compared: Compared): VisibleText {
  const { fixed, broken, shown, gone, added, removed } = comparison;
  const { before, after } = compared;
  const parts = [
    subjectLines(before, after),
    ...changesOf('broken', broken, compared),
    ...changesOf('fixed', fixed, compared),
    ...changesOf('newly shown', shown, compared),
    ...changesOf('no longer shown', gone, compared),
    ...casesOf('cases that are new', added),
    ...casesOf('cases that are gone', removed),
    [visible`${totalText(comparison)}`],
  ];
  return together(...parts.map(lineList));
}

function subjectLines(before: ToldReport, after: ToldReport): readonly VisibleText[] {
  const named = ({ header }: ToldReport): VisibleText =>
    visible`${header.subject.name}, ${header.started}, specification ${header.specification}, profile ${header.profile}`;
  const part = ({ notRun = null }: ToldReport): readonly VisibleText[] =>
    notRun === null ? [] : [visible`        ended early: ${countText(notRun.cases)} cases were not run`];
  return [
    ...[visible`before  ${named(before)}`, ...part(before)],
    ...[visible`after   ${named(after)}`, ...part(after), visible``],
  ];
}

function changesOf(
  title: string,
  changes: readonly Change[],
  { after, clauses }: Compared,
): readonly (readonly VisibleText[])[] {
  return changes.map(({ clause, cases }) => {
    const of = clauses.find(({ id }) => id === clause);
    const told = of === undefined ? '' : ` (${of.level}) ${of.title}`;
    const replays = after.findings.flatMap(({ finding, replay }) =>
      finding.clause === clause ? [visible`  replay  ${replay}`] : [],
    );
    return [
      visible`${title}: ${clause}${told}`,
      ...cases.slice(0, NAMED).map((name) => visible`  case    ${name}`),
      ...(cases.length > NAMED ? [visible`  and ${countText(cases.length - NAMED)} cases more`] : []),
      ...(title === 'broken' ? replays : []),
    ];
  });
}

function casesOf(title: string, names: readonly string[]): readonly (readonly VisibleText[])[] {
  return names.length === 0 ? [] : [[visible`${title}: ${countText(names.length)}`]];
}

function totalText({ fixed, broken, shown, gone }: Comparison): string {
  const counts: readonly (readonly [readonly Change[], string])[] = [
    [broken, 'broken'],
    [fixed, 'fixed'],
    [shown, 'newly shown'],
    [gone, 'no longer shown'],
  ];
  const told = counts
    .filter(([changes]) => changes.length > 0)
    .map(([changes, what]) => `${changes.length} ${what}`);
  return told.length === 0 ? 'No clause stands otherwise than before.' : `Clauses: ${told.join(', ')}.`;
}
