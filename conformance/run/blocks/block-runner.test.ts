import { describe, expect, it } from 'vitest';
import { buildRequest } from '../../model/build-request.js';
import { scenarioRequest } from '../../model/scenario/scenario-request.js';
import { decodeOutcome } from '../../wire/decode-outcome.js';
import { referenceOracle } from '../../oracle/oracle.js';
import { referenceSubject } from '../../subjects/reference-subject.js';
import type { InProcessSubject } from '../../subjects/subject.js';
import { BlockRunner } from './block-runner.js';
import { outcomesOf } from '../../attribution/judge.js';

const oracle = referenceOracle(() => null);
const reference = referenceSubject('reference', oracle, 'test');
const requests = ['5', '5x', '6'].map((spec) => buildRequest(scenarioRequest({ spec })));

function subjectWith(run: (answer: Uint8Array) => Uint8Array): InProcessSubject {
  return { ...reference, run: (batch) => run(reference.run(batch)) };
}

describe('BlockRunner', () => {
  it('finds nothing where the subject does as expected', async () => {
    expect(await new BlockRunner(reference, oracle).run(requests)).toEqual([]);
  });

  it('finds the request whose outcome differs, and both outcomes', async () => {
    const step = 20;
    const subject = subjectWith((answer) => {
      const second = new DataView(answer.buffer).getUint32(0, true);
      return answer.with(second + step, 0x20);
    });
    const [mismatch, ...more] = await new BlockRunner(subject, oracle).run(requests);
    expect(more).toEqual([]);
    expect(mismatch?.at).toBe(1);
    expect(mismatch?.request).toBe(requests[1]);
    expect(decodeOutcome(mismatch?.expected ?? new Uint8Array(0)).steps[0]).toMatchObject({
      error: 'InvalidProgram',
    });
    expect(decodeOutcome(mismatch?.observed ?? new Uint8Array(0)).steps[0]).toMatchObject({
      error: 'NotFound',
    });
  });

  it('compares with kept outcomes where there are any', async () => {
    const kept = reference.run(new Uint8Array(0));
    expect(kept).toHaveLength(0);
    const other = new BlockRunner(reference, oracle);
    const [first] = requests;
    if (first === undefined) throw new Error('no request');
    const rejected = decodeFirst(
      await new BlockRunner(
        subjectWith((answer) => answer.with(5, 0x23)),
        oracle,
      ).run([first]),
    );
    expect((await other.run([first], { kept: [rejected] })).map(({ at }) => at)).toEqual([0]);
  });

  it.each([
    [
      'too few records',
      (answer: Uint8Array) => answer.slice(0, new DataView(answer.buffer).getUint32(0, true)),
      /3 requests with 1 outcomes/,
    ],
    ['nothing', () => new Uint8Array(0), /3 requests with 0 outcomes/],
    ['a record cut short', (answer: Uint8Array) => answer.slice(0, -1), /not a batch of outcomes/],
    ['noise', () => new Uint8Array(100).fill(0xff), /not a batch of outcomes/],
  ])('says that the subject is broken when it answers with %s', async (_, run, message) => {
    const broken = new BlockRunner(subjectWith(run), oracle).run(requests);
    await expect(broken).rejects.toMatchObject({
      fault: 'broken',
      message: expect.stringMatching(message) as string,
    });
  });

  it('says that the subject is broken when a record is no outcome', async () => {
    const [mismatch] = await new BlockRunner(
      subjectWith((answer) => answer.with(5, 0xff)),
      oracle,
    ).run(requests);
    expect(() => mismatch && outcomesOf(mismatch)).toThrow(/more calls than a record counts/);
  });
});

function decodeFirst(mismatches: readonly { readonly observed: Uint8Array }[]): Uint8Array {
  return mismatches[0]?.observed ?? new Uint8Array(0);
}
