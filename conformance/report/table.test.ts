import { describe, expect, it } from 'vitest';
import type { RunResult } from '../model/run-result.js';
import { noVerdicts, VERDICTS, type Verdict } from '../model/verdict.js';
import { COLUMNS } from './fold-lines.js';
import { resultTable } from './table.js';

/** A run with so many cases of each of these verdicts. */
function ranWith(verdicts: readonly Verdict[], count: number): RunResult {
  const counts = { ...noVerdicts(), ...Object.fromEntries(verdicts.map((verdict) => [verdict, count])) };
  const section = { name: 'application', clauses: 17, verdicts: counts, cases: count, milliseconds: 5 };
  return { sections: [section], cases: [], findings: [], verdicts: counts, milliseconds: 5 };
}

describe('resultTable', () => {
  it('stands in one table, each name on a line, where that fits', () => {
    const lines = resultTable(ranWith(['pass', 'self-check'], 5)).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^area +clauses +cases +pass +fail +self-check +time$/);
  });

  it.each([77, 9_999_999, 2 ** 40])(
    'fits the console with %i cases of every verdict, and tells each',
    (count) => {
      const text = resultTable(ranWith(VERDICTS, count));
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(COLUMNS);
      for (const word of VERDICTS.flatMap((verdict) => verdict.split('-'))) expect(text).toContain(word);
      const told = String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
      // The cases and each verdict, of the section and of the total.
      expect(text.split(told)).toHaveLength(2 * (VERDICTS.length + 1) + 1);
    },
  );
});
