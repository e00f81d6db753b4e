import { describe, expect, it } from 'vitest';
import { decide, type DecisionOutcome } from '../../reference/rules/decide.js';
import { dimensionCases } from '../generators/dimensions/dimensions.js';
import {
  RARE_APPLICATIONS,
  RARE_AUTOMATICS,
  RARE_CHOICES,
  RARE_ENGINES,
  RARE_PARSERS,
  type RareErrors,
} from './rare-errors.js';

const CASES = dimensionCases().map((make) => make());
const RIGHT = CASES.map((one) => decide(one));

function isSame(a: DecisionOutcome, b: DecisionOutcome): boolean {
  if (a.rejected !== b.rejected || a.engines.length !== b.engines.length) return false;
  return a.engines.every((engine, at) => {
    const other = b.engines[at];
    return (
      engine.source === other?.source &&
      engine.warned === other.warned &&
      engine.automaticRead === other.automaticRead &&
      engine.sets.length === other.sets.length &&
      engine.sets.every(({ budget, ok }, n) => other.sets[n]?.budget === budget && other.sets[n].ok === ok)
    );
  });
}

/*
 * The cases of the dimensions are a part of every default run, whatever its seed, as decisions and
 * as whole programs (conformance/run/plan/plan-run.test.ts). An error that one of them shows is
 * caught in each.
 */
describe.each<[string, RareErrors]>([
  ['parsing', RARE_PARSERS],
  ['choosing', RARE_CHOICES],
  ['applying', RARE_APPLICATIONS],
  ['automatic budgets', RARE_AUTOMATICS],
  ['engines', RARE_ENGINES],
])('a rare error in %s shows in every run', (_, errors) => {
  it.each(Object.entries(errors))('%s', (_name, rules) => {
    const found = CASES.some((one, at) => {
      const right = RIGHT[at];
      return right === undefined || !isSame(decide(one, rules), right);
    });
    expect(found).toBe(true);
  });
});
