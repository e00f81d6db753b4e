import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeDecision } from '../../wire/encode-decision.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { loadSchemas } from '../../spec/schemas.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import { answerList } from '../../process/answers.js';
import type { Answer } from '../../process/answers.js';
import { outOfProcessSubject } from '../../subjects/out-of-process-subject.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import { suiteRoot } from '../../suite-root.js';
import { answerCase } from './answer-case.js';
import type { FaultVerdict } from './fault.js';
import { FAULTS, HUNG } from './faults.js';
import { MARK } from './faulty-subject.js';

/*
 * A fault ends in its verdict, on its case and on no other, however the cases are sent. The test
 * beside this one sends them in one batch; here each is a batch of its own, in one process and in
 * two side by side.
 */

const root = suiteRoot();
const schemas = loadSchemas(root);
const main = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
const folder = mkdtempSync(join(tmpdir(), 'modes-'));
const limits = { hello: 5_000, case: 900, exit: 900, incidents: 50 };
const COUNT = 7;
const MARKED = 4;

function caseOf(streamable: bigint): CaseBatch {
  const writer = new ByteWriter();
  const setAnswers = Array.from({ length: 8 }, () => true);
  encodeDecision(writer, { options: [], engines: [{ streamable, automatic: 5n, setAnswers, specs: [] }] });
  return CaseBatch.of('decision', writer.take());
}

const CASES = Array.from({ length: COUNT }, (_, at) => caseOf(at === MARKED ? MARK : 1000n + BigInt(at)));

/** What comes of each case once the subject is closed. */
async function run(subject: OutOfProcessSubject, processes: number): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const worker = async (number: number): Promise<void> => {
    for (let at = number; at < COUNT; at += processes) {
      const batch = CASES[at];
      if (batch === undefined) return;
      const onLate = (_index: number, incident: Answer): void => {
        answers[at] = incident;
      };
      const [answer] = answerList(await subject.answer(batch, { worker: number, onLate }), 'decision');
      if (answer !== undefined) answers[at] ??= answer;
    }
  };
  await Promise.all(Array.from({ length: processes }, (_, number) => worker(number)));
  await subject.close();
  return answers;
}

/**
 * The places of the cases at which a fault shows: that of a sequence, in every process that runs so
 * many.
 */
function placesOf({ cases }: FaultVerdict & { at: 'case' }, processes: number): number[] {
  if (cases === null || cases === 1) return [MARKED];
  const places = Array.from({ length: COUNT }, (_, at) => at);
  // A fresh process takes over behind the case that crashed, and crashes at the same place.
  return places.filter((at) => Math.floor(at / processes) % cases === cases - 1);
}

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each([
  ['one process', 1, 'json-lines'],
  ['two processes', 2, 'binary'],
] as const)('each case a batch, %s', (_name, processes, framing) => {
  const faults = Object.entries(FAULTS).filter(([, { verdict }]) => verdict.at !== 'start');

  it.concurrent.each(faults)(
    '%s',
    async (name, { verdict }) => {
      const env = { [HUNG]: join(folder, `${name}-${framing}`) };
      const launch = { program: process.execPath, args: [main, name, framing], reaper: null, env };
      const subject = await outOfProcessSubject(name, launch, { schemas, recorded: [], limits });
      const running = run(subject, processes);
      if (verdict.at === 'end') {
        await expect(running).rejects.toThrow(verdict.message);
        return;
      }
      const faulty = [...(await running).entries()].flatMap(([at, answer]) => {
        if (!(answer instanceof Uint8Array)) return [[at, answer] as const];
        const right = answerCase('decision', CASES[at]?.record(0) ?? new Uint8Array(0));
        expect(Buffer.compare(answer, right)).toBe(0);
        return [];
      });
      const places = verdict.at === 'case' ? placesOf(verdict, processes) : [];
      expect(faulty.map(([at]) => at)).toEqual(places);
      if (verdict.at !== 'case') return;
      const { cases } = verdict;
      const { kind, message } = verdict.asLast ?? verdict;
      for (const [, incident] of faulty) {
        expect(incident).toMatchObject({ kind, cases, message: expect.stringMatching(message) as string });
      }
    },
    60_000,
  );
});
