import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../../cases/all-cases.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import { planDigest } from './plan-digest.js';
import type { Section } from './section.js';
import { generatedSection } from './bulk-section.js';

const ENTRY: ExpectedFailure = {
  clause: 'WSB-PARSE-03',
  rule: 'accept-minus-zero',
  message: 'should be "load InvalidProgram"',
  reason: 'A minus is taken.',
  link: 'https://example.org/issues/1',
  until: '2027-05-31',
};

function written(count: number): Section {
  const cases = ALL_CASES.slice(0, count).map((one) => ({ case: one, expected: null }));
  return { kind: 'fixed', name: 'parsing', cases };
}

describe('planDigest', () => {
  it('is the same for the same plan', () => {
    expect(planDigest([written(2)], [ENTRY])).toBe(planDigest([written(2)], [{ ...ENTRY }]));
    expect(planDigest([written(2)])).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['another case', [written(3)], [ENTRY]],
    ['another section', [written(2), generatedSection('program', 4096)], [ENTRY]],
    ['nothing expected', [written(2)], []],
    ['another day', [written(2)], [{ ...ENTRY, until: '2027-06-30' }]],
    ['another rule', [written(2)], [{ ...ENTRY, rule: 'accept-plus' }]],
    ['two entries', [written(2)], [ENTRY, ENTRY]],
  ])('is another one with %s', (_, plan, expected) => {
    expect(planDigest(plan, expected)).not.toBe(planDigest([written(2)], [ENTRY]));
  });
});
