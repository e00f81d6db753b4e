import type { Case } from './case.js';
import type { DeviceCheckResult } from './device-check.js';
import type { Verdict, VerdictCounts } from './verdict.js';
import type { Finding } from './finding.js';

/** What came of a section of a run. */
export interface SectionResult {
  readonly name: string;
  /** Clauses that its cases stand for. */
  readonly clauses: number;
  readonly verdicts: VerdictCounts;
  readonly cases: number;
  readonly milliseconds: number;
}

/** What came of a case that is written down; generated ones are counted alone. */
export interface CaseResult {
  readonly case: Pick<Case, 'id' | 'clauses' | 'kind'>;
  /** The section. */
  readonly section: string;
  /** Absent for a case that was run as a program. */
  readonly depth?: 'decision';
  readonly verdict: Verdict;
  /**
   * Fingerprint of the finding that tells more; null for a pass, and where there is no finding to
   * make.
   */
  readonly finding: string | null;
  /** Why it could not be run, where that is known; absent for all others. */
  readonly reason?: string;
}

/** What came of a run. */
export interface RunResult {
  readonly sections: readonly SectionResult[];
  readonly cases: readonly CaseResult[];
  readonly findings: readonly Finding[];
  readonly verdicts: VerdictCounts;
  /** What was seen on a device; none where cases alone were run. */
  readonly checks?: readonly DeviceCheckResult[];
  readonly milliseconds: number;
}
