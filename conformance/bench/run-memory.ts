import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { generatedSection } from '../run/plan/bulk-section.js';
import { bulkPool } from '../run/run-suite.js';
import { run } from '../run/run.js';
import type { OpenSubject } from '../subjects/open-subject.js';

/** Cases of each depth. */
const CASES = { program: 3_000_000, decision: 30_000_000 } as const;
const PARTS = 10;
/** Parts behind which the memory is not to grow any more. */
const WARM = 2;
/** Bytes of a case that may be kept on the average: what is kept of one is a word at least. */
const MOST_BYTES_A_CASE = { program: 1, decision: 0.1 } as const;

interface Sample {
  readonly cases: number;
  /** Bytes in use on the heap and beside it, once garbage is collected. */
  readonly used: number;
  /** Bytes in memory. */
  readonly resident: number;
}

/**
 * Runs cases in bulk on a subject in this process, and prints what the process takes after each
 * tenth of them; false when it goes on growing.
 */
export async function runMemory(opened: OpenSubject, root: string, seed: number): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const pool = bulkPool(opened.subject, { root, version: 'bench', seed }, 1);
  let isFlat = true;
  for (const depth of ['program', 'decision'] as const) {
    const count = CASES[depth];
    const samples: Sample[] = [];
    console.log(`${opened.subject.name}: ${depth} depth, memory in MB`);
    console.log('     cases    in use  resident');
    await run(opened, [generatedSection(depth, count)], {
      pool,
      onProgress: (_section, cases) => {
        if (cases < (samples.length * count) / PARTS) return;
        collect();
        const { heapUsed, external, rss } = process.memoryUsage();
        const sample = { cases, used: heapUsed + external, resident: rss };
        samples.push(sample);
        const cells = [cases.toLocaleString('en'), megabytes(sample.used), megabytes(sample.resident)];
        console.log(cells.map((cell) => cell.padStart(10)).join(''));
      },
    });
    const grown = growth(samples);
    console.log(`           ${grown.toFixed(3)} bytes a case`);
    isFlat &&= grown <= MOST_BYTES_A_CASE[depth];
  }
  await pool.close();
  console.log(isFlat ? 'Flat.' : 'It grows with the number of cases: something is kept of each.');
  return isFlat;
}

/** Bytes a case by which what is in memory grew once the process was warm. */
function growth(samples: readonly Sample[]): number {
  const [first, last] = [samples[WARM], samples.at(-1)];
  if (first === undefined || last === undefined) throw new Error('There are too few cases to tell.');
  return Math.max(last.used - first.used, last.resident - first.resident) / (last.cases - first.cases);
}

/** Bytes as megabytes with a decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
