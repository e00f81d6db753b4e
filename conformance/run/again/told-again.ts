import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import { findingOf } from '../../attribution/judge.js';
import type { Finding } from '../../model/finding.js';
import { fingerprint } from '../../model/fingerprint.js';
import { isState, type Recurrence } from '../../model/recurrence.js';
import type { SeenAgain } from './again.js';

/** A load has the outcome that it has, whatever came before it. */
const INDEPENDENT: ClauseId = 'WSB-MULTI-07';

/** How a failure came back, as its finding tells it. */
export interface Seen {
  readonly recurrence: Recurrence;
  /** The finding, where it shows that something is kept from load to load; null else. */
  readonly state: Finding | null;
}

/**
 * How the failure of a finding came back. What shows that something is kept from load to load
 * breaks WSB-MULTI-07, whatever rule it looks like.
 */
export function seenAs({ clause: own }: Pick<Finding, 'clause'>, seen: SeenAgain): Seen {
  const { recurrence, mismatch, sequence } = seen;
  if (!isState(recurrence)) return { recurrence, state: null };
  const { signal = null } = mismatch.incident ?? {};
  const clause = mismatch.incident === undefined ? INDEPENDENT : own;
  const told = findingOf(seen.case, clause, mismatch);
  const state = {
    ...told,
    recurrence,
    fingerprint: fingerprint(told.verdict, clause, signal, 'state'),
    ...(sequence === null ? {} : { sequence }),
  };
  return { recurrence, state };
}

/**
 * A finding with how it came back. One that does not come back keeps its clause. Both that and what
 * shows state are told apart from what fails alone.
 */
export function toldAgain(finding: Finding, { recurrence, state }: Seen): Finding {
  if (state !== null) return state;
  if (recurrence.kind === 'alone') return { ...finding, recurrence };
  const { verdict, clause, incident } = finding;
  return {
    ...finding,
    recurrence,
    fingerprint: fingerprint(verdict, clause, incident?.signal ?? null, 'lost'),
  };
}
