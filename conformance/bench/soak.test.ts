import { describe, expect, it } from 'vitest';
import type { BulkExecutor, BulkReport } from '../bulk/bulk-job.js';
import { isFlat, MOST_BYTES_A_CASE, type Memory, soakDepth, type SoakedDepth } from './soak.js';

const CASES = 1_024_000;

/** A pool whose memory follows from the cases that it ran; each `failing`-th job fails one. */
function soaked(memoryAt: (cases: number) => Memory, failing = Infinity): Promise<SoakedDepth> {
  let cases = 0;
  const pool: Pick<BulkExecutor, 'run'> = {
    run: (jobs, onReport) => {
      let nth = 0;
      for (const job of jobs) {
        const report: BulkReport = {
          cases: job.count * 256,
          failed: ++nth % failing === 0 ? 1 : 0,
          mismatches: [],
        };
        cases += report.cases;
        onReport(report, job);
      }
      return Promise.resolve();
    },
  };
  return soakDepth(pool, 'decision', CASES, () => memoryAt(cases));
}

describe('soakDepth', () => {
  it('looks a hundred times, and finds memory flat that only warms up', async () => {
    const flat = await soaked((cases) => ({ runner: 6e7 + Math.min(cases, CASES / 10) * 100, subject: 0 }));
    expect(flat.samples).toHaveLength(100);
    expect(flat.cases).toBe(CASES);
    expect(flat.growth).toEqual({ runner: 0, subject: 0 });
    expect(isFlat(flat, MOST_BYTES_A_CASE)).toBe(true);
  });

  it.each([
    ['the runner', (cases: number): Memory => ({ runner: 6e7 + 8 * (cases >> 2), subject: 0 })],
    ['the subject', (cases: number): Memory => ({ runner: 6e7, subject: 2e7 + 8 * (cases >> 2) })],
  ])('finds a word that %s keeps of each fourth case', async (_, memoryAt) => {
    expect(isFlat(await soaked(memoryAt), MOST_BYTES_A_CASE)).toBe(false);
  });

  it('tells of cases that failed', async () => {
    const failed = await soaked(() => ({ runner: 6e7, subject: 0 }), 50);
    expect(failed.failed).toBeGreaterThan(0);
    expect(isFlat(failed, MOST_BYTES_A_CASE)).toBe(false);
  });
});
