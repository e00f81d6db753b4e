import { ERROR_CODES, type ErrorName } from '../../reference/outcome/error-code.js';
import { FLAG_AUTOMATIC_READ, FLAG_WARNED, OUTCOME_ENGINE, OUTCOME_HEADER } from '../wire/decision-format.js';
import { SOURCES } from '../wire/outcome-codes.js';
import { ProtocolFault } from './protocol-fault.js';

const MOST_ENGINES = 64;
const MOST_SETS = 255;
const KEPT_ANSWERS = 8;
const INT64 = /^(?:0|-?[1-9][0-9]{0,18})$/;

/**
 * The decision outcome as bytes that a `decision` of spec/protocol.md stands for. Checked by hand:
 * generated cases in bulk run through here.
 *
 * @throws ProtocolFault when it is invalid; `seq` is its case.
 */
export function decisionRecord(json: unknown, seq: number): Uint8Array {
  const { error, engines } = objectOf(json, 2, 'decision', seq);
  const code =
    typeof error === 'string' && Object.hasOwn(ERROR_CODES, error) ? ERROR_CODES[error as ErrorName] : null;
  if (code === null) throw faultOf('error', seq);
  if (!Array.isArray(engines) || engines.length === 0 || engines.length > MOST_ENGINES) {
    throw faultOf('engines', seq);
  }
  const bytes = Buffer.alloc(OUTCOME_HEADER + OUTCOME_ENGINE * engines.length);
  bytes[0] = code;
  bytes[1] = engines.length;
  for (const [index, engine] of engines.entries()) {
    writeEngine(bytes, OUTCOME_HEADER + OUTCOME_ENGINE * index, engine, seq);
  }
  return bytes;
}

function writeEngine(bytes: Buffer, at: number, json: unknown, seq: number): void {
  const { source, warned, automaticRead, sets } = objectOf(json, 4, 'engine', seq);
  const code = SOURCES.findIndex((known) => known === source);
  if (code < 0) throw faultOf('source', seq);
  bytes[at] = code;
  if (typeof warned !== 'boolean') throw faultOf('warned', seq);
  if (typeof automaticRead !== 'boolean') throw faultOf('automaticRead', seq);
  bytes[at + 1] = (warned ? FLAG_WARNED : 0) | (automaticRead ? FLAG_AUTOMATIC_READ : 0);
  if (!Array.isArray(sets) || sets.length > MOST_SETS) throw faultOf('sets', seq);
  bytes[at + 2] = sets.length;
  let answers = 0;
  for (const [n, set] of sets.entries()) {
    const { budget, ok } = objectOf(set, 2, 'set', seq);
    if (typeof ok !== 'boolean') throw faultOf('ok', seq);
    if (ok && n < KEPT_ANSWERS) answers |= 1 << n;
    const value = int64(budget, seq);
    if (n < 2) bytes.writeBigInt64LE(value, at + 8 + 8 * n);
  }
  bytes[at + 3] = answers;
}

function int64(text: unknown, seq: number): bigint {
  const value = typeof text === 'string' && INT64.test(text) ? BigInt(text) : null;
  if (value === null || value !== BigInt.asIntN(64, value)) throw faultOf('budget', seq);
  return value;
}

function objectOf(
  json: unknown,
  members: number,
  what: string,
  seq: number,
): Readonly<Record<string, unknown>> {
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  if (isObject && Object.keys(json).length === members) return json as Readonly<Record<string, unknown>>;
  throw new ProtocolFault(
    `it wrote a decision whose ${what} does not have the members that the protocol names`,
    seq,
  );
}

function faultOf(member: string, seq: number): ProtocolFault {
  return new ProtocolFault(`it wrote a decision with an invalid ${member}`, seq);
}
