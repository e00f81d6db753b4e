import { ERROR_CODES } from '../../../reference/outcome/error-code.js';
import {
  ENGINE_AUTOMATIC,
  ENGINE_FLAGS,
  FLAG_AUTOMATIC_READ,
  FLAG_DESERIALIZE_NULL,
  FLAG_WARNED,
  optionsEnd,
  OUTCOME_CONTEXT_REFUSED,
  OUTCOME_ENGINE,
  OUTCOME_HEADER,
  specsEnd,
} from '../../wire/decision-format.js';
import { CALL_BYTES, ENGINE_BYTES, HEADER_BYTES, STEP_BYTES } from '../../wire/outcome-codes.js';
import type { Memory } from '../../wire/memory.js';

const CALL_DESERIALIZE = 0;
const CALL_AUTOMATIC = 1;
const CALL_SET = 2;
const CALL_CONTEXT = 3;
const PHASE_LOAD = 2;

/** Bytes of an outcome record with one step, before its engines. */
const HEADER = HEADER_BYTES + STEP_BYTES;

/**
 * Writes the outcome record (spec/wire-format.md) that a conforming delegate gives at program
 * depth, from the decision record at `record` and its outcome, as FlatModel wrote it for program
 * depth.
 *
 * @returns the offset behind the record
 */
export function writeExpectedOutcome(
  block: Memory,
  record: number,
  decision: Uint8Array,
  { bytes, view }: Memory,
  start: number,
): number {
  const error = decision[0] ?? 0;
  const engines = decision[1] ?? 0;
  bytes.fill(0, start, start + HEADER);
  bytes[start + 4] = 1; // version
  bytes[start + 6] = 1; // steps
  bytes[start + 7] = engines;
  bytes[start + 20] = error;
  bytes[start + 21] = error === ERROR_CODES.Ok ? 0 : PHASE_LOAD;
  let at = start + HEADER;
  let engine = optionsEnd(block, record);
  for (let i = 0; i < engines; i++) {
    const from = OUTCOME_HEADER + i * OUTCOME_ENGINE;
    const engineAt = at;
    if (((decision[from + 1] ?? 0) & FLAG_WARNED) !== 0) bytes[start + 22] = 1;
    at = writeEngine(block.bytes, engine, decision, from, bytes, engineAt);
    const contextRefused = decision[from + OUTCOME_CONTEXT_REFUSED] === 1;
    const rejected = error !== ERROR_CODES.Ok && i === engines - 1;
    if (!rejected || contextRefused) at = writeCall(bytes, at, CALL_CONTEXT, !contextRefused);
    bytes[engineAt + 3] = (at - engineAt - ENGINE_BYTES) / CALL_BYTES;
    engine = specsEnd(block, engine);
  }
  view.setUint32(start, at - start, true);
  return at;
}

/** An engine, of which the decision tells at `from`, and its calls up to that of the context. */
function writeEngine(
  block: Uint8Array,
  engine: number,
  decision: Uint8Array,
  from: number,
  out: Uint8Array,
  start: number,
): number {
  out.fill(0, start, start + ENGINE_BYTES);
  const flags = block[engine + ENGINE_FLAGS] ?? 0;
  let at = writeCall(out, start + ENGINE_BYTES, CALL_DESERIALIZE, (flags & FLAG_DESERIALIZE_NULL) === 0);
  if (((decision[from + 1] ?? 0) & FLAG_AUTOMATIC_READ) !== 0) {
    at = writeCall(out, at, CALL_AUTOMATIC, true, block, engine + ENGINE_AUTOMATIC);
  }
  const sets = decision[from + 2] ?? 0;
  let accepted = false;
  for (let i = 0; i < sets; i++) {
    accepted = (((decision[from + 3] ?? 0) >> i) & 1) === 1;
    at = writeCall(out, at, CALL_SET, accepted, decision, from + 8 + 8 * i);
  }
  if (accepted) {
    out[start + 1] = decision[from] ?? 0;
    out[start + 2] = 1;
    for (let i = 0; i < 8; i++) out[start + 4 + i] = decision[from + 8 * sets + i] ?? 0;
  }
  return at;
}

function writeCall(
  out: Uint8Array,
  at: number,
  call: number,
  ok: boolean,
  source?: Uint8Array,
  value = 0,
): number {
  out[at] = call;
  out[at + 1] = ok ? 1 : 0;
  for (let i = 0; i < 8; i++) out[at + 2 + i] = source === undefined ? 0 : (source[value + i] ?? 0);
  return at + CALL_BYTES;
}
