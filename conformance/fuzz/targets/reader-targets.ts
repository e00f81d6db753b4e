import { ANSWERS_TARGET } from './answers-target.js';
import { CASE_TARGET } from './case-target.js';
import { HELLO_TARGET } from './hello-target.js';
import { PTE_TARGET } from './pte-target.js';
import { REPORT_TARGET } from './report-target.js';
import type { ReaderTarget } from './reader-target.js';
import { BLOB_TARGET } from './blob-target.js';
import { BUDGET_TARGET } from './budget-target.js';
import { JSON_TARGET } from './json-target.js';
import { PLAN_TARGET } from './plan-target.js';

/** Every reader that is fuzzed, in the order of the help. */
export const READER_TARGETS: readonly ReaderTarget[] = [
  BUDGET_TARGET,
  BLOB_TARGET,
  JSON_TARGET,
  PLAN_TARGET,
  PTE_TARGET,
  CASE_TARGET,
  REPORT_TARGET,
  HELLO_TARGET,
  ANSWERS_TARGET,
];

/** @throws Error where there is no such reader */
export function readerTarget(name: string): ReaderTarget {
  const target = READER_TARGETS.find((one) => one.name === name);
  if (target === undefined) throw new Error(`There is no reader ${name}.`);
  return target;
}
