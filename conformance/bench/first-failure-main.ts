import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { decide } from '../../reference/rules/decide.js';
import { BLOCK_CASES, CaseBlock } from '../bulk/flat/case-block.js';
import { FlatModel } from '../bulk/flat/flat-model.js';
import { BlockSeeds } from '../generators/block-seeds.js';
import { nativeBuild } from '../native-home.js';
import type { NativeAddon } from '../subjects/native-addon.js';
import { openSubject } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';
import { MAX_OUTCOME } from '../wire/decision-format.js';
import { newMemory } from '../wire/memory.js';
import type { FirstFailure } from './first-failures.js';
import { decisionArbitrary, sameOutcome } from './naive-loop.js';

/*
 * node first-failure-main.js MUTANT SEED…: how many decisions it takes the suite and the naive loop
 * until one of them shows the error of a mutant, and how long, as JSON. A process loads one
 * delegate, so each error has a process of its own.
 */

const [mutant = '', ...seeds] = process.argv.slice(2);
const MOST = 200_000;
const root = suiteRoot();
const { subject } = await openSubject(`native:${mutant}`, root, 'bench');
if (subject.kind === 'out-of-process' || subject.decide === null)
  throw new Error(`native:${mutant} has no decision depth.`);
const { decide: decideBlock } = subject;
const addon = createRequire(import.meta.url)(join(nativeBuild(root), 'conformance.node')) as NativeAddon;

// Both are warm before their time is taken.
inBlocks(0, BLOCK_CASES);
inNaiveLoop(0, 100);
const failures = { suite: timed(inBlocks), naive: timed(inNaiveLoop) };
console.log(JSON.stringify(failures));

function timed(search: (seed: number, most: number) => number | null): readonly FirstFailure[] {
  return seeds.map((seed) => {
    const started = performance.now();
    const cases = search(Number(seed), MOST);
    return { cases, milliseconds: performance.now() - started };
  });
}

/** The number of the first generated case that fails; null when none of so many does. */
function inBlocks(seed: number, most: number): number | null {
  const block = new CaseBlock();
  const model = new FlatModel('decision');
  const expected = newMemory(BLOCK_CASES * MAX_OUTCOME);
  const seedOf = new BlockSeeds(seed);
  for (let number = 0; number * BLOCK_CASES < most; number++) {
    block.fill(seedOf.at(number), number);
    const observed = decideBlock(block.bytes.subarray(0, block.end));
    const right = expected.bytes.subarray(0, model.decideBlock(block, block.end, expected));
    if (Buffer.compare(observed, right) === 0) continue;
    for (let index = 0; index < block.count; index++) {
      const from = block.offsets[index] ?? 0;
      const record = block.bytes.subarray(from, from + block.view.getUint16(from, true));
      const outcome = expected.bytes.slice(0, model.decide(block, from, expected, 0));
      if (Buffer.compare(decideBlock(record), outcome) !== 0) return number * BLOCK_CASES + index + 1;
    }
  }
  return null;
}

function inNaiveLoop(seed: number, most: number): number | null {
  let drawn = 0;
  const property = fc.property(decisionArbitrary(), (one) => {
    drawn++;
    return sameOutcome(addon.decideCase(one), decide(one));
  });
  const { failed } = fc.check(property, { numRuns: most, seed, endOnFailure: true });
  return failed ? drawn : null;
}
