import { describe, expect, it } from 'vitest';
import { runReference } from '../../../reference/host/run-reference.js';
import { cText } from '../../../reference/rules/c-string.js';
import { readProgram } from '../../../reference/program/read-program.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { decodeOutcome } from '../../wire/decode-outcome.js';
import { decodeRequests } from '../../wire/decode-request.js';
import { encodeOutcome } from '../../wire/encode-outcome.js';
import { decodeDecision } from '../../wire/decode-decision.js';
import { newMemory } from '../../wire/memory.js';
import { FlatModel } from './flat-model.js';
import { writeExpectedOutcome } from './flat-outcome.js';
import { FlatRequest } from './flat-request.js';
import { Random } from '../../generators/random.js';
import { writeCase } from './write-case.js';

const CASES = 3000;

const block = newMemory(1 << 18);
const out = newMemory(1 << 20);

/** Calls back with every generated case, written at the beginning of `block`. */
function generate(seed: number, use: () => void): void {
  const random = new Random(seed);
  for (let i = 0; i < CASES; i++) {
    writeCase(random, block, 0, i < 100);
    use();
  }
}

describe('FlatRequest', () => {
  const flat = new FlatRequest();

  it('writes a program with the delegates and compile specs of the case', () => {
    generate(21, () => {
      const size = flat.write(block, 0, out, 0);
      const request = decodeRequests(out.bytes.slice(0, size))[0];
      const read = readProgram(request?.program ?? new Uint8Array());
      const methods = read.ok ? read.program.methods : [];
      expect(methods.map((method) => [method.name, method.entryFault, method.exitFault])).toEqual([
        ['forward', null, null],
      ]);
      const specs = methods[0]?.delegates.map((delegate) => delegate.compileSpecs);
      const expected = decodeDecision(block.bytes, 0).engines.map(({ specs }) => ({
        ok: true,
        value: specs.map(({ key, value }) => ({ key: cText(key), value })),
      }));
      expect(specs).toEqual(expected);
    });
  });

  it('asks of the readable model what the flat model answers', () => {
    const model = new FlatModel('program');
    const decision = newMemory(1 << 14);
    const writer = new ByteWriter();
    generate(22, () => {
      const size = flat.write(block, 0, out, 0);
      const request = decodeRequests(out.bytes.slice(0, size))[0];
      if (request === undefined) throw new Error('no request was written');
      writer.clear();
      encodeOutcome(writer, runReference(request));
      model.decide(block, 0, decision, 0);
      const end = writeExpectedOutcome(block, 0, decision.bytes, out, 0);
      const expected = out.bytes.slice(0, end);
      if (Buffer.compare(expected, writer.view()) !== 0) {
        expect(decodeOutcome(expected)).toEqual(decodeOutcome(writer.take()));
      }
      expect(expected).toEqual(writer.take());
    });
  });
});
