import { createHash } from 'node:crypto';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Verdict } from './verdict.js';

const DIGITS = 16;

/**
 * What findings are grouped by, in hexadecimal: how the subject differs and the clause that it
 * breaks, and nothing of the case. Of a crash, `signal` is what ended the process. One wrong rule
 * gives one finding, however many cases show it; what does not fail alone makes one of its own.
 */
export function fingerprint(
  verdict: Verdict,
  clause: ClauseId,
  signal: string | null = null,
  recurrence: 'alone' | 'state' | 'lost' = 'alone',
): string {
  const ended = signal === null ? verdict : `${verdict} ${signal}`;
  const how = recurrence === 'alone' ? ended : `${ended} ${recurrence}`;
  return createHash('sha256').update(`${how} ${clause}`).digest('hex').slice(0, DIGITS);
}
