import { setAside } from '../report/report-folder.js';
import type { Header } from '../run/header.js';
import { readReport, type UnfinishedReport } from '../report/read-report.js';
import { countText } from '../model/count-text.js';
import { timeText } from '../report/table.js';
import type { Step } from '../run/state/step.js';
import type { Schemas } from '../spec/schemas.js';
import { type HeaderDifferences, headerDifferences } from './header-differences.js';
import { type Output, UsageError } from './output.js';
import { resumeCommand, resumeWords } from './command-line.js';
import { lineList, visible, type VisibleText } from '../model/visible-text.js';

/** Where a report goes, and whether the run continues the one that is there. */
export interface ReportPlace {
  readonly root: string;
  readonly schemas: Schemas;
  readonly folder: string;
  readonly resume: boolean;
}

/**
 * The report with which a run goes on; null for one that begins anew. An unfinished one that is not
 * to be continued is moved aside, and the user is told.
 *
 * @param header of this run
 * @throws UsageError when the report there cannot be continued by this run.
 */
export function earlierReport(
  { root, schemas, folder, resume }: ReportPlace,
  header: Header,
  { err }: Output,
): UnfinishedReport | null {
  const earlier = readReport(folder, root, schemas);
  switch (earlier.kind) {
    case 'none':
      if (resume) throw new UsageError(nothingThere(folder));
      return null;
    case 'finished':
      if (resume) throw notResumable(folder, 'is finished: there is nothing to continue');
      return null;
    case 'shard':
      if (resume) throw notResumable(folder, 'is a shard that is finished: there is nothing to continue');
      return null;
    case 'damaged':
      if (resume) throw notResumable(folder, `cannot be continued: ${earlier.reason}`);
      err.write(
        lineList([
          visible`The report in ${folder} is damaged: ${earlier.reason}`,
          visible`It was moved to ${setAside(folder, 'damaged', header.started)}.`,
        ]),
      );
      return null;
    case 'unfinished':
      if (resume) return continued(folder, earlier, header, err);
      if (earlier.steps.length > 0) err.write(lineList(setAsideText(folder, earlier)));
      return null;
  }
}

/** What is said of a folder in which there is nothing to continue. */
export function nothingThere(folder: string): VisibleText {
  return visible`There is no report in ${folder} to continue. Leave out --resume to start a new run.`;
}

function continued(
  folder: string,
  earlier: UnfinishedReport,
  asked: Header,
  err: Output['err'],
): UnfinishedReport {
  const { header, steps } = earlier;
  const differences = headerDifferences(header, asked);
  if (differences.settings.length + differences.surroundings.length > 0) {
    throw new UsageError(otherRunText(folder, header, differences));
  }
  err.write(lineList([visible`The run of ${header.started} continues: ${countedText(steps)} so far.`]));
  return earlier;
}

function notResumable(folder: string, why: string): UsageError {
  return new UsageError(visible`The report in ${folder} ${why}. Leave out --resume to start a new run.`);
}

/** Why a run cannot continue the one of a report, and what to do. */
function otherRunText(folder: string, header: Header, differences: HeaderDifferences): string {
  const { settings, surroundings } = differences;
  const advice =
    surroundings.length === 0
      ? ['To continue it:', `  ${resumeCommand(header, folder)}`]
      : ['It can be continued when that is restored.'];
  return [
    `The report in ${folder} is that of another run, of ${header.started}, which this one cannot continue:`,
    ...[...settings, ...surroundings].map((difference) => `  ${difference}`),
    ...advice,
    'Leave out --resume to start a new run; the report there is kept in a folder of its own below that one.',
  ].join('\n');
}

function setAsideText(folder: string, { header, steps }: UnfinishedReport): readonly VisibleText[] {
  const aside = setAside(folder, 'incomplete', header.started);
  return [
    visible`The run of ${header.started} in ${folder} is incomplete: ${countedText(steps)}.`,
    visible`It says nothing about the subject. It was moved to ${aside}; to ${resumeWords(header)} it:`,
    visible`  ${resumeCommand(header, aside)}`,
  ];
}

function countedText(steps: readonly Step[]): string {
  const time = Math.max(0, ...steps.map(({ milliseconds }) => milliseconds));
  const cases = steps.reduce((sum, step) => sum + step.cases, 0);
  return `it counted ${countText(cases)} cases in ${timeText(time)}`;
}
