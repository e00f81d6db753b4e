import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../../suite-root.js';

const root = suiteRoot();
const main = join(root, 'dist/conformance/testing/faulty-subjects/main.js');

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 120_000);

/** Asks a subject for ten decisions, and says how each of them ended. */
const RUNNER = `
import { outOfProcessSubject } from './dist/conformance/subjects/out-of-process-subject.js';
import { answerList } from './dist/conformance/process/answers.js';
import { CaseBatch } from './dist/conformance/protocol/case-batch.js';
import { ByteWriter } from './dist/conformance/wire/byte-writer.js';
import { encodeDecision } from './dist/conformance/wire/encode-decision.js';
const writer = new ByteWriter();
for (let at = 0; at < 10; at++) {
  const engine = { streamable: 9n, automatic: 5n, setAnswers: [true], specs: [] };
  encodeDecision(writer, { options: [], engines: [engine] });
}
const launch = { program: process.execPath, args: [process.argv[1], 'unhurried', 'binary'], reaper: null };
const limits = { hello: 5000, case: 1000, exit: 2000, incidents: 50 };
const subject = await outOfProcessSubject('unhurried', launch, { schemas: null, recorded: [], limits });
console.log('runs');
const answers = answerList(await subject.answer(CaseBatch.of('decision', writer.take())), 'decision');
await subject.close();
console.log(answers.map((answer) => answer.kind ?? 'answered').join(' '));
`;

describe('a runner that is stopped for longer than a case may take', () => {
  it('says of no case that it was late', async () => {
    const runner = execa(process.execPath, ['--input-type=module', '-e', RUNNER, main], {
      cwd: root,
      reject: false,
    });
    await new Promise((resolve) => runner.stdout.once('data', resolve));
    await sleep(200);
    runner.kill('SIGSTOP');
    await sleep(1_400);
    runner.kill('SIGCONT');
    const { stdout, stderr } = await runner;
    expect(stderr).toBe('');
    expect(stdout).toBe(`runs\n${Array.from({ length: 10 }, () => 'answered').join(' ')}`);
  });
});
