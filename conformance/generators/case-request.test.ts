import { expect, it } from 'vitest';
import { BACKEND } from '../model/names.js';
import { caseSteps } from './case-request.js';
import { PLAIN_CASE, type GeneratedEntry, type GeneratedStep } from './generated-case.js';

const entry = (backend: string): GeneratedEntry => ({ options: [], backend, via: 'span' });

/** The backends that options are set for, by the steps of a sequence. */
function backendsOf(...maps: readonly GeneratedStep['options'][]): (string | null)[] {
  const sequence = maps.map((options): GeneratedStep => ({ op: 'set-option', method: 0, options }));
  return caseSteps({ ...PLAIN_CASE, sequence }).map((step) =>
    step.op === 'set-option' ? step.options.backend : null,
  );
}

it('sets options of the first backend of a map, and of ours without one', () => {
  expect(backendsOf([entry('A'), entry(BACKEND)], [], null)).toEqual(['A', BACKEND, BACKEND]);
});

it('sets none of a real backend of another kind, which a process may have', () => {
  expect(backendsOf([entry('XnnpackBackend')])).toEqual(['AcmeBackend']);
});
