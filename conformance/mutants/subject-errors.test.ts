import { describe, expect, it } from 'vitest';
import { WRONG_RULES, type Rules } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { findingsOfRules } from './findings-of-rules.js';

const COUNTS = { generated: 0, arbitrary: 0, decisions: 1 };

/** Several findings are made small, each for up to two seconds. */
const TIMEOUT = 90_000;

function rulesOf(name: string): Rules {
  const rules = WRONG_RULES[name];
  if (rules === undefined) throw new Error(`There is no wrong rule ${name}.`);
  return rules;
}

describe('an error of a subject is one finding, of the clause that it breaks', () => {
  it.each<[error: string, name: string, ClauseId, atDecisionDepth: boolean]>([
    ['the option is used for the first engine only', 'option-for-first-engine', 'WSB-MULTI-01', true],
    ['the budget is one total, and the first engine takes it', 'budget-is-total', 'WSB-MULTI-03', true],
    ['an option of an earlier load leaks into the next', 'stale-option', 'WSB-METHOD-07', false],
    ['the budget is set after the context', 'budget-after-context', 'WSB-APPLY-11', false],
    ['a refused explicit budget is tried again with 0', 'fallback-for-explicit', 'WSB-APPLY-03', true],
    ['values are parsed as unsigned 32-bit numbers', 'uint32-wraps', 'WSB-PARSE-06', true],
    ['values are parsed by strtoll', 'strtoll', 'WSB-PARSE-04', true],
    ['the runtime is destroyed before the engine', 'runtime-before-engine', 'WSB-LIFE-06', false],
    ['the name of an output is matched by its prefix', 'binding-name-prefix', 'WSB-BLOB-14', false],
    ['the device id is cut to 8 bits', 'device-id-8-bits', 'WSB-BLOB-06', false],
  ])(
    '%s',
    async (_, name, clause, atDecisionDepth) => {
      const rules = rulesOf(name);
      const clausesOf = async (...shown: Parameters<typeof findingsOfRules>[1]): Promise<ClauseId[]> =>
        (await findingsOfRules(rules, shown, COUNTS)).map((finding) => finding.clause);
      expect(await clausesOf('decisions')).toEqual(atDecisionDepth ? [clause] : []);
      expect(await clausesOf('written', 'decisions')).toEqual([clause]);
    },
    TIMEOUT,
  );
});
