import type { Policy } from '../../../reference/index.js';
import type { Header } from '../../report/header.js';
import { addVerdicts, noVerdicts, type Verdict } from '../../model/verdict.js';
import { Ledger } from '../../attribution/ledger.js';
import type { RunResult, SectionResult } from '../../model/run-result.js';
import type { Section } from '../../run/section.js';
import type { Oracle } from '../../oracle/oracle.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import type { DeviceCheckResult } from './device-check.js';
import type { BuiltEngine } from './engine-set.js';
import { runCases } from './run-cases.js';

/** What came of a run on a TensorRT. */
export interface TierResult {
  readonly result: RunResult;
  /** Why cases were not run, each with how many. */
  readonly unsupported: ReadonlyMap<string, number>;
  readonly checks: readonly DeviceCheckResult[];
}

/** What a run on a TensorRT is made of. */
export interface TierPlan {
  readonly subject: OutOfProcessSubject;
  /** Who chooses automatic budgets. */
  readonly policy: Policy;
  readonly oracle: Oracle;
  readonly engines: readonly BuiltEngine[];
  readonly sections: readonly (Section & { kind: 'fixed' })[];
  /** Looks at what only a device can show; null when a filter left it out. */
  readonly checks: (() => Promise<readonly DeviceCheckResult[]>) | null;
}

/** The section that the device checks are counted in. */
export const DEVICE = 'device';

/**
 * Runs cases with real engines, section by section, and then the device checks.
 *
 * @throws SubjectError when the subject breaks: nothing can be said of it then.
 */
export async function runTier(
  { subject, policy, oracle, engines, sections, checks }: TierPlan,
  onProgress: (section: Section, done: number) => void,
): Promise<TierResult> {
  const started = performance.now();
  const ledger = new Ledger();
  const bench = { subject, engines, policy, oracle, ledger };
  const done = [];
  for (const section of sections) {
    done.push(
      await runCases(section, bench, (count) => {
        onProgress(section, count);
      }),
    );
  }
  await subject.close();
  const checksStarted = performance.now();
  const seen = checks === null ? [] : await checks();
  const device = seen.length === 0 ? [] : [deviceSection(seen, performance.now() - checksStarted)];
  const results = [...done.map(({ section }) => section), ...device];
  const unsupported = new Map<string, number>();
  for (const [reason, count] of done.flatMap((one) => [...one.unsupported])) {
    unsupported.set(reason, (unsupported.get(reason) ?? 0) + count);
  }
  return {
    result: {
      sections: results,
      cases: done.flatMap(({ cases }) => cases),
      findings: ledger.list(),
      verdicts: results.map(({ verdicts }) => verdicts).reduce(addVerdicts, noVerdicts()),
      milliseconds: performance.now() - started,
    },
    unsupported,
    checks: seen,
  };
}

/** The checks of which something was demanded, as a line of the table. */
function deviceSection(checks: readonly DeviceCheckResult[], milliseconds: number): SectionResult {
  const judged = checks.flatMap(({ verdict }): Verdict[] => (verdict === 'recorded' ? [] : [verdict]));
  const verdicts = noVerdicts();
  for (const verdict of judged) verdicts[verdict]++;
  return { name: DEVICE, clauses: 0, verdicts, cases: judged.length, milliseconds };
}

/** The lines of a report with those of the device checks before its footer. */
export function withChecks(
  lines: readonly object[],
  checks: readonly DeviceCheckResult[],
): readonly object[] {
  const records = checks.map((check) => ({ record: 'device-check', ...check }));
  return [...lines.slice(0, -1), ...records, ...lines.slice(-1)];
}

/** The subject of a report, with what TensorRT and the device say of themselves. */
export function subjectOn(
  subject: Header['subject'],
  versions: Readonly<Record<string, string>>,
): Header['subject'] {
  return { ...subject, versions: { ...subject.versions, ...versions } };
}
