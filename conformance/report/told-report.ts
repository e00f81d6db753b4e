import type { DeviceCheckResult } from '../model/device-check.js';
import type { Finding } from '../model/finding.js';
import type { CaseResult, SectionResult } from '../model/run-result.js';
import type { Header } from '../run/header.js';
import type { NotRun } from '../run/not-run.js';
import type { EndedRun } from '../run/reporter.js';
import { conclusionText } from './conclusion-text.js';

/** A finding, and the command that shows it again. */
export interface ToldFinding {
  readonly finding: Finding;
  readonly replay: string;
}

/** A finished run as its report tells it: what every format of a report is made from. */
export interface ToldReport {
  readonly header: Pick<
    Header,
    'tool' | 'specification' | 'subject' | 'profile' | 'seed' | 'filter' | 'started' | 'clauses'
  >;
  readonly cases: readonly CaseResult[];
  /** The sections of the run, in its order. */
  readonly areas: readonly SectionResult[];
  readonly findings: readonly ToldFinding[];
  readonly checks: readonly DeviceCheckResult[];
  readonly exitCode: number;
  /** What the run says of its subject, in one line. */
  readonly conclusion: string;
  /** What had to be demonstrated; null for a run of one case. */
  readonly demonstrated: { readonly required: number; readonly missing: readonly string[] } | null;
  /** What the run left out because it ended early; null for one that ended with its plan. */
  readonly notRun?: NotRun | null;
  readonly milliseconds: number;
}

/** A run that has just ended, as its report will tell it. */
export function toldByRun(ended: EndedRun, replay: (finding: Finding) => string): ToldReport {
  const { header, result, conclusion, stale, notRun = null } = ended;
  const { cases, sections, findings, checks = [], milliseconds } = result;
  const { demonstration } = conclusion;
  return {
    header,
    cases,
    areas: sections,
    findings: findings.map((finding) => ({ finding, replay: replay(finding) })),
    checks,
    exitCode: conclusion.exitCode,
    conclusion: conclusionText({ conclusion, findings, stale: stale.length, notRun }),
    demonstrated:
      demonstration === null
        ? null
        : { required: demonstration.clauses.length, missing: demonstration.missing },
    notRun,
    milliseconds,
  };
}
