import type { CountedReport, SanitizerReport } from './sanitizer-report.js';
import type { Sanitizer } from './sanitizer.js';

/** What the parts of a run are done with. */
export interface Setting {
  /** The folder of the suite. */
  readonly root: string;
  readonly sanitizer: Sanitizer;
  /** Where the preset of the sanitizer was built. */
  readonly build: string;
  /** The library of the delegate, built with it. */
  readonly delegate: string;
  /** A new folder for what the parts write. */
  readonly scratch: string;
  /** Generated programs, generated decisions, and processes at a time. */
  readonly cases: number;
  readonly decisions: number;
  readonly jobs: number;
  /** Chooses cases as the option of a run does; all when it is empty. */
  readonly filter: readonly string[];
}

/** A report that is not ours to mend, and why. */
export interface Excused {
  readonly report: SanitizerReport;
  readonly reason: string;
}

/** What came of a part. */
export interface PartResult {
  /** How much was run, in words. */
  readonly ran: string;
  /** What a sanitizer reported, and what is at fault. */
  readonly reports: readonly CountedReport[];
  /**
   * What is to be said of a failure: the cases at which a subject broke, or how a program ended
   * that should have ended well. Any line fails the part, as any report does.
   */
  readonly failures: readonly string[];
  readonly excused?: readonly Excused[];
}

/** A part of a run: something that is done with all that is built for a sanitizer. */
export interface Part {
  /** As it is asked for on the command line. */
  readonly name: string;
  /** Targets of native/CMakeLists.txt that it needs beside the delegate and the simulator. */
  readonly targets: readonly string[];
  readonly run: (setting: Setting) => Promise<PartResult>;
}
