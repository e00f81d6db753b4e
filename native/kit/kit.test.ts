import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ALL_CASES } from '../../conformance/cases/all-cases.js';
import { buildRequest } from '../../conformance/model/build-request.js';
import { ByteWriter } from '../../conformance/wire/byte-writer.js';
import { decodeOutcomes } from '../../conformance/wire/decode-outcome.js';
import { encodeRequest } from '../../conformance/wire/encode-request.js';
import { runReference, type Outcome } from '../../reference/index.js';
import { converse, frame, helloLine, type Conversation } from '../process/conversation.js';
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

/**
 * Runs every hand-written case on a library, leaving out where budgets came from, which it does not
 * tell.
 */
async function run(library: string, ...args: string[]): Promise<Conversation & { outcomes: Outcome[] }> {
  const writer = new ByteWriter();
  const batches: Buffer[] = [];
  for (const [index, { request }] of ALL_CASES.entries()) {
    encodeRequest(writer, buildRequest(request));
    if (index % 500 !== 499 && index !== ALL_CASES.length - 1) continue;
    batches.push(frame('R', index - (index % 500) + 1, writer.take()));
    writer.clear();
  }
  const conversation = await converse(
    join(root, 'native/build/wsb-host'),
    ['--delegate', library, ...args],
    [helloLine(), ...batches, frame('S')],
  );
  const records = conversation.frames.filter(({ kind }) => kind === 'r').map(({ payload }) => payload);
  return { ...conversation, outcomes: decodeOutcomes(Buffer.concat(records)) };
}

const withoutSource = (outcome: Outcome): Outcome => ({
  ...outcome,
  engines: outcome.engines.map((engine) => ({ ...engine, source: null })),
});
const expected = ALL_CASES.map(({ request }) => withoutSource(runReference(buildRequest(request))));

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

describe('backend.cpp', () => {
  it('conforms under another id, and linked to TensorRT 10', async () => {
    const sonames = ['libnvinfer.so.10', 'libcudart.so.12'].map((name) => `native/build/sonames/${name}`);
    const library = await makeKit(scratch, 'backend.so', (command, args) => ({
      command: `${command} -DKIT_BACKEND_ID='"Acme"' -Wl,--no-as-needed ${sonames.join(' ')}`,
      args,
    }));
    const { hello, outcomes, exitCode } = await run(
      library,
      '--backend-id',
      'Acme',
      '--tensorrt-version',
      '101600',
    );
    expect(hello).toMatchObject({ capabilities: { program: true, decision: false, source: false } });
    expect(exitCode).toBe(0);
    expect(outcomes).toEqual(expected);
  }, 120_000);
});
