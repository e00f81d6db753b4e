import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportRequest } from '../model/scenario/export-scenario.js';
import { LIMITS } from '../protocol/process-limits.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import type { Exporter } from './exporter.js';
import { openExporter } from './open-exporter.js';

const folder = mkdtempSync(join(tmpdir(), 'wsb-exporter-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const HELLO = {
  message: 'hello',
  version: 1,
  name: 'scripted',
  versions: { scripted: '1' },
  capabilities: Object.fromEntries(
    ['validate', 'blob', 'program', 'methods', 'export', 'partitioner', 'formats'].map((name) => [
      name,
      true,
    ]),
  ),
};
const REQUEST = exportRequest({});
const REFUSED = { message: 'refused', seq: 1, error: 'other', text: 'no', warnings: [] };

let scripts = 0;

/** An exporter that for each message that it reads writes one of these, or does as it says. */
function scripted(...answers: readonly (object | string)[]): Promise<Exporter> {
  return waitedFor(5000, ...answers);
}

/** As {@link scripted}, waited for so many milliseconds. */
function waitedFor(limit: number, ...answers: readonly (object | string)[]): Promise<Exporter> {
  const file = join(folder, `exporter-${++scripts}.mjs`);
  const lines = answers.map((each) =>
    typeof each === 'string' ? each : `write(${JSON.stringify(JSON.stringify(each))})`,
  );
  writeFileSync(
    file,
    `import readline from 'node:readline';
const write = (text) => process.stdout.write(text + '\\n');
const acts = [${lines.map((act) => `() => { ${act}; }`).join(',\n')}];
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (JSON.parse(line).message === 'stop') break;
  acts.shift()?.();
}
`,
  );
  const limits = { ...LIMITS, hello: 10_000, case: limit, exit: 500 };
  const setup = {
    root: suiteRoot(),
    version: '0',
    schemas: loadSchemas(suiteRoot()),
    limits,
    isTimed: true,
    env: [],
  };
  return openExporter(`exec:${process.execPath} ${file}`, setup);
}

describe('an exporter in a process of its own', () => {
  it('answers one request after another, and ends', async () => {
    const exporter = await scripted(HELLO, REFUSED, { ...REFUSED, seq: 2, error: 'TypeError' });
    expect(exporter.versions).toEqual({ scripted: '1' });
    expect(await exporter.ask(REQUEST)).toMatchObject({ kind: 'refused', error: 'other' });
    expect(await exporter.ask(REQUEST)).toMatchObject({ kind: 'refused', error: 'TypeError' });
    await exporter.close();
  });

  it.each([
    ['no JSON', 'write("hello")', /not JSON/],
    ['another message', { message: 'outcome' }, /answered the hello/],
    ['a capability that is missing', { ...HELLO, capabilities: {} }, /required property 'validate'/],
    ['a version that was not offered', { ...HELLO, version: 2 }, /version/],
    ['a name that moves the cursor', { ...HELLO, name: 'a\u001b[2J' }, /name/],
    ['that it cannot run', { message: 'failure', seq: null, reason: 'no torch' }, /it cannot run: no torch/],
    ['its end', 'process.exit(3)', /exited with 3/],
    ['what is no UTF-8', 'process.stdout.write(Buffer.from([0xff, 0x0a]))', /not UTF-8/],
  ])('is not used when its hello is %s', async (_, hello, message) => {
    await expect(scripted(hello)).rejects.toThrow(message);
  });

  it.each([
    ['the number of another request', { ...REFUSED, seq: 7 }, 'protocol-error', /request 7/],
    ['an unknown message', { message: 'done', seq: 1 }, 'protocol-error', /unknown message/],
    ['an unknown error', { ...REFUSED, error: 'KeyError' }, 'protocol-error', /error must be equal/],
    [
      'bytes that are no hexadecimal',
      { message: 'exported', seq: 1, program: { hex: 'xyz' }, warnings: [] },
      'protocol-error',
      /program/,
    ],
    [
      'a folder',
      { message: 'exported', seq: 1, program: { path: tmpdir() }, warnings: [] },
      'protocol-error',
      /cannot be read/,
    ],
    [
      'a file that is not there',
      { message: 'exported', seq: 1, program: { path: '/no/such.pte' }, warnings: [] },
      'protocol-error',
      /cannot be read/,
    ],
    ['a failure', { message: 'failure', seq: 1, reason: 'out of memory' }, 'protocol-error', /out of memory/],
    [
      'that it has no such thing',
      { message: 'unsupported', seq: 1, reason: 'no numpy' },
      'unsupported',
      /no numpy/,
    ],
    ['its end', 'process.exit(9)', 'crashed', /exited with 9/],
    ['a signal', 'process.kill(process.pid, "SIGSEGV")', 'crashed', /SIGSEGV/],
    [
      'a line without an end',
      'process.stdout.write("x".repeat(17 << 20))',
      'protocol-error',
      /more than 16777216 bytes/,
    ],
  ] as const)('tells a request that is answered by %s', async (_, answer, kind, message) => {
    const exporter = await scripted(HELLO, answer);
    expect(await exporter.ask(REQUEST)).toMatchObject({
      kind,
      message: expect.stringMatching(message) as string,
    });
    await exporter.close();
  });

  it('takes a fresh process behind one that broke, and gives up one that hangs again and again', async () => {
    const exporter = await scripted(HELLO, 'process.exit(1)');
    expect(await exporter.ask(REQUEST)).toMatchObject({ kind: 'crashed' });
    expect(await exporter.ask(REQUEST)).toMatchObject({ kind: 'crashed' });
    await exporter.close();
    const hung = await waitedFor(200, HELLO);
    const kinds: string[] = [];
    for (let n = 0; n < 4; n++) kinds.push((await hung.ask(REQUEST)).kind);
    expect(kinds).toEqual(['timed-out', 'timed-out', 'timed-out', 'inconclusive']);
    await hung.close();
  });

  it('is put together from its delegates where it writes no file', async () => {
    const spec = { key: 'target_device', value: { hex: Buffer.from('cuda:0').toString('hex') } };
    const methods = [{ name: 'forward', delegates: [{ compileSpecs: [spec], blob: null }] }];
    const exporter = await scripted(HELLO, { message: 'delegates', seq: 1, methods, warnings: [] });
    const answer = await exporter.ask(REQUEST);
    expect(answer.kind === 'exported' && answer.program !== null && answer.program.length > 500).toBe(true);
    await exporter.close();
  });
});
