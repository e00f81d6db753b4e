import { decide } from '../../reference/rules/decide.js';
import { CaseBlock } from '../bulk/flat/case-block.js';
import { CASE_CLASSES, classesOfCase } from '../bulk/flat/class-of-case.js';
import { decodeDecision } from '../wire/decode-decision.js';
import { countClasses, LEAST_CASES } from '../generators/dimensions/dimension-classes.js';
import { dimensionCases } from '../generators/dimensions/dimensions.js';
import { BlockSeeds } from '../generators/block-seeds.js';
import { countText } from '../model/count-text.js';

/**
 * Blocks that are looked at, and the first of them: those before it hold small cases on purpose.
 */
const SAMPLED_BLOCKS = 160;
const FIRST_BLOCK = 4;

/** The least share of the cases that every class of every area has to have. */
export const LEAST_SHARE = 0.005;

/** A class of generated cases and its share of them. */
export interface ClassShare {
  readonly area: string;
  readonly name: string;
  readonly cases: number;
  readonly share: number;
}

/** How the flat cases of a seed are distributed: by what a sample of them is, not how drawn. */
export function measureShares(seed: number): {
  readonly sample: number;
  readonly shares: readonly ClassShare[];
} {
  const block = new CaseBlock();
  const seeds = new BlockSeeds(seed);
  const counts = new Map<string, number>();
  let sample = 0;
  for (let number = FIRST_BLOCK; number < FIRST_BLOCK + SAMPLED_BLOCKS; number++) {
    block.fill(seeds.at(number), number);
    for (const record of block.offsets.subarray(0, block.count)) {
      const subject = decodeDecision(block.bytes, record);
      for (const name of classesOfCase(subject, decide(subject)))
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    sample += block.count;
  }
  const shares = Object.entries(CASE_CLASSES).flatMap(([area, names]) =>
    names.map((name) => {
      const cases = counts.get(`${area}/${name}`) ?? 0;
      return { area, name, cases, share: cases / sample };
    }),
  );
  return { sample, shares };
}

/** How many of the cases that every run begins with, at each depth, are of each class. */
function dimensionsText(): string {
  const cases = dimensionCases();
  const made = (function* () {
    for (const make of cases) yield make();
  })();
  const lines = countClasses(made).map(({ dimension, name, cases: count }) => {
    const mark = count < LEAST_CASES ? '  too rare' : '';
    return `${dimension.padEnd(32)} ${name.padEnd(20)} ${countText(count).padStart(8)}${mark}`;
  });
  return `Classes of the ${countText(cases.length)} cases that every run begins with:\n${lines.join('\n')}\n\n`;
}

/** The distribution to read, a line for each class; one that is too rare is marked. */
export function statsText(seed: number): string {
  const { sample, shares } = measureShares(seed);
  const lines = shares.map(({ area, name, cases, share }) => {
    const mark = share < LEAST_SHARE ? '  too rare' : '';
    return `${area.padEnd(12)} ${name.padEnd(26)} ${countText(cases).padStart(8)} ${(share * 100).toFixed(2).padStart(7)} %${mark}`;
  });
  return (
    `Classes of generated cases, in a sample of ${countText(sample)}:\n${lines.join('\n')}\n\n` +
    dimensionsText()
  );
}
