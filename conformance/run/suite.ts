import type { HostileCase } from '../cases/hostile.js';
import type { Requirement } from '../coverage/requirement.js';
import type { ExpectedFailure } from '../expectations/expected-failure.js';
import type { ShownEntries } from '../expectations/shown-entries.js';
import type { Clause } from '../spec/clause.js';
import type { Profiles } from '../spec/profiles.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import type { PlayCases } from './blocks/fixed-cases.js';
import type { Header } from './header.js';
import type { Section } from './plan/section.js';
import type { Step } from './state/step.js';

/** What a run is made of. */
export interface SuitePlan {
  readonly sections: readonly Section[];
  /** Files for which only the protocol is demanded; they need a per-case process. */
  readonly hostile: readonly HostileCase[];
  /** Which expected failures have to be seen in it: one that is not is gone. */
  readonly shows: ShownEntries;
  /** Whether it is to cover the specification. */
  readonly covers: boolean;
}

/** A plan, what it is run on and what it is held against. */
export interface Suite {
  /** The folder of the suite. */
  readonly root: string;
  readonly opened: OpenSubject;
  /**
   * How written cases are played where not as they are written, as with engines of a real TensorRT.
   */
  readonly play?: PlayCases | undefined;
  readonly plan: SuitePlan;
  readonly clauses: readonly Clause[];
  readonly profiles: Profiles;
  /** What has to be demonstrated; null for a run of one case. */
  readonly requirement: Requirement | null;
  /** What the subject is known to fail, with what has expired. */
  readonly expected: readonly ExpectedFailure[];
  /** The day in UTC, such as 2026-11-22. */
  readonly today: string;
  readonly header: Header;
  /** What an earlier run counted already. */
  readonly kept: readonly Step[];
  /** Threads, or processes of the subject. */
  readonly jobs: number;
}
