import { ERROR_CODES } from '../../../reference/outcome/error-code.js';
import {
  ENGINE_AUTOMATIC,
  ENGINE_FLAGS,
  FLAG_AUTOMATIC_READ,
  FLAG_DESERIALIZE_NULL,
  FLAG_WARNED,
  OUTCOME_CONTEXT_REFUSED,
  OUTCOME_ENGINE,
  OUTCOME_HEADER,
} from '../../wire/decision-format.js';
import { specsEnd } from './flat-program.js';
import { optionsEnd } from './flat-request.js';

const CALL_DESERIALIZE = 0;
const CALL_AUTOMATIC = 1;
const CALL_SET = 2;
const CALL_CONTEXT = 3;
const PHASE_LOAD = 2;
const CALL_SIZE = 10;

/** Bytes of an outcome record with one step and no violations, before its engines. */
const HEADER = 20 + 3;
const ENGINE = 12;

/**
 * Writes the outcome record (spec/wire-format.md) that a conforming delegate gives at program depth, from the decision
 * record at `record` and its outcome at `decision`, as FlatModel wrote it for program depth.
 *
 * @returns the offset behind the record
 */
export function writeExpectedOutcome(
  block: Uint8Array,
  blockView: DataView,
  record: number,
  decisions: Uint8Array,
  decision: number,
  out: Uint8Array,
  view: DataView,
  start: number,
): number {
  const error = decisions[decision] ?? 0;
  const engines = decisions[decision + 1] ?? 0;
  out.fill(0, start, start + HEADER);
  out[start + 4] = 1; // version
  out[start + 6] = 1; // steps
  out[start + 7] = engines;
  out[start + 20] = error;
  out[start + 21] = error === ERROR_CODES.Ok ? 0 : PHASE_LOAD;
  let at = start + HEADER;
  let engine = optionsEnd(block, blockView, record);
  for (let i = 0; i < engines; i++) {
    const from = decision + OUTCOME_HEADER + i * OUTCOME_ENGINE;
    const rejected = error !== ERROR_CODES.Ok && i === engines - 1;
    if (((decisions[from + 1] ?? 0) & FLAG_WARNED) !== 0) out[start + 22] = 1;
    at = writeEngine(block, engine, decisions, from, rejected, out, view, at);
    engine = specsEnd(block, blockView, engine);
  }
  view.setUint32(start, at - start, true);
  return at;
}

function writeEngine(
  block: Uint8Array,
  engine: number,
  decisions: Uint8Array,
  from: number,
  rejected: boolean,
  out: Uint8Array,
  view: DataView,
  start: number,
): number {
  out.fill(0, start, start + ENGINE);
  const flags = block[engine + ENGINE_FLAGS] ?? 0;
  let at = writeCall(out, start + ENGINE, CALL_DESERIALIZE, (flags & FLAG_DESERIALIZE_NULL) === 0);
  if (((decisions[from + 1] ?? 0) & FLAG_AUTOMATIC_READ) !== 0) {
    at = writeCall(out, at, CALL_AUTOMATIC, true, block, engine + ENGINE_AUTOMATIC);
  }
  const sets = decisions[from + 2] ?? 0;
  let accepted = false;
  for (let i = 0; i < sets; i++) {
    accepted = (((decisions[from + 3] ?? 0) >> i) & 1) === 1;
    at = writeCall(out, at, CALL_SET, accepted, decisions, from + 8 + 8 * i);
  }
  if (accepted) {
    out[start + 1] = decisions[from] ?? 0;
    out[start + 2] = 1;
    for (let i = 0; i < 8; i++) out[start + 4 + i] = decisions[from + 8 * sets + i] ?? 0;
  }
  const contextRefused = decisions[from + OUTCOME_CONTEXT_REFUSED] === 1;
  if (!rejected || contextRefused) at = writeCall(out, at, CALL_CONTEXT, !contextRefused);
  out[start + 3] = (at - start - ENGINE) / CALL_SIZE;
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
  return at + CALL_SIZE;
}
