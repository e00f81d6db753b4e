import type { ReaderTarget } from './reader-target.js';
import { BLOB_TARGET } from './blob-target.js';
import { BUDGET_TARGET } from './budget-target.js';
import { JSON_TARGET } from './json-target.js';
import { PLAN_TARGET } from './plan-target.js';

/** Every reader that is fuzzed, in the order of the help. */
export const READER_TARGETS: readonly ReaderTarget[] = [BUDGET_TARGET, BLOB_TARGET, JSON_TARGET, PLAN_TARGET];

/** @throws Error where there is no such reader */
export function readerTarget(name: string): ReaderTarget {
  const target = READER_TARGETS.find((one) => one.name === name);
  if (target === undefined) throw new Error(`There is no reader ${name}.`);
  return target;
}
