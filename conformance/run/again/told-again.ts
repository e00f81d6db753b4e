import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import { findingOf } from '../../attribution/judge.js';
import type { Finding } from '../../model/finding.js';
import { fingerprint } from '../../model/fingerprint.js';
import { isState } from '../../model/recurrence.js';
import type { SeenAgain } from './again.js';

/** A load has the outcome that it has, whatever came before it. */
const INDEPENDENT: ClauseId = 'WSB-MULTI-07';

/**
 * A finding with how it came back. What shows that something is kept from load to load breaks
 * WSB-MULTI-07, whatever rule it looks like; a finding that does not come back keeps its clause.
 * Both are told apart from what fails alone.
 */
export function toldAgain(finding: Finding, seen: SeenAgain): Finding {
  const { recurrence, mismatch, sequence } = seen;
  if (recurrence.kind === 'alone') return { ...finding, recurrence };
  const { signal = null } = mismatch.incident ?? {};
  if (!isState(recurrence)) {
    const { verdict, clause } = finding;
    return { ...finding, recurrence, fingerprint: fingerprint(verdict, clause, signal, 'lost') };
  }
  const clause = mismatch.incident === undefined ? INDEPENDENT : finding.clause;
  const told = findingOf(seen.case, clause, mismatch);
  return {
    ...told,
    recurrence,
    fingerprint: fingerprint(told.verdict, clause, signal, 'state'),
    ...(sequence === null ? {} : { sequence }),
  };
}
