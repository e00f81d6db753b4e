import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';

import { ALL_CASES } from '../../conformance/cases/all-cases.js';
import { buildRequest } from '../../conformance/model/build-request.js';
import { CaseBlock } from '../../conformance/bulk/flat/case-block.js';
import { newMemory } from '../../conformance/wire/memory.js';
import { FlatModel } from '../../conformance/bulk/flat/flat-model.js';
import { MAX_OUTCOME } from '../../conformance/wire/decision-format.js';
import { ByteWriter } from '../../conformance/wire/byte-writer.js';
import { encodedOutcome } from '../../conformance/wire/encode-outcome.js';
import { encodeRequest } from '../../conformance/wire/encode-request.js';
import { CAPABILITIES } from '../../conformance/protocol/capabilities.js';
import { rulesUnder, runReference, scriptedPlan, encodePlan, type Policy } from '../../reference/index.js';
import { converse, frame, helloLine, type Conversation, type HelloOptions } from './conversation.js';

const build = fileURLToPath(new URL('../build/', import.meta.url));
const host = join(build, 'wsb-host');
const delegate = join(build, 'libtensorrt_delegate.so');
const scratch = mkdtempSync(join(tmpdir(), 'wsb-host-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const say = (parts: readonly Uint8Array[], hello: HelloOptions = {}): Promise<Conversation> =>
  converse(host, ['--delegate', delegate], [helloLine(hello), ...parts]);

const requests = ALL_CASES.map(({ request }) => buildRequest(request));
const encoded = (some: typeof requests): Uint8Array => {
  const writer = new ByteWriter();
  for (const request of some) encodeRequest(writer, request);
  return writer.take();
};
const expected = (some: typeof requests, policy: Policy = 'fitting'): Buffer =>
  Buffer.concat(some.map((request) => encodedOutcome(runReference(request, { rules: rulesUnder(policy) }))));
const two = requests.slice(0, 2);

const answered = ({ frames }: Conversation, kind: string): Buffer =>
  Buffer.concat(frames.filter((each) => each.kind === kind).map(({ payload }) => payload));
const kinds = ({ frames }: Conversation): string => frames.map(({ kind, seq }) => `${kind}${seq}`).join(' ');
const reason = ({ frames }: Conversation): string => frames.at(-1)?.payload.toString() ?? '';

describe('hello', () => {
  it('chooses binary frames and names every capability', async () => {
    const { hello, exitCode } = await say([frame('S')]);
    expect(hello).toMatchObject({ message: 'hello', version: 1, framing: 'binary', name: 'wsb-host' });
    expect(hello['versions']).toEqual({ executorch: '1.5.1', tensorrt: '11.1.0 (simulated)' });
    expect(hello['capabilities']).toEqual(Object.fromEntries(CAPABILITIES.map((name) => [name, true])));
    expect(exitCode).toBe(0);
  });

  it.each([
    ['no version in common', { versions: [2, 3] }, 'does not speak version 1'],
    ['no binary frames', { framings: ['json-lines'] }, 'does not offer binary frames'],
    ['a progress file that is not there', { progress: '/nowhere/progress' }, "can't be opened"],
  ])('refuses %s', async (_what, options, why) => {
    const { hello, exitCode } = await say([], options);
    expect(hello).toMatchObject({ message: 'failure', seq: null });
    expect(hello['reason']).toContain(why);
    expect(exitCode).toBe(3);
  });

  it.each(['', 'hello\n', '{"message":"stop"}\n', '{"message":"hello"}\n'])('refuses %j', async (line) => {
    expect((await converse(host, ['--delegate', delegate], [line])).exitCode).toBe(3);
  });
});

describe('run', () => {
  it('gives what the reference gives, for every case', async () => {
    const batches: Buffer[] = [];
    for (let at = 0; at < requests.length; at += 500) {
      batches.push(frame('R', at + 1, encoded(requests.slice(at, at + 500))));
    }
    const conversation = await say([...batches, frame('S')]);
    expect(answered(conversation, 'r').equals(expected(requests))).toBe(true);
    expect(conversation.hello['policy']).toBe('fitting');
    expect(conversation.exitCode).toBe(0);
  }, 60_000);

  it('follows the policy that it is started with, and says so', async () => {
    const tight = ALL_CASES.filter(({ policy }) => policy === 'fitting').map(({ request }) =>
      buildRequest(request),
    );
    const upstream = await converse(
      host,
      ['--delegate', delegate, '--policy', 'upstream'],
      [helloLine({}), frame('R', 1, encoded(tight)), frame('S')],
    );
    expect(upstream.hello['policy']).toBe('upstream');
    expect(answered(upstream, 'r').equals(expected(tight, 'upstream'))).toBe(true);
    expect(expected(tight, 'upstream').equals(expected(tight))).toBe(false);
  });

  it('announces a batch as a whole with the flush "batch"', async () => {
    const conversation = await say([frame('R', 1, encoded(two)), frame('R', 3, encoded(two)), frame('S')]);
    expect(kinds(conversation)).toBe('b1 r1 b3 r3');
    expect(conversation.frames[0]?.payload.readUInt32LE()).toBe(2);
    expect(answered(conversation, 'r').equals(expected([...two, ...two]))).toBe(true);
  });

  it('announces and answers one by one with the flush "each"', async () => {
    const conversation = await say([frame('R', 1, encoded(two)), frame('S')], { flush: 'each' });
    expect(kinds(conversation)).toBe('b1 r1 b2 r2');
    expect(answered(conversation, 'r').equals(expected(two))).toBe(true);
  });

  it('notes the case at work in the progress file', async () => {
    const progress = join(scratch, 'progress');
    writeFileSync(progress, Buffer.alloc(8));
    await say([frame('R', 1, encoded(requests.slice(0, 7))), frame('S')], { progress });
    expect(readFileSync(progress).readUInt32LE()).toBe(7);
  });

  it('splits answers that are large', async () => {
    const many = requests.slice(0, 100);
    const parts = Array.from({ length: 10 }, () => encoded(many));
    const conversation = await say([frame('R', 1, Buffer.concat(parts)), frame('S')]);
    expect(answered(conversation, 'r').length).toBe(10 * expected(many).length);
  });

  it('ends when the input ends, wherever that is', async () => {
    const bytes = frame('R', 1, encoded(two));
    expect(await say([])).toMatchObject({ exitCode: 0, frames: [] });
    expect(await say([bytes.subarray(0, 5)])).toMatchObject({ exitCode: 0, frames: [] });
    expect(await say([bytes.subarray(0, -1)])).toMatchObject({ exitCode: 0, frames: [] });
    expect(kinds(await say([bytes]))).toBe('b1 r1');
  });
});

describe('decide', () => {
  it('gives what the flat model gives', async () => {
    const block = new CaseBlock();
    block.fill(20261122, 9);
    const outcomes = newMemory(block.count * MAX_OUTCOME);
    const end = new FlatModel('decision').decideBlock(block, block.end, outcomes);
    for (const flush of ['batch', 'each'] as const) {
      const conversation = await say([frame('D', 1, block.bytes.subarray(0, block.end)), frame('S')], {
        flush,
      });
      expect(answered(conversation, 'd').equals(outcomes.bytes.subarray(0, end))).toBe(true);
      expect(conversation.frames.length).toBe(flush === 'batch' ? 2 : 2 * block.count);
    }
  });
});

describe('plan', () => {
  const plan = Buffer.concat([Buffer.alloc(32, 7), encodePlan(scriptedPlan())]);

  it('is taken before the first case', async () => {
    expect(await say([frame('P', 0, plan), frame('S')])).toMatchObject({ exitCode: 0, frames: [] });
  });

  it.each([
    ['is malformed', [frame('P', 0, plan.subarray(0, -1))], 'malformed'],
    ['has no SHA-256', [frame('P', 0, plan.subarray(0, 31))], 'malformed'],
    ['comes late', [frame('R', 1, encoded(two)), frame('P', 0, plan)], 'after the first case'],
  ])('ends the session when it %s', async (_what, parts, why) => {
    const conversation = await say(parts);
    expect(conversation.exitCode).toBe(3);
    expect(reason(conversation)).toContain(why);
  });
});

describe('a runner that breaks the protocol', () => {
  const record = encoded(requests.slice(0, 1));
  const tooSmall = Buffer.from(frame('S'));
  tooSmall.writeUInt32LE(8);
  const tooLarge = Buffer.from(frame('S'));
  tooLarge.writeUInt32LE((16 << 20) + 1);

  it.each([
    ['a number that is not due', frame('R', 2, record), 'case 1 was due, and 2 came'],
    ['an unknown frame', frame('X'), 'not known'],
    ['a frame of the subject', frame('b', 1), 'not known'],
    ['an empty batch', frame('R', 1), 'has 0 cases'],
    [
      'a batch that is too large',
      frame('D', 1, Buffer.alloc(2 * 1025, Buffer.from([2, 0]))),
      'has 1025 cases',
    ],
    ['a record of no size', frame('R', 1, Buffer.alloc(4)), 'does not fit'],
    ['a record cut short', frame('R', 1, record.subarray(0, -1)), 'does not fit'],
    ['a record that says nothing', frame('R', 1, Buffer.from([5, 0, 0, 0, 1])), 'malformed'],
    ['a decision that says nothing', frame('D', 1, Buffer.from([2, 0])), 'malformed'],
    ['a frame smaller than its header', tooSmall, 'smaller than its header'],
    ['a frame larger than any', tooLarge, 'larger than 16 MiB'],
  ])('is told of %s', async (_what, bytes, why) => {
    const conversation = await say([bytes]);
    expect(conversation.frames.at(-1)).toMatchObject({ kind: 'f', seq: 0 });
    expect(reason(conversation)).toContain(why);
    expect(conversation.exitCode).toBe(3);
  });
});

describe('a library that prints', () => {
  it('does not disturb the protocol', async () => {
    const source = join(scratch, 'noise.cpp');
    const library = join(scratch, 'noise.so');
    writeFileSync(
      source,
      '#include <cstdio>\nstatic const int kPrinted = (std::puts("noise"), std::fflush(stdout));\n',
    );
    await execa('g++', ['-shared', '-fPIC', '-o', library, source]);
    const { hello, stderr } = await converse(host, ['--delegate', library], [helloLine()]);
    expect(hello).toMatchObject({ message: 'failure' });
    expect(stderr).toContain('noise');
  }, 60_000);
});

describe('the command line', () => {
  const open = (...args: string[]): Promise<Conversation> => converse(host, args, [helloLine(), frame('S')]);

  it.each([
    [[], '--delegate has to name a shared library'],
    [['--delegate'], '--delegate needs a value'],
    [['--frobnicate', 'x'], '--frobnicate is not an option'],
    [['--delegate', '/nowhere.so'], 'there is no file /nowhere.so'],
    [['--delegate', delegate, '--tensorrt-version', '10.6'], '--tensorrt-version takes'],
  ])('refuses %j', async (args, why) => {
    const { exitCode, stderr } = await open(...args);
    expect(stderr).toContain(why);
    expect(exitCode).toBe(2);
  });

  it.each([
    ['a library that registers nothing', ['--delegate', join(build, 'libcudart.so')], 'Registered: none'],
    [
      'an id that nobody registered',
      ['--delegate', delegate, '--backend-id', 'Acme'],
      'did not register the backend Acme; --backend-id names another. Registered: TensorRTBackend',
    ],
    ['a file that is no library', ['--delegate', fileURLToPath(import.meta.url)], 'invalid ELF header'],
    ['a version that nobody knows', ['--delegate', delegate, '--tensorrt-version', '990000'], '990000'],
  ])('says that it cannot run %s', async (_what, args, why) => {
    const { hello, exitCode, stderr } = await open(...args);
    expect(hello).toMatchObject({ message: 'failure', seq: null });
    expect(hello['reason']).toContain(why);
    expect(stderr).toContain(why);
    expect(exitCode).toBe(4);
  });

  it('takes a name and a version of TensorRT', async () => {
    const { hello } = await open('--delegate', delegate, '--name', 'a "b"', '--tensorrt-version', '100600');
    expect(hello['name']).toBe('a "b"');
    expect(hello['versions']).toMatchObject({ tensorrt: '10.6.0 (simulated)' });
  });
});
