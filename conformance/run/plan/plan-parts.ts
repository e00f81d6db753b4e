import type { ExpectedFailure } from '../../expectations/expectations.js';
import { planDigest } from './plan-digest.js';
import { sectionSize, type Section } from './section.js';

/** A part of what a run is made of, as its report names it. */
export interface PlanPart {
  readonly name: string;
  /** Cases, or entries of the list of expected failures. */
  readonly count: number;
  /** Of its ids or entries; hexadecimal. */
  readonly digest: string;
}

/** The part that the list of expected failures is. */
export const EXPECTED_FAILURES = 'expected failures';

const DIGITS = 16;

/** The parts of a plan, in its order, and the failures that are expected, from which it can be told where two plans differ. */
export function planParts(
  plan: readonly Section[],
  expected: readonly ExpectedFailure[],
): readonly PlanPart[] {
  const names = [...new Set(plan.map(({ name }) => name))];
  const sections = names.map((name): PlanPart => {
    const own = plan.filter((section) => section.name === name);
    const count = own.reduce((sum, section) => sum + sectionSize(section), 0);
    return { name, count, digest: planDigest(own).slice(0, DIGITS) };
  });
  const digest = planDigest([], expected).slice(0, DIGITS);
  return [...sections, { name: EXPECTED_FAILURES, count: expected.length, digest }];
}
