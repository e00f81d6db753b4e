import type { ClauseCoverage } from '../coverage/clause-coverage.js';
import type { StaleEntry } from '../expectations/stale-entries.js';
import type { Finding } from '../model/finding.js';
import type { RunResult } from '../model/run-result.js';
import type { Conclusion } from './conclusion.js';
import type { Header } from './header.js';
import type { NotRun } from './not-run.js';
import type { RunPart } from './plan/section.js';
import type { HostileEnds } from './run-hostile.js';
import type { ShardEnd } from './shards/shard-end.js';
import type { Step } from './state/step.js';

/** What a run came to. */
export interface EndedRun {
  readonly header: Header;
  readonly result: RunResult;
  readonly conclusion: Conclusion;
  /** How far the specification was covered; null for a run that was not to cover it. */
  readonly coverage: ClauseCoverage | null;
  readonly hostile: HostileEnds;
  /** Entries of the list of expected failures that no longer hold. */
  readonly stale: readonly StaleEntry[];
  /** What it left out because it ended early; null for one that ended with its plan. */
  readonly notRun?: NotRun | null;
}

/** What a shard came to: its steps, from which findings are made when all are merged. */
export interface EndedShard {
  readonly header: Header & Required<Pick<Header, 'shard'>>;
  readonly steps: readonly Step[];
  readonly end: ShardEnd;
  /** What its own steps come to without the others. */
  readonly result: RunResult;
  readonly hostile: HostileEnds;
}

/**
 * Tells of a run, on a simulated or a real TensorRT. A run calls `begin`, then `progress` and
 * `step` as it goes on, then `finding` for each finding, `end`, and in any case `close`. What a
 * reporter throws ends the run, and those behind it are not told.
 *
 * A new report format is one file in `report/`: a function from a `ReporterContext` to an object
 * with the methods below that it needs, and its name in `report/reporters.ts`.
 */
export interface Reporter {
  /** The run begins, or goes on where an earlier one was cut short. */
  readonly begin?: (header: Header) => void;
  /** So many cases of a part of the run are done; often called. */
  readonly progress?: (part: RunPart, done: number) => void;
  /**
   * A step was counted; those of an earlier run are not told again. Findings may still be merged.
   */
  readonly step?: (step: Step) => void;
  /** A finding, as it stands at the end of the run; in the order of the clauses. */
  readonly finding?: (finding: Finding) => void;
  readonly end?: (ended: EndedRun) => void | Promise<void>;
  /** In place of `end`, of a shard: a part of a run says nothing of its subject. */
  readonly endShard?: (ended: EndedShard) => void;
  /** Nothing more comes, be it that the run ended or that it failed. */
  readonly close?: () => void;
}
