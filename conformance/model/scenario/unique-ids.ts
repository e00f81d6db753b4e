import type { Case } from '../case.js';

/**
 * Gives the cases back. Throws when two of them have one id: they would test the same, and a report
 * could not tell them apart.
 */
export function requireUniqueIds(cases: readonly Case[]): readonly Case[] {
  const seen = new Set<string>();
  for (const { id } of cases) {
    if (seen.has(id)) throw new Error(`Two cases have the id ${id}. Remove one, or let them differ.`);
    seen.add(id);
  }
  return cases;
}
