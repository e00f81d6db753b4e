import { countText } from '../report/table.js';
import type { Mutant } from '../subjects/build-mutant.js';
import { judgeMutant, type MutantRun } from './mutant-result.js';

/** A line for each mutant: the clause that it breaks, what was found, how many written cases it took, and the verdict. */
export function mutantTable(results: readonly (readonly [Mutant, MutantRun])[]): string {
  const lines = [
    ['mutant', 'breaks', 'verdict', 'first failing case', 'found (cases)'],
    ...results.map(([mutant, run]) => [
      mutant.name,
      mutant.clause,
      judgeMutant(mutant, run),
      run.firstCase === null ? '-' : countText(run.firstCase),
      run.found.map(({ clause, cases }) => `${clause} (${countText(cases)})`).join(', '),
    ]),
  ];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
