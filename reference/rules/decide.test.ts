import { describe, expect, it } from 'vitest';
import { BUDGET_KEY } from './budget-key.js';
import { decide, type DecisionCase, type DecisionEngine, type DecisionOutcome } from './decide.js';

const engine = (more: Partial<DecisionEngine> = {}, spec?: string): DecisionEngine => ({
  streamable: 1024n,
  automatic: 512n,
  setAnswers: [true, true],
  specs: spec === undefined ? [] : [{ key: BUDGET_KEY, value: new TextEncoder().encode(spec) }],
  ...more,
});
const run = (...engines: DecisionEngine[]): DecisionOutcome =>
  decide({ options: [], engines } satisfies DecisionCase);

describe('decide', () => {
  it('tells of each engine which budget it got and how', () => {
    expect(run(engine(), engine({}, '7'))).toEqual({
      rejected: false,
      engines: [
        { source: 'automatic', warned: false, automaticRead: true, sets: [{ budget: 512n, ok: true }] },
        { source: 'compile-spec', warned: false, automaticRead: false, sets: [{ budget: 7n, ok: true }] },
      ],
    });
  });

  it('ends with the first engine that is rejected (WSB-MULTI-05)', () => {
    const malformed = run(engine(), engine({}, 'x'), engine());
    expect(malformed.rejected).toBe(true);
    expect(malformed.engines).toHaveLength(2);
    expect(malformed.engines[1]).toEqual({ source: null, warned: true, automaticRead: false, sets: [] });
    const refused = run(engine({ setAnswers: [] }, '7'), engine());
    expect(refused.rejected).toBe(true);
    expect(refused.engines).toEqual([
      { source: null, warned: true, automaticRead: false, sets: [{ budget: 7n, ok: false }] },
    ]);
  });

  it('warns of what has no effect', () => {
    const empty = { key: BUDGET_KEY, value: { type: 'array', bytes: new Uint8Array(0) } } as const;
    const outcome = decide({ options: [empty], engines: [engine()] });
    expect(outcome.engines[0]?.warned).toBe(true);
    expect(run(engine({ streamable: 0n }, '7')).engines[0]).toMatchObject({
      source: null,
      warned: true,
      sets: [],
    });
    expect(run(engine({ streamable: 0n })).engines[0]).toMatchObject({
      source: null,
      warned: false,
      sets: [],
    });
  });
});
