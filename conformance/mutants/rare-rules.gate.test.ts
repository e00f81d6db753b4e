import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../catalogue/catalogue.js';
import { suiteRoot } from '../suite-root.js';
import { findingsOfRules } from './findings-of-rules.js';

/*
 * Errors that show at one size, count or length, or in one order of loads, are found in a run of
 * every seed: as one finding, of the clause that they break. A run begins with the cases of the
 * classes (plan-run.test.ts); what its seed draws adds to them and takes nothing away.
 */

const SEEDS = Array.from({ length: 20 }, (_, at) => 7919 * at + 1);
const COUNTS = { generated: 800, arbitrary: 0, decisions: 1024, look: 1 };

/** Several findings are made small, each for up to two seconds. */
const TIMEOUT = 900_000;

/** Errors that take several loads. */
const OF_LOADS: readonly string[] = ['third-load-as-first'];

const rare = readCatalogue(suiteRoot()).flatMap(({ rules, ...entry }) =>
  rules === undefined || entry.rare !== true ? [] : [{ ...entry, rules }],
);

describe.each(rare)('the rare error $name', ({ name, clause, rules }) => {
  it(
    'is found with each of 20 seeds, as one finding of its clause',
    async () => {
      for (const seed of SEEDS) {
        const shown = OF_LOADS.includes(name)
          ? (['generated'] as const)
          : (['classes', 'decisions'] as const);
        const found = await findingsOfRules(rules, shown, { ...COUNTS, seed });
        expect(found.map((finding) => finding.clause)).toEqual([clause]);
      }
    },
    TIMEOUT,
  );
});
