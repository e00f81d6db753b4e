import { FLAG_AUTOMATIC_READ, FLAG_WARNED, OUTCOME_ENGINE, OUTCOME_HEADER } from '../wire/decision-format.js';
import {
  CALL_BYTES,
  CALLS,
  ENGINE_BYTES,
  failureOfCode,
  HEADER_BYTES,
  PHASES,
  SOURCES,
  STEP_BYTES,
  stepBytes,
} from '../wire/outcome-codes.js';
import { VIOLATIONS } from '../../reference/outcome/outcome.js';
import type { Depth } from '../model/depth.js';

const VERSION = 1;
const MOST_DECISION_ENGINES = 64;
/** No option of the process has a part in a decision. */
const DECISION_SOURCES = SOURCES.indexOf('set-option');

/**
 * Whether the record `[start, end)` of an answer is one that spec/wire-format.md or
 * spec/decision-format.md knows. All answers in binary frames run through here, so nothing is made
 * of them; `decodeOutcome` takes the same records.
 */
export function isSound(depth: Depth, bytes: Uint8Array, start: number, end: number): boolean {
  return depth === 'program' ? isOutcome(bytes, start, end) : isDecision(bytes, start, end);
}

function isOutcome(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < HEADER_BYTES || byteAt(bytes, start + 4) !== VERSION) return false;
  if (failureOfCode(byteAt(bytes, start + 5)) === undefined) return false;
  let at = start + HEADER_BYTES;
  for (let step = byteAt(bytes, start + 6); step > 0; step--) {
    const failure = failureOfCode(byteAt(bytes, at));
    const phase = byteAt(bytes, at + 1);
    if (failure === undefined || phase >= PHASES.length || (failure === null) !== (phase === 0)) return false;
    const size = stepBytes(bytes, at, end);
    if (size === null || (failure !== null && size > STEP_BYTES)) return false;
    at += size;
  }
  for (let engine = byteAt(bytes, start + 7); engine > 0; engine--) {
    if (at + ENGINE_BYTES > end || byteAt(bytes, at + 1) >= SOURCES.length) return false;
    const calls = at + ENGINE_BYTES;
    at = calls + CALL_BYTES * byteAt(bytes, at + 3);
    if (at > end) return false;
    for (let call = calls; call < at; call += CALL_BYTES) {
      if (byteAt(bytes, call) >= CALLS.length) return false;
    }
  }
  if (end - at !== byteAt(bytes, start + 18) + 256 * byteAt(bytes, start + 19)) return false;
  for (; at < end; at++) if (byteAt(bytes, at) >= VIOLATIONS.length) return false;
  return true;
}

function isDecision(bytes: Uint8Array, start: number, end: number): boolean {
  if (failureOfCode(byteAt(bytes, start)) === undefined) return false;
  const engines = byteAt(bytes, start + 1);
  if (engines === 0 || engines > MOST_DECISION_ENGINES) return false;
  for (let at = start + OUTCOME_HEADER; at < end; at += OUTCOME_ENGINE) {
    if (byteAt(bytes, at) >= DECISION_SOURCES) return false;
    if (byteAt(bytes, at + 1) > (FLAG_WARNED | FLAG_AUTOMATIC_READ)) return false;
  }
  return true;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
