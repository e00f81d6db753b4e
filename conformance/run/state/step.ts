import type { Verdict } from '../../model/verdict.js';
import type { MetEntry } from '../../expectations/known-failures.js';
import type { BrokenCounts } from '../../bulk/broken-clause.js';
import type { BulkIncident, BulkMismatch } from '../../bulk/bulk-job.js';
import type { LedgerChanges } from '../../attribution/ledger.js';
import type { DeviceCheckResult } from '../../model/device-check.js';
import type { CaseResult } from '../../model/run-result.js';
import type { Faults } from '../blocks/block-allowance.js';
import type { Look } from './look.js';

/** Flat cases that failed as an expectation says, and are still to be looked at. */
export interface StepExpected {
  /** The place of the entry among those that have not expired, from 0. */
  readonly entry: number;
  readonly cases: number;
  /** The first of them. */
  readonly first: BulkMismatch;
}

/** What a shard tells of the failures of a step, so that findings can be made of them later. */
export interface SeenByShard {
  /** Which step it is about: another one where it was found out later. */
  readonly of: number;
  /** Those that were looked at, in the order of their cases. */
  readonly looks: readonly Look[];
  /** Generated cases that look like one that was looked at, by the name of what they say first. */
  readonly alike: Readonly<Record<string, number>>;
  /** Generated cases that failed as an entry says of which one was looked at, by its place. */
  readonly expected: Readonly<Record<string, number>>;
}

/**
 * A stretch of a run that is counted as a whole: a block of cases, or a job of them. The steps of a
 * run, in the order in which they were counted, are all that came of it: another run can make them
 * once more in place of running their cases.
 */
export interface Step extends LedgerChanges {
  /** Which section of the run, from 0. */
  readonly part: number;
  /** Name of the section. */
  readonly area: string;
  /**
   * Which steps of the section: `steps` of them from number `first` on. Null for what was found out
   * later of cases counted before.
   */
  readonly first: number | null;
  readonly steps: number;
  /** Cases counted. */
  readonly cases: number;
  /** How they ended, but for those that passed; below 0 where a verdict was taken back. */
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Cases that are written down. */
  readonly results: readonly CaseResult[];
  /** Which finding the first case with a fingerprint came down to, where this step found it. */
  readonly minimized: Readonly<Record<string, string>>;
  /** Flat cases that failed and are still to be looked at. */
  readonly mismatches: readonly BulkMismatch[];
  /** How many flat cases that failed break each clause; absent where none failed. */
  readonly broken?: BrokenCounts;
  /** Flat cases that gave no outcome and are still to be looked at. */
  readonly incidents: readonly BulkIncident[];
  readonly expected: readonly StepExpected[];
  /** Entries of the subject's expectations that were met for the first time. */
  readonly met: readonly MetEntry[];
  /** Device checks that were made. */
  readonly checks?: readonly DeviceCheckResult[];
  /** Cases that broke the subject, whatever was expected of them; absent where none did. */
  readonly faults?: Faults;
  /** What a shard found out about failures of the step; absent in a run that is none. */
  readonly seen?: SeenByShard;
  /** How long the run went on until then. */
  readonly milliseconds: number;
}
