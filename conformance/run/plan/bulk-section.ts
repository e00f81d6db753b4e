import { BLOCK_CASES } from '../../bulk/flat/case-block.js';
import { classCases } from '../../bulk/flat/class-block.js';
import { EXHAUSTIVE_BLOCKS, EXHAUSTIVE_CASES } from '../../bulk/flat/exhaustive-block.js';
import type { BulkJob } from '../../bulk/bulk-job.js';
import type { Depth } from '../../model/depth.js';
import type { SectionOf } from './section.js';

/** Blocks that a thread takes at once: some milliseconds of work. */
const BLOCKS_AT_ONCE = 16;

/** Generated cases at a depth, made up to whole blocks, from block `firstBlock` of the seed on. */
export function generatedSection(depth: Depth, cases: number, firstBlock = 0): SectionOf<'bulk'> {
  const blocks = Math.ceil(cases / BLOCK_CASES);
  const name = depth === 'decision' ? 'decisions' : 'programs';
  return { kind: 'bulk', name, bulkKind: depth, count: blocks * BLOCK_CASES, firstBlock, blocks };
}

/**
 * The cases that cover the classes of every dimension, at a depth; the first `most` of them, made
 * up to whole blocks. They are the same for every seed.
 */
export function classSection(depth: Depth, most: number): SectionOf<'bulk'> {
  const all = classCases();
  const blocks = Math.ceil(Math.min(most, all) / BLOCK_CASES);
  const count = Math.min(blocks * BLOCK_CASES, all);
  return { kind: 'bulk', name: 'classes', bulkKind: `${depth} classes`, count, firstBlock: 0, blocks };
}

/** The bounded proof of parsing. */
export function exhaustiveSection(): SectionOf<'bulk'> {
  const count = EXHAUSTIVE_CASES;
  return {
    kind: 'bulk',
    name: 'exhaustive',
    bulkKind: 'exhaustive',
    count,
    firstBlock: 0,
    blocks: EXHAUSTIVE_BLOCKS,
  };
}

/** The jobs of a section, in the order of its blocks. */
export function* bulkJobs({ bulkKind, firstBlock, blocks }: SectionOf<'bulk'>): Generator<BulkJob> {
  for (let done = 0; done < blocks; done += BLOCKS_AT_ONCE) {
    yield { kind: bulkKind, first: firstBlock + done, count: Math.min(BLOCKS_AT_ONCE, blocks - done) };
  }
}

/** Which of the jobs of a section it is, from 0. */
export function jobStep({ firstBlock }: SectionOf<'bulk'>, { first }: BulkJob): number {
  return (first - firstBlock) / BLOCKS_AT_ONCE;
}

/** How many jobs a section has. */
export function jobSteps({ blocks }: SectionOf<'bulk'>): number {
  return Math.ceil(blocks / BLOCKS_AT_ONCE);
}
