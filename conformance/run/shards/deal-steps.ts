import { jobSteps } from '../plan/bulk-section.js';
import { sectionSize, type Section } from '../plan/section.js';
import { BLOCK_CASES } from '../../generators/blocks.js';
import { BLOCK } from '../sections/fixed-section.js';
import type { TakesStep } from '../sections/section-steps.js';

/** Which part of a run it is, from 1, and of how many. */
export interface Share {
  readonly number: number;
  readonly of: number;
}

/** What a shard takes of a run. */
export interface Dealt {
  readonly takes: TakesStep;
  /** Whether it is the one that runs the hostile files. */
  readonly hasHostile: boolean;
}

/**
 * Deals the steps of a plan out like cards, one after the other, so that every shard gets its part
 * of every section. What a section has behind its own steps, such as looking at what failed there,
 * is every shard's.
 */
export function dealSteps(sections: readonly Section[], { number: own, of }: Share): Dealt {
  const firsts: number[] = [];
  let next = 0;
  for (const section of sections) {
    firsts.push(next);
    next += stepsOf(section);
  }
  const isOwn = (place: number): boolean => place % of === own - 1;
  return {
    takes: (part, number) => {
      const section = sections[part];
      const isBehind = section?.kind === 'bulk' && number >= jobSteps(section);
      return isBehind || isOwn((firsts[part] ?? 0) + number);
    },
    hasHostile: isOwn(next),
  };
}

/** How many steps a section has; where it draws its blocks, about so many. */
function stepsOf(section: Section): number {
  switch (section.kind) {
    case 'fixed':
      return Math.ceil(section.cases.length / BLOCK);
    case 'programs':
    case 'checks':
      return 1;
    case 'generated':
      return Math.ceil(sectionSize(section) / BLOCK_CASES);
    case 'bulk':
      return jobSteps(section);
  }
}
