import { countText } from '../report/table.js';
import type { WrongImplementation } from '../catalogue/catalogue.js';
import { judgeMutant, type MutantRun } from './mutant-result.js';

/**
 * A line for each mutant: the clause that it breaks, the verdict, how many findings its one error was told as, how many written cases
 * it took to find it, and what was found.
 */
export function mutantTable(results: readonly (readonly [WrongImplementation, MutantRun])[]): string {
  const lines = [
    ['mutant', 'breaks', 'verdict', 'findings', 'first failing case', 'found (cases)'],
    ...results.map(([mutant, run]) => [
      mutant.name,
      mutant.clause,
      judgeMutant(mutant, run),
      countText(run.found.length),
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
