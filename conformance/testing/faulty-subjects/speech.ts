import { writeSync } from 'node:fs';
import { decodeDecisionOutcome } from '../../wire/decode-decision.js';
import { decodeOutcome } from '../../wire/decode-outcome.js';
import { outcomeToJson } from '../../wire/json/json-outcome.js';
import type { FramingName } from '../../protocol/hello.js';
import type { Depth } from '../../model/depth.js';

const STDOUT = 1;
const HEADER_BYTES = 9;

/** A case with an answer to it, a record of its depth. */
interface AnsweredCase {
  readonly depth: Depth;
  readonly seq: number;
  readonly answer: Uint8Array;
}

/** What a subject says, in the framing that it chose. Everything is written through at once. */
export class Speech {
  constructor(readonly framing: FramingName) {}

  /** Writes bytes as they are. */
  raw(bytes: Uint8Array | string): void {
    const all = Buffer.from(bytes);
    for (let at = 0; at < all.length;) at += writeSync(STDOUT, all, at);
  }

  /** The message that a case begins. */
  begin(seq: number): Uint8Array {
    if (this.framing === 'json-lines') return line({ message: 'begin', seq });
    const count = Buffer.alloc(4);
    count.writeUInt32LE(1);
    return frame('b', seq, count);
  }

  /** The message with the answer to a case. */
  answer({ depth, seq, answer: record }: AnsweredCase): Uint8Array {
    if (this.framing === 'binary') return frame(depth === 'program' ? 'r' : 'd', seq, record);
    if (depth === 'program')
      return line({ message: 'outcome', seq, outcome: outcomeToJson(decodeOutcome(record)) });
    return line({ message: 'decision', seq, decision: decisionJson(record) });
  }

  /** That a case begins, and its answer. */
  right(given: AnsweredCase): Uint8Array {
    return Buffer.concat([this.begin(given.seq), this.answer(given)]);
  }

  /** As {@link answer}, with an error in the record that there is not. */
  none({ depth, seq, answer: record }: AnsweredCase): Uint8Array {
    if (this.framing === 'json-lines') {
      const error = { error: 'NoError' };
      return depth === 'program'
        ? line({ message: 'outcome', seq, outcome: error })
        : line({ message: 'decision', seq, decision: error });
    }
    return frame(depth === 'program' ? 'r' : 'd', seq, record.with(depth === 'program' ? 4 : 0, 0xee));
  }

  /** The message that a case could not be carried out. */
  failure(seq: number, reason: string): Uint8Array {
    if (this.framing === 'json-lines') return line({ message: 'failure', seq, reason });
    return frame('f', seq, Buffer.from(reason));
  }
}

function decisionJson(record: Uint8Array): unknown {
  const { rejected, engines } = decodeDecisionOutcome(record, 0);
  return {
    error: rejected ? 'InvalidProgram' : 'Ok',
    engines: engines.map((engine) => ({
      ...engine,
      sets: engine.sets.map(({ budget, ok }) => ({ budget: String(budget), ok })),
    })),
  };
}

function line(message: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(message)}\n`);
}

function frame(kind: string, seq: number, payload: Uint8Array): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(HEADER_BYTES + payload.length, 0);
  header.write(kind, 4, 'latin1');
  header.writeUInt32LE(seq, 5);
  return Buffer.concat([header, payload]);
}
