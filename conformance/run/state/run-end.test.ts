import { describe, expect, it } from 'vitest';
import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import { type EarlyEnds, earlyEnd, WITH_PLAN } from './run-end.js';
import type { Step } from './step.js';

const DECIDING: ReadonlySet<ClauseId> = new Set(['WSB-PARSE-03']);

const STEP: Step = {
  ...{ part: 0, area: 'parsing', first: 0, steps: 1, cases: 64, verdicts: {}, results: [], findings: [] },
  ...{
    occurrences: {},
    minimized: {},
    mismatches: [],
    incidents: [],
    expected: [],
    met: [],
    milliseconds: 1,
  },
};

const finding = (members: object): Step['findings'] => [
  { verdict: 'fail', clause: 'WSB-OPT-06', ...members } as unknown as Step['findings'][number],
];
const check = (members: object): NonNullable<Step['checks']> => [
  { verdict: 'fail', clause: 'WSB-PARSE-03', ...members } as unknown as NonNullable<Step['checks']>[number],
];

function reasonAfter(step: Partial<Step>, ends: Partial<EarlyEnds> = {}): string | null {
  const end = earlyEnd({ deciding: DECIDING, budget: null, elapsed: () => 0, ...ends });
  end.note({ ...STEP, ...step });
  end.note(STEP);
  return end.reason();
}

describe('a run that ends at its first failure', () => {
  it.each<[string, Partial<Step>]>([
    ['a finding of a clause that decides', { findings: finding({ clause: 'WSB-PARSE-03' }) }],
    ['one that breaks such a clause, too', { findings: finding({ also: ['WSB-PARSE-03'] }) }],
    ['flat cases that break one and were not looked at yet', { broken: { 'WSB-PARSE-03': 2 } }],
    ['a crash', { verdicts: { crashed: 1 } }],
    ['a timeout', { verdicts: { 'timed-out': 1 } }],
    ['a breach of the protocol', { verdicts: { 'protocol-error': 1 } }],
    ['a device check', { checks: check({}) }],
  ])('ends at %s', (_, step) => {
    expect(reasonAfter(step)).toBe('fail-fast');
    expect(reasonAfter(step, { deciding: null })).toBeNull();
  });

  it.each<[string, Partial<Step>]>([
    ['what passes', {}],
    ['what fails as expected', { findings: finding({ clause: 'WSB-PARSE-03', verdict: 'expected-fail' }) }],
    ['a clause that does not decide', { findings: finding({}), verdicts: { fail: 1 } }],
    ['flat cases that break such a clause', { broken: { 'WSB-OPT-06': 2 } }],
    ['what the subject does not support', { verdicts: { unsupported: 64, inconclusive: 1 } }],
    ['a crash that was taken back', { verdicts: { crashed: -1, pass: 1 } }],
    ['a device check that is recorded alone', { checks: check({ verdict: 'recorded' }) }],
  ])('goes on after %s', (_, step) => {
    expect(reasonAfter(step)).toBeNull();
  });
});

describe('a run with a budget', () => {
  it('ends when its time is up, and not before', () => {
    let now = 0;
    const end = earlyEnd({ deciding: null, budget: 1000, elapsed: () => now });
    expect(end.reason()).toBeNull();
    now = 999;
    expect(end.reason()).toBeNull();
    now = 1000;
    expect(end.reason()).toBe('budget');
  });

  it('tells a failure first, where it has both', () => {
    expect(reasonAfter({ verdicts: { crashed: 1 } }, { budget: 0 })).toBe('fail-fast');
  });
});

it('ends with its plan when nothing else was asked for', () => {
  WITH_PLAN.note({ ...STEP, verdicts: { crashed: 1 } });
  expect(WITH_PLAN.reason()).toBeNull();
});
