import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { buildRequest } from '../model/build-request.js';
import { differences } from '../model/differences.js';
import type { Oracle } from '../oracle/oracle.js';
import type { Finding } from '../model/finding.js';
import type { RunResult } from '../model/run-result.js';

/** An error that delegates are known to make: the clause that it breaks, and what a delegate with it does. */
export interface KnownError {
  readonly clause: ClauseId;
  readonly outcome: Oracle;
}

/**
 * Tells findings as one that one wrong rule explains. A rule that is wrong shows under several clauses: with compile specs put before
 * options, masked compile specs are judged too. When a delegate with a known error would have given exactly the outcomes observed in
 * several findings, one of them of the clause that this error breaks, they are that one; the error that explains most goes first.
 */
export function mergeFindings(result: RunResult, known: readonly KnownError[]): RunResult {
  if (result.findings.length < 2) return result;
  let left = result.findings;
  const merged: Finding[] = [];
  const became = new Map<string, string>();
  for (;;) {
    const groups = known.map((error) => explained(error, left));
    const [largest] = groups.sort((a, b) => b.length - a.length);
    const [main] = largest ?? [];
    if (largest === undefined || main === undefined || largest.length < 2) break;
    const occurrences = largest.reduce((sum, finding) => sum + finding.occurrences, 0);
    merged.push({ ...main, occurrences });
    for (const { fingerprint } of largest) became.set(fingerprint, main.fingerprint);
    left = left.filter((finding) => !largest.includes(finding));
  }
  return {
    ...result,
    findings: [...merged, ...left].sort((a, b) => (a.clause < b.clause ? -1 : 1)),
    cases: result.cases.map((one) => ({
      ...one,
      finding: one.finding === null ? null : (became.get(one.finding) ?? one.finding),
    })),
  };
}

/** The findings that an error explains, that of its own clause first; none when that one is not among them. */
function explained({ clause, outcome }: KnownError, findings: readonly Finding[]): readonly Finding[] {
  const own = findings.find((finding) => finding.clause === clause && finding.verdict === 'fail');
  if (own === undefined || !explains(outcome, own)) return [];
  return [own, ...findings.filter((finding) => finding !== own && explains(outcome, finding))];
}

/** Whether a delegate that is known comes to what was observed; a case without an outcome is explained by none. */
function explains(outcome: Oracle, { verdict, case: { request }, observed }: Finding): boolean {
  return verdict === 'fail' && differences(outcome(buildRequest(request)), observed).length === 0;
}
