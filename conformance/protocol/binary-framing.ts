import { bytesFromHex } from '../wire/json/json-bytes.js';
import type { Depth } from '../model/depth.js';
import { answerEnds } from './answer-records.js';
import { isSound } from './is-sound.js';
import type { Framing, SubjectMessage } from './message.js';
import { MOST_MESSAGE_BYTES } from './process-limits.js';
import { ProtocolFault } from './protocol-fault.js';
import { utf8Text } from './utf8-text.js';

const HEADER_BYTES = 9;

/** Binary frames (spec/protocol.md). */
export const BINARY_FRAMING: Framing = {
  plan: (sha256, plan) => frame('P', 0, [bytesFromHex(sha256), plan]),
  batch: (batch, seq) => frame(batch.depth === 'program' ? 'R' : 'D', seq, [batch.bytes]),
  stop: () => frame('S', 0, []),
  read: (bytes) => {
    if (bytes.length < HEADER_BYTES) return null;
    const size = bytes.readUInt32LE(0);
    if (size < HEADER_BYTES || size > MOST_MESSAGE_BYTES) {
      throw new ProtocolFault(`it wrote a frame of ${size} bytes; 9 to 16,777,216 are allowed`);
    }
    if (bytes.length < size) return null;
    const kind = bytes.toString('latin1', 4, 5);
    return { message: messageOf(kind, bytes.readUInt32LE(5), bytes.subarray(HEADER_BYTES, size)), size };
  },
};

function messageOf(kind: string, seq: number, payload: Buffer): SubjectMessage {
  switch (kind) {
    case 'b': {
      if (payload.length === 4) return { kind: 'begin', seq, count: payload.readUInt32LE(0) };
      throw new ProtocolFault('it wrote a frame b without a count', seq);
    }
    case 'r':
      return answers('program', seq, payload);
    case 'd':
      return answers('decision', seq, payload);
    case 'f':
      return {
        kind: 'failure',
        seq: seq === 0 ? null : seq,
        reason: utf8Text(payload, seq === 0 ? null : seq),
      };
    default:
      throw new ProtocolFault(`it wrote a frame of the unknown kind ${JSON.stringify(kind)}`);
  }
}

function answers(depth: Depth, seq: number, payload: Buffer): SubjectMessage {
  const ends = answerEnds(depth, payload);
  if (ends === null || ends.length === 0) {
    throw new ProtocolFault('it wrote an answer that is not a sequence of whole records', seq);
  }
  let start = 0;
  for (const [index, end] of ends.entries()) {
    if (!isSound(depth, payload, start, end)) {
      throw new ProtocolFault(
        `it wrote an invalid ${depth === 'program' ? 'outcome' : 'decision'}`,
        seq + index,
      );
    }
    start = end;
  }
  return { kind: 'answers', depth, seq, count: ends.length, bytes: payload };
}

function frame(kind: string, seq: number, parts: readonly Uint8Array[]): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(
    parts.reduce((size, part) => size + part.length, HEADER_BYTES),
    0,
  );
  header.write(kind, 4, 'latin1');
  header.writeUInt32LE(seq, 5);
  return Buffer.concat([header, ...parts]);
}
