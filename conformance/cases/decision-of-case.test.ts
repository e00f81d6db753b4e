import { describe, expect, it } from 'vitest';
import { decide } from '../../reference/rules/decide.js';
import { runReference } from '../../reference/index.js';
import type { EngineOutcome, Outcome } from '../../reference/outcome/outcome.js';
import { buildRequest } from '../model/build-request.js';
import type { Case } from '../model/case.js';
import { callText, isBudgetCall } from '../model/call-text.js';
import { decisionAsOutcome } from '../model/decision-as-outcome.js';
import { requiredKinds } from '../coverage/clause-coverage.js';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';
import { ALL_CASES, AREAS } from './all-cases.js';
import { decisionOfCase, isDecided } from './decision-of-case.js';

const share = (cases: readonly Case[]): number =>
  cases.filter((one) => decisionOfCase(one) !== null).length / cases.length;

/** What a decision shows of an outcome: all but the calls around the budget. */
function shown({ program, steps, engines }: Outcome): unknown {
  const budgetsOf = ({ calls }: EngineOutcome): string[] => calls.filter(isBudgetCall).map(callText);
  return {
    program,
    steps,
    engines: engines.map((engine) => ({
      source: engine.source,
      applied: engine.applied,
      calls: budgetsOf(engine),
    })),
  };
}

describe('decisionOfCase', () => {
  it('comes to what the whole program comes to, for every written case that has one', () => {
    for (const one of ALL_CASES) {
      const decision = decisionOfCase(one);
      if (decision === null) continue;
      const whole = shown(runReference(buildRequest(one.request)));
      expect({ id: one.id, ...(shown(decisionAsOutcome(decide(decision), decision)) as object) }).toEqual({
        id: one.id,
        ...(whole as object),
      });
    }
  });

  it.each([
    ['parsing', 0.95],
    ['options', 0.85],
    ['precedence', 1],
    ['application', 0.9],
    ['engines', 0.55],
  ])('is there for most of the cases about %s', (area, least) => {
    expect(share(AREAS[area] ?? [])).toBeGreaterThanOrEqual(least);
  });

  it('shows every clause that a decision can show by a control, a violation and a boundary', () => {
    const kinds = new Set<string>();
    for (const one of ALL_CASES) {
      if (decisionOfCase(one) !== null) kinds.add(`${one.clauses[0] ?? ''} ${one.kind}`);
    }
    const decided = loadClauses(suiteRoot()).filter(({ id }) => isDecided(id));
    expect(decided.length).toBeGreaterThan(55);
    for (const clause of decided) {
      for (const kind of requiredKinds(clause)) expect(kinds).toContain(`${clause.id} ${kind}`);
    }
  });

  it('is none for a case about anything else', () => {
    const elsewhere = ALL_CASES.filter(({ clauses: [clause] }) => clause === undefined || !isDecided(clause));
    expect(elsewhere.length).toBeGreaterThan(500);
    expect(elsewhere.filter((one) => decisionOfCase(one) !== null)).toEqual([]);
  });
});
