import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { LoadRequest } from '../../../reference/index.js';
import { scenarioRequest } from '../../model/scenario/scenario-request.js';
import { buildRequest } from '../../model/build-request.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { loadSchemas } from '../../spec/schemas.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import type { FramingName } from '../../protocol/hello.js';
import { answerList } from '../../process/answers.js';
import { outOfProcessSubject } from '../../subjects/out-of-process-subject.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import { suiteRoot } from '../../suite-root.js';
import { answerCase } from './answer-case.js';
import { FAULTS, HUNG } from './faults.js';
import { MARK } from './faulty-subject.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const main = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
/**
 * Milliseconds, ample on a busy machine: the tests run beside one another, so what one waits for
 * costs the others nothing.
 */
const limits = { hello: 4_000, case: 1_500, exit: 1_500, incidents: 50 };

const MARKED = 4;
const COUNT = 5;

/** Cases of which one is marked; for the fault that needs a sequence, just as many as it takes. */
function batchOf(count: number): CaseBatch {
  const writer = new ByteWriter();
  for (let at = 0; at < count; at++) {
    const streamable = at === MARKED ? MARK : 1000n + BigInt(at);
    const engine = {
      streamable,
      automatic: 5n,
      setAnswers: Array.from({ length: 8 }, () => true),
      specs: [],
    };
    encodeDecision(writer, { options: [], engines: [engine] });
  }
  return CaseBatch.of('decision', writer.take());
}

const folder = mkdtempSync(join(tmpdir(), 'faulty-subjects-'));

function open(name: string, framing: FramingName): Promise<OutOfProcessSubject> {
  const env = { [HUNG]: join(folder, `${name}-${framing}`) };
  const launch = { program: process.execPath, args: [main, name, framing], reaper: null, env };
  return outOfProcessSubject(name, launch, { schemas, recorded: [], limits });
}

/** Gives those of the outcomes of a subject that the reference contradicts. */
export type Judge = (
  subject: OutOfProcessSubject,
  requests: readonly LoadRequest[],
) => Promise<readonly unknown[]>;

/** Tests that each of {@link FAULTS} is told as what it is, in one framing. */
export function describeFaults(framing: FramingName, judge: Judge): void {
  beforeAll(async () => {
    await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
  }, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  describe.concurrent(`a faulty subject that speaks ${framing}`, () => {
    it.for(Object.entries(FAULTS))('%s', { timeout: 30_000 }, async ([name, { verdict }], { expect }) => {
      if (verdict.at === 'start') {
        await expect(open(name, framing)).rejects.toMatchObject({
          fault: 'broken',
          message: expect.stringMatching(verdict.message) as string,
        });
        return;
      }
      const subject = await open(name, framing);
      const needed = verdict.at === 'case' ? (verdict.cases ?? 1) : 1;
      const batch = batchOf(needed > 1 ? needed : COUNT + MARKED);
      const answers = answerList(await subject.answer(batch), 'decision');
      expect(answers).toHaveLength(batch.count);
      for (const [at, answer] of answers.entries()) {
        if (answer instanceof Uint8Array) {
          expect(Buffer.compare(answer, answerCase('decision', batch.record(at)))).toBe(0);
        }
      }
      const faulty = [...answers.entries()].filter(([, answer]) => !(answer instanceof Uint8Array));
      switch (verdict.at) {
        case 'case': {
          const { kind, cases, message } = verdict;
          expect(faulty).toMatchObject([
            [
              cases !== null && cases > 1 ? cases - 1 : MARKED,
              { kind, cases, message: expect.stringMatching(message) as string },
            ],
          ]);
          await subject.close();
          return;
        }
        case 'end':
          expect(faulty).toEqual([]);
          await expect(subject.close()).rejects.toThrow(verdict.message);
          return;
        case 'outcome': {
          expect(faulty).toEqual([]);
          const mismatches = await judge(subject, [buildRequest(scenarioRequest({ spec: '5' }))]);
          expect(mismatches).toHaveLength(verdict.verdict === 'pass' ? 0 : 1);
          await subject.close();
        }
      }
    });
  });
}
