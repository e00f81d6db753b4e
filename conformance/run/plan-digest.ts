import { createHash } from 'node:crypto';
import { sectionSize, type Section } from './section.js';

/** The SHA-256, in hexadecimal, of what the sections of a plan are: their cases, or how many there are of those that are generated. */
export function planDigest(plan: readonly Section[]): string {
  const hash = createHash('sha256');
  for (const section of plan) {
    hash.update(`${section.kind} ${section.name} ${sectionSize(section)}\n`);
    if (section.kind === 'fixed') for (const one of section.cases) hash.update(`${one.case.id}\n`);
    if (section.kind === 'programs') for (const { id } of section.cases) hash.update(`${id}\n`);
  }
  return hash.digest('hex');
}
