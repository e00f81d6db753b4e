import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../catalogue/catalogue.js';
import type { Finding } from '../model/finding.js';
import { suiteRoot } from '../suite-root.js';
import { findingsOfRules, SHOWN } from './findings-of-rules.js';

const COUNTS = { generated: 5000, arbitrary: 600, decisions: 1024 };

/** As many cases of the whole domain as a default run draws, of which few have little memory. */
const DRAWN = 45_000;

/** Several findings are made small, each for up to two seconds. */
const TIMEOUT = 180_000;

/**
 * Errors in what a load does not decide about budgets: written cases and those that fast-check
 * draws show them.
 */
const BESIDE_BUDGETS = /^WSB-(?:BLOB|DEV|LIFE|SET)-/;

/**
 * Errors that do not show where budgets are decided upon alone: in what comes before and behind
 * that, and in memory.
 */
const BESIDE_DECISIONS = /^WSB-(?:AUTO|BLOB|DEV|LIFE|SET|FAIL-0[459]|APPLY-11|METHOD)/;

const wrong = readCatalogue(suiteRoot()).flatMap(({ rules, ...entry }) =>
  rules === undefined || entry.rare === true ? [] : [{ ...entry, rules }],
);

describe.each(wrong)('the wrong rule $name', ({ clause, also = [], rules }) => {
  it.each(SHOWN)(
    'is found by %s cases, as one finding of its clause',
    async (shown) => {
      let findings = await findingsOfRules(rules, [shown], COUNTS);
      const isShown =
        shown === 'written' ||
        ((shown === 'classes' || shown === 'decisions') && !BESIDE_DECISIONS.test(clause)) ||
        (shown === 'generated' && !BESIDE_BUDGETS.test(clause));
      if (isShown && shown === 'generated' && findings.length === 0) {
        findings = await findingsOfRules(rules, [shown], { ...COUNTS, generated: DRAWN });
      }
      expect(new Set(findings.map((finding) => finding.clause)).size).toBe(findings.length);
      if (isShown) expect(findings).not.toEqual([]);
      for (const finding of findings) {
        expect([clause, ...also]).toContain(finding.clause);
        if (shown !== 'written') expect(engineCount(finding)).toBeLessThanOrEqual(2);
      }
    },
    TIMEOUT,
  );

  it(
    'is one finding at both depths',
    async () => {
      const findings = await findingsOfRules(rules, SHOWN, {
        generated: 300,
        arbitrary: 150,
        decisions: 256,
      });
      expect(findings.map((finding) => finding.clause)).toEqual([clause]);
    },
    TIMEOUT,
  );
});

function engineCount({ case: { request } }: Finding): number {
  return request.program.kind === 'methods'
    ? request.program.methods.flatMap(({ delegates }) => delegates).length
    : 0;
}
