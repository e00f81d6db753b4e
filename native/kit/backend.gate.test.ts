import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

import { ALL_CASES as WRITTEN } from '../../conformance/cases/all-cases.js';
import { buildRequest } from '../../conformance/model/build-request.js';
import { ByteWriter } from '../../conformance/wire/byte-writer.js';
import { decodeOutcomes } from '../../conformance/wire/decode-outcome.js';
import { encodeRequest } from '../../conformance/wire/encode-request.js';
import { runReference, type Outcome } from '../../reference/index.js';
import { converse, frame, helloLine, type Conversation } from '../process/conversation.js';
import { makeKit } from './make-kit.js';

/** The kit cannot change budgets, and says so (WSB-SET-01). */
const ALL_CASES = WRITTEN.filter(({ request }) =>
  request.steps.every(({ op }) => op !== 'set-option' && op !== 'get-option'),
);

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'wsb-kit-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

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
