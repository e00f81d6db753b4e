import { isFixedKind } from '../../bulk/bulk-job.js';
import type { Section } from './section.js';

/**
 * The sections of a plan, then those of its generated cases again and again with cases that were
 * not tried yet, as long as `goOn` says so; it is asked before each section. Every round has the
 * size of the plan's.
 */
export function* continueRun(plan: readonly Section[], goOn: () => boolean): Generator<Section> {
  yield* plan;
  for (let round = 1; ; round++) {
    for (const section of plan) {
      const next = anotherRound(section, round);
      if (next === null) continue;
      if (!goOn()) return;
      yield next;
    }
    if (!goOn() || plan.every((section) => anotherRound(section, round) === null)) return;
  }
}

/** The section with other cases; null for one that always has the same. */
function anotherRound(section: Section, round: number): Section | null {
  switch (section.kind) {
    case 'fixed':
    case 'programs':
    case 'checks':
      return null;
    case 'generated':
      return { ...section, blocks: (which) => section.blocks({ ...which, round }) };
    case 'bulk':
      return isFixedKind(section.bulkKind)
        ? null
        : { ...section, firstBlock: section.firstBlock + round * section.blocks };
  }
}
