import { decodePlan } from '../../reference/index.js';
import { decodeAnyRequests } from '../wire/decode-request.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { outcomeFromJson, type OutcomeJson } from '../wire/json/json-outcome.js';
import { bytesToHex, nameToJson } from '../wire/json/json-bytes.js';
import { planToJson } from '../wire/json/json-plan.js';
import { loadToJson } from '../wire/json/json-request.js';
import { WireError } from '../wire/wire-error.js';
import type { Schemas } from '../spec/schemas.js';
import type { Depth } from '../model/depth.js';
import type { CaseBatch } from './case-batch.js';
import { decideLine } from './decide-line.js';
import { decisionRecord } from './decision-record.js';
import type { Framing, SubjectMessage } from './message.js';
import { MOST_MESSAGE_BYTES } from './process-limits.js';
import { ProtocolFault } from './protocol-fault.js';
import { utf8Text } from './utf8-text.js';

const LINE_FEED = 0x0a;
const SHOWN = 120;

/** JSON lines (spec/protocol.md). `schemas` judge the outcomes. */
export function jsonFraming(schemas: Schemas): Framing {
  return {
    plan: (sha256, plan) => line({ message: 'plan', sha256, plan: planJson(plan) }),
    batch: (batch, seq) => Buffer.from(batchLines(batch, seq)),
    stop: () => line({ message: 'stop' }),
    read: (bytes) => {
      const end = bytes.indexOf(LINE_FEED);
      if ((end < 0 ? bytes.length : end + 1) > MOST_MESSAGE_BYTES) {
        throw new ProtocolFault('it wrote a line of more than 16,777,216 bytes');
      }
      if (end < 0) return null;
      return { message: messageOf(utf8Text(bytes.subarray(0, end)), schemas), size: end + 1 };
    },
  };
}

function batchLines(batch: CaseBatch, seq: number): string {
  const write = batch.depth === 'program' ? runLine : decideLine;
  let lines = '';
  for (let at = 0; at < batch.count; at++) lines += write(batch.record(at), seq + at);
  return lines;
}

/** The file of a program, which is named alone. */
const NOT_READ = {
  size: 0,
  read: (): never => {
    throw new Error('The file of a program is not read to name it.');
  },
};

/** The message `run` of a request record as a line; all bytes in hexadecimal. */
function runLine(record: Uint8Array, seq: number): string {
  const [request] = decodeAnyRequests(record, (path) => ({ ...NOT_READ, path }));
  if (request === undefined) throw new Error('The record of a case is empty.');
  const hex = (bytes: Uint8Array): { readonly hex: string } => ({ hex: bytesToHex(bytes) });
  const { program } = request;
  const given = program instanceof Uint8Array ? hex(program) : { path: nameToJson(program.path) };
  const json = { program: given, ...loadToJson(request, hex) };
  return `${JSON.stringify({ message: 'run', seq, request: json })}\n`;
}

function planJson(plan: Uint8Array): unknown {
  const decoded = decodePlan(plan);
  if (decoded.ok) return planToJson(decoded.plan);
  throw new Error(`A recorded plan is invalid: ${decoded.fault}.`);
}

function line(message: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(message)}\n`);
}

function messageOf(text: string, schemas: Schemas): SubjectMessage {
  const said = parsed(text);
  switch (said['message']) {
    case 'begin':
      return { kind: 'begin', seq: membersOf(said, 2, text), count: 1 };
    case 'decision': {
      const seq = membersOf(said, 3, text);
      return answer('decision', seq, decisionRecord(said['decision'], seq));
    }
    case 'outcome': {
      const seq = membersOf(said, 3, text);
      return answer('program', seq, outcomeRecord(said['outcome'], seq, schemas));
    }
    case 'failure':
      return failureOf(said, text);
    default:
      throw new ProtocolFault(`it wrote a line with an unknown message: ${shown(text)}`);
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (cause) {
    throw new ProtocolFault(`it wrote a line that is not JSON: ${shown(text)}`, null, { cause });
  }
  if (typeof said === 'object' && said !== null && !Array.isArray(said)) {
    return said as Readonly<Record<string, unknown>>;
  }
  throw new ProtocolFault(`it wrote a line that is not a JSON object: ${shown(text)}`);
}

/** The `seq` of a message that has so many members. */
function membersOf(said: Readonly<Record<string, unknown>>, count: number, text: string): number {
  const seq = said['seq'];
  if (Number.isSafeInteger(seq) && Object.keys(said).length === count) return Number(seq);
  throw new ProtocolFault(
    `it wrote a line that does not have the members that the protocol names: ${shown(text)}`,
  );
}

function failureOf(said: Readonly<Record<string, unknown>>, text: string): SubjectMessage {
  const { seq, reason } = said;
  if (typeof reason !== 'string')
    throw new ProtocolFault(`it wrote a failure without a reason: ${shown(text)}`);
  return { kind: 'failure', seq: seq === null ? null : membersOf(said, 3, text), reason };
}

function answer(depth: Depth, seq: number, bytes: Uint8Array): SubjectMessage {
  return { kind: 'answers', depth, seq, count: 1, bytes };
}

function outcomeRecord(json: unknown, seq: number, schemas: Schemas): Uint8Array {
  const faults = schemas.faults('outcome', json);
  if (faults.length > 0) throw new ProtocolFault(`it wrote an invalid outcome: ${faults.join('; ')}`, seq);
  try {
    return encodedOutcome(outcomeFromJson(json as OutcomeJson));
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new ProtocolFault(`it wrote an outcome that is too large: ${cause.message}`, seq, { cause });
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
