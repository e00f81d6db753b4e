import { COLUMNS } from './fold-lines.js';
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

/**
 * The table of a run: a line a section, then the total. Where it is wider than the console, further
 * verdicts are in a table below it. Ends without a newline.
 */
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
  const rows = [...sections, total].map((row) => cells(row, shown));
  const names = ['area', 'clauses', 'cases', ...shown, 'time'];
  const inOne = names.map((name) => [name]);
  const head = tableWidth({ head: inOne, rows }) <= COLUMNS ? inOne : names.map(wordsOf);
  return blocks({ head, rows }).map(blockText).join('\n\n');
}

/** A table, or a part of it, with the lines of the name of each column. */
interface Block {
  readonly head: readonly (readonly string[])[];
  readonly rows: readonly (readonly string[])[];
}

const GAP = '  ';

/** The words of a name, which may stand one below the other. */
const wordsOf = (name: string): readonly string[] => name.split(/(?<=-)/);

function columnWidths({ head, rows }: Block): readonly number[] {
  return head.map((words, column) =>
    Math.max(...[...words, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length)),
  );
}

function tableWidth(block: Block): number {
  return columnWidths(block).reduce((sum, width) => sum + GAP.length + width, -GAP.length);
}

/** A table in parts that fit the console, each with the areas as its first column. */
function blocks({ head, rows }: Block): readonly Block[] {
  const [first = 0, ...widths] = columnWidths({ head, rows });
  const parts: number[][] = [];
  let left = 0;
  for (const [at, width] of widths.entries()) {
    if (parts.length === 0 || left < GAP.length + width) {
      parts.push([0]);
      left = COLUMNS - first;
    }
    parts.at(-1)?.push(at + 1);
    left -= GAP.length + width;
  }
  const only = <Cell>(cells: readonly Cell[], columns: readonly number[]): readonly Cell[] =>
    cells.filter((_, column) => columns.includes(column));
  return parts.map((columns) => ({ head: only(head, columns), rows: rows.map((row) => only(row, columns)) }));
}

function blockText({ head, rows }: Block): string {
  const widths = columnWidths({ head, rows });
  const text = (line: readonly string[]): string =>
    line.map((cell, column) => pad(cell, widths[column] ?? 0, column === 0)).join(GAP);
  const height = Math.max(...head.map(({ length }) => length));
  const heads = Array.from({ length: height }, (_, at) =>
    text(head.map((words) => words[at - height + words.length] ?? '')),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  return [...heads, rule, ...rows.slice(0, -1).map(text), rule, ...rows.slice(-1).map(text)].join('\n');
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
