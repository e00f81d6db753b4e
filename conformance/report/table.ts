import { countText } from '../model/count-text.js';
import { addVerdicts, noVerdicts, VERDICTS, type Verdict } from '../model/verdict.js';
import type { RunResult } from '../model/run-result.js';

interface Row {
  readonly name: string;
  readonly clauses: number;
  readonly cases: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly milliseconds: number;
}

/** The table of a run: a line a section, then the total. Ends without a newline. */
export function resultTable({ sections, milliseconds }: RunResult): string {
  const total: Row = {
    name: 'total',
    clauses: sections
      .filter(({ name }) => !NOT_AREAS.includes(name))
      .reduce((sum, { clauses }) => sum + clauses, 0),
    cases: sections.reduce((sum, { cases }) => sum + cases, 0),
    verdicts: sections.map(({ verdicts }) => verdicts).reduce(addVerdicts, noVerdicts()),
    milliseconds,
  };
  const shown = VERDICTS.filter(
    (verdict) => verdict === 'pass' || verdict === 'fail' || total.verdicts[verdict] > 0,
  );
  const head = ['area', 'clauses', 'cases', ...shown, 'time'];
  const lines = [head, ...[...sections, total].map((row) => cells(row, shown))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const texts = lines.map((line) =>
    line.map((cell, column) => pad(cell, widths[column] ?? 0, column === 0)).join('  '),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  return [texts[0], rule, ...texts.slice(1, -1), rule, texts.at(-1)].join('\n');
}

/** Sections that show clauses which areas show already. */
const NOT_AREAS: readonly string[] = [
  'golden',
  'recorded',
  'regressions',
  'rules',
  'generated',
  'arbitrary',
  'programs',
  'decisions',
  'exhaustive',
];

function cells({ name, clauses, cases, verdicts, milliseconds }: Row, shown: readonly Verdict[]): string[] {
  return [
    name,
    clauses === 0 ? '-' : String(clauses),
    countText(cases),
    ...shown.map((verdict) => countText(verdicts[verdict])),
    timeText(milliseconds),
  ];
}

/** A duration in the unit that fits. */
export function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function pad(cell: string, width: number, left: boolean): string {
  return left ? cell.padEnd(width) : cell.padStart(width);
}
