import { createHash } from 'node:crypto';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Verdict } from './verdict.js';

const DIGITS = 16;

/**
 * What findings are grouped by, in hexadecimal: how the subject differs and the clause that it breaks, and nothing of the
 * case. One wrong rule gives one finding, however many cases show it.
 */
export function fingerprint(verdict: Verdict, clause: ClauseId): string {
  return createHash('sha256').update(`${verdict} ${clause}`).digest('hex').slice(0, DIGITS);
}
