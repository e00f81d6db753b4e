import { describe, expect, it } from 'vitest';
import { decodeDecision } from '../wire/decode-decision.js';
import { EXHAUSTIVE_BLOCKS, EXHAUSTIVE_CASES } from './flat/exhaustive-block.js';
import { FlatModel } from './flat/flat-model.js';
import { writeExpectedOutcome } from './flat/flat-outcome.js';
import { MAX_OUTCOME } from '../wire/decision-format.js';
import { memoryOf, newMemory } from '../wire/memory.js';
import { generatedFromRecord } from '../generators/generated-from-record.js';
import { loadRequests } from '../generators/load-requests.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { referenceOracle } from '../oracle/oracle.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { BulkThreads } from './bulk-threads.js';
import { BulkRunner } from './bulk-runner.js';
import type { InProcessSubject } from '../subjects/subject.js';

const ORACLE = referenceOracle(() => null);
const REFERENCE = referenceSubject('reference', ORACLE, 'test');

/** Decides with the flat model, and wrongly where `spoil` says so. */
function flatSubject(
  spoil: (outcomes: Uint8Array) => void = () => undefined,
): Pick<InProcessSubject, 'run' | 'decide'> {
  const model = new FlatModel('decision');
  const outcomes = newMemory(1 << 20);
  return {
    run: () => new Uint8Array(),
    decide: (records) => {
      const end = model.decideBlock(memoryOf(records), records.length, outcomes);
      const answer = outcomes.bytes.slice(0, end);
      spoil(answer);
      return answer;
    },
  };
}

describe('BulkRunner', () => {
  it('finds nothing where both sides agree, at every depth', () => {
    const programs = new BulkRunner(REFERENCE, 5).run({ kind: 'program', first: 0, count: 6 });
    expect(programs).toEqual({ cases: 6 * 256, failed: 0, mismatches: [] });
    const decisions = new BulkRunner(flatSubject(), 5).run({ kind: 'decision', first: 0, count: 6 });
    expect(decisions).toEqual({ cases: 6 * 256, failed: 0, mismatches: [] });
  });

  it('finds the case that differs, and tells its record', () => {
    const wrongFirst = flatSubject((answer) => {
      answer[2] = (answer[2] ?? 0) ^ 0xff;
    });
    const report = new BulkRunner(wrongFirst, 5).run({ kind: 'decision', first: 3, count: 2 });
    expect(report.failed).toBe(2);
    expect(report.mismatches.map(({ block }) => block)).toEqual([3, 4]);
    expect(
      decodeDecision(report.mismatches[0]?.record ?? new Uint8Array(), 0).engines.length,
    ).toBeGreaterThan(0);
  });

  it('counts every case of a subject that answers nothing', () => {
    const report = new BulkRunner({ run: () => new Uint8Array(), decide: null }, 5).run({
      kind: 'program',
      first: 0,
      count: 1,
    });
    expect(report.failed).toBe(256);
    expect(report.mismatches).toHaveLength(64);
  });

  it('says that a subject has no decision depth', () => {
    const runner = new BulkRunner({ run: () => new Uint8Array(), decide: null }, 5);
    expect(() => runner.run({ kind: 'decision', first: 0, count: 1 })).toThrow('--depth program');
  });

  it('covers the exhaustive test from its first block to its last', () => {
    const runner = new BulkRunner(flatSubject(), 5);
    const first = runner.run({ kind: 'exhaustive', first: 0, count: 1 });
    const last = runner.run({ kind: 'exhaustive', first: EXHAUSTIVE_BLOCKS - 1, count: 1 });
    expect(first.cases).toBe(4096);
    expect((EXHAUSTIVE_BLOCKS - 1) * 4096 + last.cases).toBe(EXHAUSTIVE_CASES);
    expect(first.failed + last.failed).toBe(0);
  });
});

describe('a flat case taken up as a generated one', () => {
  it('asks the same of a delegate', () => {
    const seen: Uint8Array[] = [];
    const collect = flatSubject((answer) => {
      answer.fill(0xff);
    });
    const { mismatches } = new BulkRunner(collect, 9).run({ kind: 'decision', first: 8, count: 1 });
    for (const { record } of mismatches) seen.push(record);
    expect(seen).toHaveLength(64);
    const model = new FlatModel('program');
    const decision = newMemory(MAX_OUTCOME);
    const expected = newMemory(1 << 14);
    for (const record of seen) {
      const [request] = loadRequests([generatedFromRecord(record)]);
      if (request === undefined) throw new Error('a case makes one request');
      const block = memoryOf(record);
      model.decide(block, 0, decision, 0);
      const end = writeExpectedOutcome(block, 0, decision.bytes, expected, 0);
      expect(encodedOutcome(ORACLE(request))).toEqual(expected.bytes.slice(0, end));
    }
  });
});

describe('BulkThreads', () => {
  it('runs every job once, in the order of the jobs', async () => {
    const pool = new BulkThreads(flatSubject(), { subject: 'none', root: '/', version: 'test', seed: 5 }, 1);
    const told: number[] = [];
    const jobs = [0, 1, 2].map((first) => ({ kind: 'decision' as const, first, count: 1 }));
    const done: number[] = [];
    await pool.run(jobs, (report, { first }) => {
      told.push(report.cases);
      done.push(first);
    });
    expect(done).toEqual([0, 1, 2]);
    expect(told).toEqual([256, 256, 256]);
    await pool.close();
  });
});
