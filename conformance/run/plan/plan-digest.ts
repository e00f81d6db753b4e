import { createHash } from 'node:crypto';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import { sectionSize, type Section } from './section.js';

/**
 * The SHA-256, in hexadecimal, of what the sections of a plan are: their cases, or how many there
 * are of those that are generated; and of the failures that are expected.
 */
export function planDigest(plan: readonly Section[], expected: readonly ExpectedFailure[] = []): string {
  const hash = createHash('sha256');
  for (const section of plan) {
    hash.update(`${section.kind} ${section.name} ${sectionSize(section)}\n`);
    if (section.kind === 'fixed') for (const one of section.cases) hash.update(`${one.case.id}\n`);
    if (section.kind === 'programs') for (const { id } of section.cases) hash.update(`${id}\n`);
  }
  for (const entry of expected) hash.update(`${JSON.stringify(entry)}\n`);
  return hash.digest('hex');
}

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

/** The parts of a plan and the expected failures, to tell where two plans differ. */
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
