import { STANDARD_RULES, WRONG_RULES } from '../../reference/index.js';
import { decide } from '../../reference/rules/decide.js';
import { CaseBlock } from '../bulk/flat/case-block.js';
import { BlockSeeds } from '../generators/block-seeds.js';
import { decodeDecision } from '../wire/decode-decision.js';
import type { ExpectedFailure } from './expected-failure.js';

/**
 * Which known failures a run is sure to show, if they are still there: all of them, those of rules
 * that show in decisions, or none.
 */
export type ShownEntries = 'all' | 'decisions' | 'none';

/** Whether a run that shows so much shows a known failure. */
export function showsEntry(shows: ShownEntries, entry: ExpectedFailure): boolean {
  if (shows !== 'decisions') return shows === 'all';
  return 'rule' in entry && showsInDecisions(entry.rule);
}

const SEED = 1;
/** Blocks of decisions that every run has at least; the first of them hold the boundaries. */
const BLOCKS = 2;

/** Whether a delegate with a wrong rule decides differently in the first cases of a run. */
function showsInDecisions(rule: string): boolean {
  const rules = Object.hasOwn(WRONG_RULES, rule) ? WRONG_RULES[rule] : undefined;
  if (rules === undefined) return false;
  const block = new CaseBlock();
  const seeds = new BlockSeeds(SEED);
  for (let number = 0; number < BLOCKS; number++) {
    block.fill(seeds.at(number), number);
    for (const start of block.offsets.subarray(0, block.count)) {
      const given = decodeDecision(block.bytes, start);
      if (
        JSON.stringify(decide(given, rules), shown) !== JSON.stringify(decide(given, STANDARD_RULES), shown)
      )
        return true;
    }
  }
  return false;
}

function shown(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
