import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { fingerprint } from '../model/fingerprint.js';
import type { GeneratedCase } from '../generators/generated-case.js';
import type { Mismatch } from '../model/mismatch.js';
import type { Finding } from '../model/finding.js';
import { generatedCaseRecord } from '../generators/generated-case-record.js';
import { findingOf, tracedClauses } from './judge.js';
import { verdictOf } from './mismatch-verdict.js';

/** The fingerprint of what a mismatch of a generated case says first, without making a finding of it. */
export function generatedFingerprint(mismatch: Mismatch): string {
  return fingerprint(verdictOf(mismatch), tracedClauses(mismatch)[0], mismatch.incident?.signal);
}

/** What a mismatch of a generated case says; `choose` picks among the clauses that it can be traced to. */
export function generatedFinding(
  generated: GeneratedCase,
  mismatch: Mismatch,
  choose: (clauses: readonly [ClauseId, ...ClauseId[]]) => ClauseId,
): Finding {
  const clause = choose(tracedClauses(mismatch));
  return findingOf(generatedCaseRecord(generated, [clause]), clause, mismatch);
}
