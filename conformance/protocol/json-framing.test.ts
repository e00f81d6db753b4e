import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import type { AnyLoadRequest } from '../../reference/request/load-request.js';
import { encodedRequest } from '../wire/encode-request.js';
import { appendBytes } from './append-bytes.js';
import { CaseBatch } from './case-batch.js';
import { jsonFraming } from './json-framing.js';
import type { SubjectMessage } from './message.js';
import { MOST_MESSAGE_BYTES } from './process-limits.js';
import { ProtocolFault } from './protocol-fault.js';

const framing = jsonFraming(loadSchemas(suiteRoot()));

/** What is read of bytes that come in pieces, and what is left over. */
function readAll(pieces: readonly Uint8Array[]): { messages: SubjectMessage[]; rest: Buffer } {
  const messages: SubjectMessage[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for (const piece of pieces) {
    rest = appendBytes(rest, Buffer.from(piece));
    for (let next = framing.read(rest); next !== null; next = framing.read(rest)) {
      messages.push(next.message);
      rest = rest.subarray(next.size);
    }
  }
  return { messages, rest };
}

const begin = fc.nat().map((seq) => ({ message: 'begin', seq }));
const failure = fc.record({
  message: fc.constant('failure'),
  seq: fc.oneof(fc.nat(), fc.constant(null)),
  reason: fc.string({ unit: 'binary' }),
});

describe('a case in JSON', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });
  for (const name of ['common', 'request', 'outcome', 'protocol']) {
    const file = join(suiteRoot(), `spec/schemas/${name}.schema.json`);
    ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object);
  }
  const FROM_RUNNER =
    'https://trt-delegate-conformance.example/spec/0.2/protocol.schema.json#/$defs/fromRunner';
  const request: AnyLoadRequest = {
    program: Uint8Array.of(1, 2),
    verification: 'minimal',
    device: { totalBytes: 1n, freeBytes: 1n, faults: [] },
    module: null,
    steps: [{ op: 'execute', method: 'forward' }],
  };

  it.each([
    ['its bytes', Uint8Array.of(1, 2), { hex: '0102' }],
    ['its path', { path: '/a b.pte', size: 2 ** 40, read: () => new Uint8Array() }, { path: '/a b.pte' }],
  ])('gives a program by %s', (_, program, told) => {
    const batch = CaseBatch.of('program', encodedRequest({ ...request, program }));
    const line = new TextDecoder().decode(framing.batch(batch, 1));
    const message: unknown = JSON.parse(line);
    expect(message).toMatchObject({ message: 'run', seq: 1, request: { program: told } });
    expect(ajv.validate(FROM_RUNNER, message)).toBe(true);
  });
});

describe('JSON lines', () => {
  it('are read whole, wherever they are split', () => {
    const lines = fc.array(fc.oneof(begin, failure), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lines, fc.array(fc.nat(2000)), (said, cuts) => {
        const bytes = Buffer.from(said.map((message) => `${JSON.stringify(message)}\n`).join(''));
        const at = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        const { messages, rest } = readAll(pieces);
        expect(messages).toEqual(readAll([bytes]).messages);
        expect(messages.map(({ seq }) => seq)).toEqual(said.map(({ seq }) => seq));
        expect(rest).toHaveLength(0);
      }),
    );
  });

  it('that are none are faults of the subject, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const line = Buffer.concat([bytes.filter((byte) => byte !== 0x0a), Buffer.from('\n')]);
        expect(() => framing.read(line)).toThrow(ProtocolFault);
      }),
      { numRuns: 1000 },
    );
  });

  it('with a byte changed are messages still or faults of the subject', () => {
    const said = Buffer.from('{"message":"failure","seq":12,"reason":"no engine é"}\n');
    fc.assert(
      fc.property(fc.nat(said.length - 2), fc.integer({ min: 0x80, max: 0xff }), (at, byte) => {
        const line = Buffer.from(said);
        line[at] = byte;
        try {
          expect(framing.read(line)?.message).toMatchObject({ kind: 'failure', seq: 12 });
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolFault);
        }
      }),
    );
  });

  it.each([
    ['[]', /is not a JSON object/],
    ['null', /is not a JSON object/],
    ['{"message":"end"}', /an unknown message/],
    ['{"message":"begin"}', /does not have the members/],
    ['{"message":"begin","seq":1.5}', /does not have the members/],
    ['{"message":"begin","seq":"1"}', /does not have the members/],
    ['{"message":"begin","seq":1,"more":2}', /does not have the members/],
    ['{"message":"failure","seq":1}', /a failure without a reason/],
    ['{"message":"outcome","seq":1,"outcome":{}}', /an invalid outcome/],
    ['{"message":"decision","seq":1,"decision":{}}', /./],
  ])('like %s are refused', (text, message) => {
    expect(() => framing.read(Buffer.from(`${text}\n`))).toThrow(ProtocolFault);
    expect(() => framing.read(Buffer.from(`${text}\n`))).toThrow(message);
  });

  it('end at 16 MiB, with or without a line feed', () => {
    const text = (bytes: number): Buffer => {
      const empty = '{"message":"failure","seq":1,"reason":""}';
      return Buffer.from(empty.replace('""', `"${'x'.repeat(bytes - empty.length - 1)}"`));
    };
    const longest = Buffer.concat([text(MOST_MESSAGE_BYTES), Buffer.from('\n')]);
    expect(longest).toHaveLength(MOST_MESSAGE_BYTES);
    expect(framing.read(longest)?.size).toBe(MOST_MESSAGE_BYTES);
    const longer = Buffer.concat([text(MOST_MESSAGE_BYTES + 1), Buffer.from('\n')]);
    expect(() => framing.read(longer)).toThrow(/more than 16,777,216 bytes/);
    expect(framing.read(Buffer.alloc(MOST_MESSAGE_BYTES, 'x'))).toBeNull();
    expect(() => framing.read(Buffer.alloc(MOST_MESSAGE_BYTES + 1, 'x'))).toThrow(/more than 16,777,216/);
  });
});
