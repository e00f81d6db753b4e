import { runReference } from '../../../reference/index.js';
import { buildRequest } from '../../model/build-request.js';
import { scenarioRequest } from '../../model/scenario/scenario-request.js';
import { bytesOf } from '../../model/text.js';
import { BINARY_FRAMING } from '../../protocol/binary-framing.js';
import { jsonFraming } from '../../protocol/json-framing.js';
import type { Framing } from '../../protocol/message.js';
import { ProtocolFault } from '../../protocol/protocol-fault.js';
import { loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { outcomeToJson } from '../../wire/json/json-outcome.js';
import type { ReaderTarget } from './reader-target.js';
import { takenOrRefused } from './taken-or-refused.js';

/** What a subject writes after its hello: binary frames, and lines of JSON. */
export const ANSWERS_TARGET: ReaderTarget = {
  name: 'answers',
  what: 'the frames and lines by which a subject answers',
  read: (input) =>
    [BINARY_FRAMING, jsonFraming(loadSchemas(suiteRoot()))]
      .map((framing) => messagesText(framing, input))
      .join('\n'),
  twin: 'none',
  seeds: () => [...framesOf(OUTCOME), bytesOf(LINES)],
};

const OUTCOME = runReference(buildRequest(scenarioRequest({ spec: '+5' })));
const LINES = [
  { message: 'begin', seq: 1 },
  { message: 'outcome', seq: 1, outcome: outcomeToJson(OUTCOME) },
  { message: 'failure', seq: null, reason: 'no' },
]
  .map((message) => `${JSON.stringify(message)}\n`)
  .join('');

function messagesText(framing: Framing, input: Uint8Array): string {
  return takenOrRefused([ProtocolFault], () => {
    const kinds: string[] = [];
    let rest = Buffer.from(input);
    for (let next = framing.read(rest); next !== null; next = framing.read(rest)) {
      kinds.push(next.message.kind);
      rest = rest.subarray(next.size);
    }
    return kinds.join(' ');
  });
}

function framesOf(outcome: typeof OUTCOME): Uint8Array[] {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(1);
  return [frame('b', count), frame('r', encodedOutcome(outcome)), frame('f', bytesOf('it broke'))];
}

function frame(kind: string, payload: Uint8Array): Uint8Array {
  const header = Buffer.alloc(9);
  header.writeUInt32LE(header.length + payload.length);
  header.write(kind, 4, 'latin1');
  header.writeUInt32LE(1, 5);
  return new Uint8Array(Buffer.concat([header, payload]));
}
