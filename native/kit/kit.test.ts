import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { converse, helloLine } from '../process/conversation.js';
import { decisionLines } from './decision-lines.js';
import { makeKit } from './make-kit.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'wsb-kit-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const read = (name: string): object =>
  JSON.parse(readFileSync(join(root, `spec/schemas/${name}.schema.json`), 'utf8')) as object;
const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });
for (const name of ['common', 'request', 'outcome', 'protocol']) ajv.addSchema(read(name));
const FROM_SUBJECT =
  'https://trt-delegate-conformance.example/spec/0.2/protocol.schema.json#/$defs/fromSubject';

/** Asks an executable at decision depth. */
async function decide(command: readonly string[], seed: number, flush: 'each' | 'batch') {
  const lines = decisionLines(seed);
  const [program = '', ...args] = command;
  const conversation = await converse(program, args, [
    helloLine({ flush }),
    ...lines.map(
      (line, index) => `${JSON.stringify({ message: 'decide', seq: index + 1, case: line.case })}\n`,
    ),
    '{"message":"stop"}\n',
  ]);
  const expected = lines.flatMap((line, index) => [
    { message: 'begin', seq: index + 1 },
    { message: 'decision', seq: index + 1, decision: line.expected },
  ]);
  return { ...conversation, expected };
}

describe.each([
  ['subject.cpp', () => makeKit(scratch, 'subject').then((file) => [file])],
  ['subject.py', () => Promise.resolve(['python3', join(root, 'native/kit/subject.py')])],
])('%s', (name, prepare) => {
  let command: readonly string[] = [];
  beforeAll(async () => {
    command = await prepare();
  }, 60_000);

  it('has at most 150 lines of C++', () => {
    const lines = readFileSync(join(root, 'native/kit', name), 'utf8')
      .trimEnd()
      .split('\n');
    if (name.endsWith('.cpp')) expect(lines.length).toBeLessThanOrEqual(150);
  });

  it.each(['batch', 'each'] as const)('conforms at decision depth, with the flush "%s"', async (flush) => {
    const { hello, lines, expected: all, exitCode } = await decide(command, 20261122, flush);
    expect(hello).toMatchObject({ capabilities: { decision: true, program: false } });
    expect(lines).toEqual(all);
    expect(exitCode).toBe(0);
    for (const line of [hello, ...lines]) expect(ajv.validate(FROM_SUBJECT, line)).toBe(true);
  });

  it('exits when its input ends', async () => {
    const [program = '', ...args] = command;
    expect((await converse(program, args, [helloLine()])).exitCode).toBe(0);
  });
});
