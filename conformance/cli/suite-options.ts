import type { AskedFormat } from '../report/formats/format-reporter.js';
import type { ProfileName } from '../spec/profile-name.js';
import type { AskedShard } from './shard-option.js';
import type { OptionType } from './given-options.js';
import type { GivenQueries } from './filter-queries.js';
import type { ChosenSubject } from './subject-options.js';

/** What the user asked `run` for. */
export interface SuiteOptions extends ChosenSubject, GivenQueries {
  /** What the subject is held against, whatever it says itself. */
  readonly profile?: ProfileName;
  /** What has to be demonstrated besides; behind a `-`, what need not be. */
  readonly require?: readonly string[];
  readonly cases: number;
  readonly decisions: number;
  readonly depth: 'program' | 'decision' | 'both';
  readonly exhaustive?: boolean;
  /** Milliseconds. */
  readonly time?: number | undefined;
  /** An earlier report, of which what it leaves open is run. */
  readonly changedSince?: string;
  /** Ends at the first failure. */
  readonly failFast?: boolean;
  /** Milliseconds that the run may take. */
  readonly budget?: number;
  readonly jobs: number;
  readonly stats?: boolean;
  readonly keep?: boolean;
  readonly seed: number;
  /** Which part of the run is taken; left out, all of it. */
  readonly shard?: AskedShard;
  readonly updateExpectations?: boolean;
  /** Files of expectations besides that of the suite. */
  readonly expectations?: readonly string[];
  /** The folder of a real TensorRT; true: the one that TENSORRT_ROOT names. */
  readonly tensorrt?: string | true;
  readonly cudart?: string;
  /** Where engines of a real TensorRT are kept from run to run. */
  readonly engines?: string;
  /** A file of options; false: none, even where there is one. */
  readonly config?: string | boolean;
  readonly report: string;
  /** Further formats of the report. */
  readonly reporter?: readonly AskedFormat[];
  readonly resume?: boolean;
  /** The exporter that is the subject, in place of a delegate. */
  readonly exporter?: string;
  /** The file of a case to run alone. */
  readonly case?: string;
  /** The file of a program of the user's to run alone. */
  readonly program?: string;
}

/** What the user asked for of an exporter. */
export interface ExporterOptions extends Pick<
  SuiteOptions,
  | 'subject'
  | 'env'
  | 'timeout'
  | 'require'
  | 'cases'
  | 'seed'
  | 'filter'
  | 'filterFrom'
  | 'expectations'
  | 'updateExpectations'
  | 'report'
  | 'reporter'
> {
  readonly exporter: string;
}

/** What a program of the user's is run with. */
export interface ProgramOptions extends ChosenSubject {
  /** Options of each load, as `key=value`. */
  readonly option?: readonly string[];
  readonly optionType?: OptionType;
  /** The methods to load; all of them when it is left out. */
  readonly method?: readonly string[];
  /** Bytes of device memory that are free; plenty when it is left out. */
  readonly freeMemory?: bigint;
  readonly json?: true;
}
