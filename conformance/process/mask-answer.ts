import { FLAG_WARNED, OUTCOME_ENGINE, OUTCOME_HEADER, SOURCE_NONE } from '../wire/decision-format.js';
import {
  CALL_BYTES,
  ENGINE_BYTES,
  HEADER_BYTES,
  STEP_BYTES,
  STEP_WARNED,
  stepBytes,
} from '../wire/outcome-codes.js';
import type { Depth } from '../model/depth.js';
import { answerEnds } from '../protocol/answer-records.js';
import type { Capabilities } from '../protocol/capabilities.js';

const STEPS_AT = 6;
const ENGINES_AT = 7;
const LEAKS_AT = 8;
const VIOLATIONS_AT = 18;

/** Whether a subject tells all that an answer can hold, so that nothing of it is masked. */
export function tellsAll({ source, warned, leaks, violations }: Capabilities): boolean {
  return source && warned && leaks && violations;
}

/**
 * An answer less what the subject says that it does not tell, which is not compared: put to what
 * such a subject says. A copy; the record is whole.
 */
export function maskAnswer(depth: Depth, record: Uint8Array, tells: Capabilities): Uint8Array {
  if (tellsAll(tells)) return record;
  return depth === 'program' ? maskOutcome(record.slice(), tells) : maskDecision(record.slice(), tells);
}

/**
 * As {@link maskAnswer}, for whole records one behind the other, in place. They are expected ones,
 * without violations, so that none changes its length.
 */
export function maskAnswers(depth: Depth, records: Uint8Array, tells: Capabilities): void {
  if (tellsAll(tells)) return;
  let start = 0;
  for (const end of answerEnds(depth, records) ?? []) {
    const record = records.subarray(start, end);
    if (depth === 'program') maskOutcome(record, tells);
    else maskDecision(record, tells);
    start = end;
  }
}

function maskDecision(record: Uint8Array, tells: Capabilities): Uint8Array {
  for (let at = OUTCOME_HEADER; at < record.length; at += OUTCOME_ENGINE) {
    if (!tells.source) record[at] = SOURCE_NONE;
    if (!tells.warned) record[at + 1] = (record[at + 1] ?? 0) & ~FLAG_WARNED;
  }
  return record;
}

function maskOutcome(record: Uint8Array, tells: Capabilities): Uint8Array {
  if (!tells.leaks) record.fill(0, LEAKS_AT, VIOLATIONS_AT);
  let at = HEADER_BYTES;
  for (let step = record[STEPS_AT] ?? 0; step > 0 && at < record.length; step--) {
    if (!tells.warned) record[at + 2] = (record[at + 2] ?? 0) & ~STEP_WARNED;
    at += stepBytes(record, at, record.length) ?? STEP_BYTES;
  }
  for (let engine = record[ENGINES_AT] ?? 0; engine > 0 && at < record.length; engine--) {
    if (!tells.source) record[at + 1] = SOURCE_NONE;
    at += ENGINE_BYTES + CALL_BYTES * (record[at + 3] ?? 0);
  }
  if (tells.violations || at >= record.length) return record;
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  view.setUint16(VIOLATIONS_AT, 0, true);
  view.setUint32(0, at, true);
  return record.subarray(0, at);
}
