import type { Outcome } from '../../reference/outcome/outcome.js';
import type { Case } from '../cases/case.js';
import type { GeneratedCase } from '../generators/generated-case.js';

/** A case, and the outcome expected of it where that is kept or recorded; null: what the reference says. */
export interface FixedCase {
  readonly case: Case;
  readonly expected: Outcome | null;
}

/**
 * A part of a run: a line of its table. `fixed`: cases that are written down. `generated`: cases that are drawn, block by
 * block.
 */
export type Section =
  | { readonly kind: 'fixed'; readonly name: string; readonly cases: readonly FixedCase[] }
  | {
      readonly kind: 'generated';
      readonly name: string;
      readonly count: number;
      readonly blocks: () => Iterable<readonly GeneratedCase[]>;
    };

/** How many cases a section has. */
export function sectionSize(section: Section): number {
  return section.kind === 'fixed' ? section.cases.length : section.count;
}
