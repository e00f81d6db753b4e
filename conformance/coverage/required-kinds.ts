import type { CaseKind } from '../model/case.js';
import type { Clause } from '../spec/clause.js';

/** The kinds of case that are written down. */
export type WrittenKind = Exclude<CaseKind, 'generated'>;

/**
 * The kinds of case that a clause needs. A MAY allows, so that nothing violates it; what nothing
 * judges has no cases.
 */
export function requiredKinds({ level, judgedBy }: Clause): readonly WrittenKind[] {
  if (judgedBy === 'nothing') return [];
  return level === 'MAY' ? ['control', 'boundary'] : ['control', 'violation', 'boundary'];
}
