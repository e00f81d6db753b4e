import type { DeviceCheckResult } from '../model/device-check.js';
import type { Finding } from '../model/finding.js';
import type { CaseResult, SectionResult } from '../model/run-result.js';
import type { ProfileName } from '../spec/profile-name.js';

/** A finding of a report, and the command that shows it again. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly replay: string;
}

/** A finished run as its report tells it. */
export interface Report {
  /** What was run, and when. */
  readonly header: {
    readonly tool: { readonly name: string; readonly version: string };
    readonly specification: string;
    readonly subject: { readonly name: string; readonly versions: Readonly<Record<string, string>> };
    readonly profile: ProfileName;
    readonly seed: string;
    /** Time in UTC. */
    readonly started: string;
  };
  readonly cases: readonly CaseResult[];
  /** The sections of the run, in its order. */
  readonly areas: readonly SectionResult[];
  readonly findings: readonly ReportedFinding[];
  /** What was seen on a device. */
  readonly checks: readonly DeviceCheckResult[];
  /** As the command ended. */
  readonly exitCode: number;
  /** What the run says of its subject, in one line. */
  readonly conclusion: string;
  /** What had to be demonstrated; null for a run of one case. */
  readonly demonstrated: { readonly required: number; readonly missing: readonly string[] } | null;
  readonly milliseconds: number;
}
