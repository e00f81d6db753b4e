import { countText } from '../model/count-text.js';
import type { PartResult } from './part.js';

/** A part that was done, with its sanitizer and how long it took. */
export interface DonePart {
  readonly sanitizer: string;
  readonly part: string;
  readonly result: PartResult;
  readonly milliseconds: number;
}

/** Whether nothing was found, and all ended well. */
export function isClean({ reports, failures }: PartResult): boolean {
  return reports.length === 0 && failures.length === 0;
}

/** A table of the parts, then what is excused, counted, with the reasons. */
export function resultTable(done: readonly DonePart[]): string {
  const rows = [
    ['sanitizer', 'part', 'ran', 'reports', 'failures', 'time'],
    ...done.map(({ sanitizer, part, result, milliseconds }) => [
      sanitizer,
      part,
      result.ran,
      countText(result.reports.reduce((sum, { count }) => sum + count, 0)),
      countText(result.failures.length),
      `${(milliseconds / 1000).toFixed(1)} s`,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, at) => (at < NAMES ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
  return [...lines, '', ...done.flatMap(excusedLines)].join('\n').trimEnd();
}

/** Columns of text; the others are numbers. */
const NAMES = 3;

function excusedLines({ sanitizer, part, result: { excused = [] } }: DonePart): string[] {
  const counts = new Map<string, number>();
  for (const { reason } of excused) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(
    ([reason, count]) =>
      `${sanitizer}, ${part}: ${count} ${count === 1 ? 'report' : 'reports'} not of ours: ${reason}.`,
  );
}
