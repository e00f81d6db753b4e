import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { BulkExecutor } from '../../bulk/bulk-job.js';
import { referenceOracle } from '../../oracle/oracle.js';
import { referenceSubject } from '../../subjects/reference-subject.js';
import { generatedSection } from '../plan/bulk-section.js';
import { run } from '../run.js';

const oracle = referenceOracle(() => null);
const subject = referenceSubject('reference', oracle, 'test');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of what is still in use. */
function bytesInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('a section of cases in bulk', () => {
  it('keeps nothing of jobs whose cases pass, however many there are', async () => {
    let [first, last] = [0, 0];
    const pool: BulkExecutor = {
      run: async (jobs, onReport) => {
        let done = 0;
        for (const job of jobs) {
          if (done === 1_000) first = bytesInUse();
          onReport({ cases: 4096, failed: 0, mismatches: [] }, job);
          if (++done % 10_000 === 0) await new Promise(setImmediate);
        }
        last = bytesInUse();
      },
      close: () => Promise.resolve(),
    };
    const jobs = 100_000;
    const result = await run({ subject, oracle }, [generatedSection('decision', jobs * 4096)], { pool });
    expect(result.verdicts.pass).toBe(jobs * 4096);
    // Eight bytes a job would be more.
    expect(last - first).toBeLessThan(8 * jobs);
  });
});
