/** How a budget is asked for: by a policy, as a part of the weights, or by the search. */
export type Ask = (typeof ASKS)[number] | 'search';

/** What is tried at every level of free memory, in this order; 0, half and all are budgets. */
export const ASKS = ['fitting', 'upstream', '0', 'half', 'all'] as const;

/** What became of a load. Sizes are bytes in decimal digits. */
export interface AttemptRecord {
  readonly record: 'attempt';
  readonly series: string;
  readonly ask: Ask;
  /** The load-time option; null when a policy chose. */
  readonly budget: string | null;
  /** Device memory that was free right before the load; null when the process died. */
  readonly free: string | null;
  /** The level that was to be free. */
  readonly level: string;
  readonly outcome: Outcome;
  /** ExecuTorch's error code; 0 for none, null when the process died. */
  readonly error: number | null;
  /** What the delegate applied to each engine, as far as it came. */
  readonly budgets: readonly string[];
  /** Part of all streamable weights that is resident, 0 to 1; null unless loaded. */
  readonly resident: number | null;
  /** Time of a run in microseconds; null when it was not measured. */
  readonly time: RunTime | null;
  /** The first Error-level record of the log; empty when there was none. */
  readonly message: string;
}

/** `not-run`: loaded, but not run to its end; `unreached`: the level could not be met. */
export type Outcome = 'loaded' | 'refused' | 'not-run' | 'crashed' | 'unreached';

/** Times of several runs, in microseconds. */
export interface RunTime {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly runs: number;
}

/** What a series loads. Sizes are bytes in decimal digits, of one engine. */
export interface SeriesRecord {
  readonly record: 'series';
  readonly series: string;
  readonly layers: number;
  readonly dim: number;
  readonly batch: number;
  readonly engines: number;
  readonly streamable: string;
  readonly scratch: string;
  readonly activations: string;
}

/** What measurements were made with. */
export interface MeasuringHeader {
  readonly record: 'header';
  readonly version: string;
  /** Such as 10.6.0. */
  readonly tensorrt: string;
  /** As nvidia-smi tells them; null without one. */
  readonly gpu: string | null;
  readonly driver: string | null;
  readonly simulated: boolean;
}

/** What a sweep was made with. */
export interface SweepHeader extends MeasuringHeader {
  /** Which loads shared a process. */
  readonly isolation: Isolation;
}

/** Which loads share a process: those of an attempt, of a level of free memory, of a series. */
export type Isolation = 'attempt' | 'level' | 'series';

/** The last line: a file without it was cut short. */
export interface SweepFooter {
  readonly record: 'end';
  readonly attempts: number;
  readonly crashes: number;
  /** The time was up before all series were measured. */
  readonly cut: boolean;
}

/** A line of sweep.jsonl. */
export type SweepRecord = SweepHeader | SeriesRecord | AttemptRecord | SweepFooter;
