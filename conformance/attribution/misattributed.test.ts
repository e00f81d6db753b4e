import { describe, expect, it } from 'vitest';
import { runReference, STANDARD_RULES, Trace, WRONG_RULES } from '../../reference/index.js';
import { decide } from '../../reference/rules/decide.js';
import type { EngineCall, Outcome } from '../../reference/outcome/outcome.js';
import { decisionAsOutcome } from '../model/decision-as-outcome.js';
import { decisionOfRequest } from '../model/decision-of-request.js';
import { buildRequest } from '../model/build-request.js';
import type { RequestSpec } from '../model/request-spec.js';
import { BUDGET } from '../model/names.js';
import { scenarioRequest } from '../model/scenario/scenario-request.js';
import type { Scenario } from '../model/scenario/scenario.js';
import { array, input, span } from '../model/scenario/vocabulary.js';
import { attribute } from './attribute.js';

type Wrong = (expected: Outcome) => Outcome;

/** The clause that a difference at program depth is owed to. */
function clauseOf(request: RequestSpec, wrong: Wrong): string | undefined {
  const trace = new Trace();
  const expected = runReference(buildRequest(request), { trace });
  return attribute(trace, { expected, observed: wrong(expected) })?.[0];
}

/** The clause that a wrong rule is owed to on one case, at program depth and at decision depth. */
function clausesAtDepths(scenario: Scenario, name: string): (string | undefined)[] {
  const rules = WRONG_RULES[name];
  const request = scenarioRequest(scenario);
  const decision = decisionOfRequest(request);
  if (rules === undefined || decision === null) throw new Error(`There is no ${name} at both depths.`);
  const trace = new Trace();
  const expected = decisionAsOutcome(decide(decision, STANDARD_RULES, trace), decision);
  const observed = decisionAsOutcome(decide(decision, rules), decision);
  return [
    clauseOf(request, () => runReference(buildRequest(request), { rules })),
    attribute(trace, { expected, observed })?.[0],
  ];
}

describe('what was blamed on another clause once', () => {
  it('a state leak is none of other keys where the case has no option', () => {
    const leaked: Wrong = (expected) => ({
      ...expected,
      engines: expected.engines.map((engine) => ({
        ...engine,
        source: 'option',
        applied: 5n,
        calls: [
          { call: 'deserializeCudaEngine', ok: true },
          { call: 'setWeightStreamingBudgetV2', budget: 5n, ok: true },
          { call: 'createExecutionContext', ok: true },
        ],
      })),
    });
    expect(clauseOf(scenarioRequest({}), leaked)).toBe('WSB-METHOD-07');
    expect(clauseOf(scenarioRequest({ spec: '7' }), leaked)).toBe('WSB-METHOD-07');
    const otherKey = { options: [span(['weight_streaming_budget2', '5'])] };
    expect(clauseOf(scenarioRequest(otherKey), leaked)).toBe('WSB-OPT-11');
  });

  it('an output that misses a binding is no refused fallback where nothing was refused', () => {
    const loads: Wrong = (expected) => ({
      ...expected,
      steps: [{ kind: 'ok', warned: false }],
      engines: expected.engines.map((engine) => ({
        ...engine,
        calls: [...engine.calls, { call: 'createExecutionContext', ok: true }],
      })),
    });
    expect(clauseOf(scenarioRequest({ bindings: [input('input')] }), loads)).toBe('WSB-BLOB-12');
    const endsWell: Wrong = (expected) => ({ ...expected, steps: [{ kind: 'ok', warned: false }] });
    expect(clauseOf(scenarioRequest({ bindings: [input('input')] }), endsWell)).toBe('WSB-BLOB-12');
  });

  it('room that an engine makes for another load is no budget that comes late', () => {
    const set = (budget: bigint): EngineCall => ({ call: 'setWeightStreamingBudgetV2', budget, ok: true });
    const again: readonly EngineCall[] = [set(0n), { call: 'createExecutionContext', ok: true }];
    const withMore =
      (more: readonly EngineCall[]): Wrong =>
      (expected) => ({
        ...expected,
        engines: expected.engines.map((engine) => ({ ...engine, calls: [...engine.calls, ...more] })),
      });
    const one = scenarioRequest({});
    expect(clauseOf(one, withMore(again))).toBe('WSB-AUTO-08');
    expect(clauseOf(one, withMore([set(0n)]))).toBe('WSB-APPLY-11');
    expect(clauseOf(scenarioRequest({ engines: [{}, {}] }), withMore(again))).toBe('WSB-APPLY-11');
  });

  it.each<[Scenario, name: string, clause: string]>([
    [{ spec: '5', refuses: 1 }, 'fallback-for-explicit', 'WSB-APPLY-03'],
    [{ options: [span([BUDGET, array('5x')])], spec: '7' }, 'malformed-option-falls-through', 'WSB-PREC-09'],
    [{ spec: '+5', streamable: 0n }, 'accept-plus', 'WSB-APPLY-10'],
    [{ engines: [{ spec: '+5', streamable: 0n }, {}] }, 'accept-plus', 'WSB-APPLY-10'],
    [{ engines: [{ spec: '5' }, { spec: '2147483648', streamable: 0n }] }, 'int32-range', 'WSB-APPLY-07'],
    [{ engines: [{ spec: '5x' }, {}] }, 'trailing-junk', 'WSB-PARSE-07'],
  ])('one case is owed to the same clause at both depths: %o, %s', (scenario, name, clause) => {
    expect(clausesAtDepths(scenario, name)).toEqual([clause, clause]);
  });

  it.each([
    ['option-for-first-engine', 'WSB-MULTI-01'],
    ['budget-is-total', 'WSB-MULTI-03'],
  ])('%s is no matter of strings', (name, clause) => {
    const options = [span([BUDGET, array('700')])];
    expect(clausesAtDepths({ options, engines: [{}, {}] }, name)).toEqual([clause, clause]);
  });
});
