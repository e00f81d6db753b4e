import { OUTCOME_ENGINE, OUTCOME_HEADER } from '../wire/decision-format.js';
import { HEADER_BYTES } from '../wire/outcome-codes.js';
import type { Depth } from '../model/depth.js';

/**
 * Where the answers in `bytes` lie: the offset behind each. Null when they are no whole records.
 */
export function answerEnds(depth: Depth, bytes: Uint8Array): number[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const ends: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = depth === 'program' ? outcomeSize(view, at) : decisionSize(view, at);
    if (size === 0 || size > bytes.length - at) return null;
    at += size;
    ends.push(at);
  }
  return ends;
}

/** Answers one by one, in the memory of `bytes`, which are whole records. */
export function splitAnswers(depth: Depth, bytes: Uint8Array): Uint8Array[] {
  const ends = answerEnds(depth, bytes) ?? [];
  return ends.map((end, at) => bytes.subarray(at === 0 ? 0 : ends[at - 1], end));
}

function outcomeSize(view: DataView, at: number): number {
  if (view.byteLength - at < HEADER_BYTES) return 0;
  const size = view.getUint32(at, true);
  return size < HEADER_BYTES ? 0 : size;
}

function decisionSize(view: DataView, at: number): number {
  if (view.byteLength - at < OUTCOME_HEADER) return 0;
  return OUTCOME_HEADER + OUTCOME_ENGINE * view.getUint8(at + 1);
}
