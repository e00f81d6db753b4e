import type { ExpectedFailure } from '../expectations/expected-failure.js';
import type { Depth } from '../model/depth.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { BrokenCounts } from './broken-clause.js';
import type { Incident } from '../model/incident.js';

/**
 * What the blocks of a job are: generated cases at a depth, those that cover the classes of every
 * dimension at a depth, or the exhaustive test of parsing, at decision depth.
 */
export type BulkKind = Depth | `${Depth} classes` | 'exhaustive';

/** The depth at which cases of a kind are run. */
export function depthOf(kind: BulkKind): Depth {
  return kind === 'program' || kind === 'program classes' ? 'program' : 'decision';
}

/** Whether the cases of a kind are the same whatever the seed. */
export function isFixedKind(kind: BulkKind): boolean {
  return kind !== 'program' && kind !== 'decision';
}

/** A stretch of the blocks of a kind: `[first, first + count)`. */
export interface BulkJob {
  readonly kind: BulkKind;
  readonly first: number;
  readonly count: number;
}

/**
 * A generated case whose outcome was not the model's: its decision record (spec/decision-format.md)
 * and its block.
 */
export interface BulkMismatch {
  readonly block: number;
  readonly record: Uint8Array;
  /** Its outcome, a record of its depth; absent where there is none, or it was not kept. */
  readonly observed?: Uint8Array;
  /** The likeliest clause that it breaks; absent where that was not asked. */
  readonly clause?: ClauseId;
}

/** A generated case that gave no outcome, and why. */
export interface BulkIncident extends BulkMismatch {
  readonly incident: Incident;
}

/** Generated cases that failed as an entry of the subject's expectations says. */
export interface BulkExpected {
  readonly entry: ExpectedFailure;
  readonly cases: number;
  /** The first of them. */
  readonly first: BulkMismatch;
  /** Whether one of them has the message of the entry. */
  readonly told: boolean;
}

/**
 * What came of a job. Of the mismatches the first {@link KEPT_MISMATCHES} are kept, and the first
 * of every clause; `failed` and `broken` count them all.
 */
export interface BulkReport {
  readonly cases: number;
  readonly failed: number;
  readonly mismatches: readonly BulkMismatch[];
  /** How many of those that failed break each clause; absent where none failed. */
  readonly broken?: BrokenCounts;
  /**
   * All cases that broke the subject, which `failed` does not count; absent where a subject runs in
   * this process.
   */
  readonly incidents?: readonly BulkIncident[];
  /**
   * Failures that were expected, by entry, which `failed` does not count; absent where there are
   * none.
   */
  readonly expected?: readonly BulkExpected[];
  /** Cases that were not run, which nothing else counts. */
  readonly inconclusive?: number;
}

/** A case of an earlier report that turned out to break the subject. */
export interface LateBulkIncident extends BulkIncident {
  /** How it was counted. */
  readonly was: 'pass' | 'fail' | 'expected-fail';
}

/** Told of every report as it comes in. */
export type OnReport = (report: BulkReport, job: BulkJob) => void;

/** Told of a case that was counted and then turned out to break the subject. */
export type OnLateBulk = (late: LateBulkIncident, job: BulkJob) => void;

/** Carries out jobs of generated cases on a subject. */
export interface BulkExecutor {
  /** Runs every job once. Rejects with SubjectError when the subject breaks. */
  readonly run: (jobs: Iterable<BulkJob>, onReport: OnReport, onLate: OnLateBulk) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/**
 * Mismatches that one job keeps: enough to tell faults apart, few enough for a subject that fails
 * always.
 */
export const KEPT_MISMATCHES = 64;
