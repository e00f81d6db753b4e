import { createHash } from 'node:crypto';
import type { ExpectedFailure } from '../../expectations/expectations.js';
import { sectionSize, type Section } from './section.js';

/**
 * The SHA-256, in hexadecimal, of what the sections of a plan are: their cases, or how many there are of those that are generated; and
 * of the failures that are expected.
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
