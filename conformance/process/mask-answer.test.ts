import { describe, expect, it } from 'vitest';
import { NO_LEAKS, runReference, type Outcome } from '../../reference/index.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { buildRequest } from '../model/build-request.js';
import { decodeDecisionOutcome } from '../wire/decode-decision.js';
import { FLAG_AUTOMATIC_READ, FLAG_WARNED, OUTCOME_ENGINE, OUTCOME_HEADER } from '../wire/decision-format.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { CAPABILITIES, type Capabilities, type Capability } from '../protocol/capabilities.js';
import { maskAnswer, tellsAll } from './mask-answer.js';

const tellsAllBut = (...names: readonly Capability[]): Capabilities =>
  Object.fromEntries(CAPABILITIES.map((name) => [name, !names.includes(name)])) as Capabilities;

/** An outcome with something of all that can be masked. */
const FULL: readonly Outcome[] = ALL_CASES.map(({ request }) => runReference(buildRequest(request))).map(
  (outcome) => ({
    ...outcome,
    leaks: { ...NO_LEAKS, engines: 2, events: 1 },
    violations: ['misaligned-plan', 'null-argument'],
  }),
);

const MASKED: readonly [Capability, (outcome: Outcome) => Outcome][] = [
  [
    'source',
    (outcome) => ({ ...outcome, engines: outcome.engines.map((engine) => ({ ...engine, source: null })) }),
  ],
  ['warned', (outcome) => ({ ...outcome, steps: outcome.steps.map((step) => ({ ...step, warned: false })) })],
  ['leaks', (outcome) => ({ ...outcome, leaks: NO_LEAKS })],
  ['violations', (outcome) => ({ ...outcome, violations: [] })],
];

describe('an outcome', () => {
  it.each(MASKED)(
    'of a subject that does not tell %s is compared without it, and with all else',
    (name, less) => {
      for (const outcome of FULL) {
        const record = encodedOutcome(outcome);
        const before = record.slice();
        expect(decodeOutcome(maskAnswer('program', record, tellsAllBut(name)))).toEqual(less(outcome));
        expect(record).toEqual(before);
      }
    },
  );

  it('is as it is when all is told, and less each when nothing is', () => {
    const nothing = tellsAllBut('source', 'warned', 'leaks', 'violations');
    for (const outcome of FULL) {
      const record = encodedOutcome(outcome);
      expect(maskAnswer('program', record, tellsAllBut())).toBe(record);
      const less = MASKED.reduce((left, [, mask]) => mask(left), outcome);
      expect(decodeOutcome(maskAnswer('program', record, nothing))).toEqual(less);
    }
    expect([tellsAll(tellsAllBut('progress')), tellsAll(nothing)]).toEqual([true, false]);
  });
});

describe('a decision', () => {
  const record = new Uint8Array(OUTCOME_HEADER + 2 * OUTCOME_ENGINE);
  record[1] = 2;
  for (const at of [OUTCOME_HEADER, OUTCOME_HEADER + OUTCOME_ENGINE]) {
    record.set([1, FLAG_WARNED | FLAG_AUTOMATIC_READ], at);
  }
  const engines = (...names: readonly Capability[]): unknown =>
    decodeDecisionOutcome(maskAnswer('decision', record, tellsAllBut(...names)), 0).engines;

  it('is compared without what its subject does not tell, for each engine', () => {
    const told = { source: 'option', warned: true, automaticRead: true };
    expect(engines()).toMatchObject([told, told]);
    expect(engines('source')).toMatchObject([
      { ...told, source: null },
      { ...told, source: null },
    ]);
    expect(engines('warned')).toMatchObject([
      { ...told, warned: false },
      { ...told, warned: false },
    ]);
    expect(engines('leaks', 'violations')).toMatchObject([told, told]);
  });
});
