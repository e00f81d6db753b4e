import type { BulkExecutor } from '../bulk/bulk-job.js';
import type { Depth } from '../model/depth.js';
import { bulkJobs, generatedSection } from '../run/plan/bulk-section.js';
import { growthOf, type MemorySample } from './growth.js';

/** Samples of one depth, in equal parts of its cases. */
const SAMPLES = 100;
/** The part of the cases behind which everything is warm: its code compiled, its pools filled. */
const WARM = 0.2;
/**
 * Bytes of a case that may be kept on the average. What is kept of one is a word of 8 bytes at
 * least: so a leak in every eighth case is found, and what the allocator itself does is not taken
 * for one.
 */
export const MOST_BYTES_A_CASE = 1;

/** What is in memory. Bytes. */
export interface Memory {
  /** The runner, with its threads. */
  readonly runner: number;
  /** The processes of the subject; 0 where it has none. */
  readonly subject: number;
}

/** A look at the memory. */
export interface SoakSample extends Memory {
  readonly depth: Depth;
  /** Cases of the depth until then. */
  readonly cases: number;
  /** Since the depth began. */
  readonly seconds: number;
}

/** What came of many cases of one depth. */
export interface SoakedDepth {
  readonly depth: Depth;
  readonly cases: number;
  /** Cases without the outcome that they should have. */
  readonly failed: number;
  readonly seconds: number;
  readonly samples: readonly SoakSample[];
  /** Bytes that are kept of each case on the average. */
  readonly growth: Memory;
}

/**
 * Runs so many cases of a depth, and looks at the memory a hundred times.
 *
 * @param look what is in memory
 * @param onSample told of each look
 */
export async function soakDepth(
  pool: Pick<BulkExecutor, 'run'>,
  depth: Depth,
  count: number,
  look: () => Memory,
  onSample: (sample: SoakSample) => void = () => undefined,
): Promise<SoakedDepth> {
  const section = generatedSection(depth, count);
  const started = performance.now();
  const samples: SoakSample[] = [];
  let cases = 0;
  let failed = 0;
  await pool.run(
    bulkJobs(section),
    (report) => {
      cases += report.cases;
      failed += report.failed + (report.incidents?.length ?? 0) + (report.inconclusive ?? 0);
      if (cases < ((samples.length + 1) * section.count) / SAMPLES) return;
      const seconds = (performance.now() - started) / 1000;
      const sample: SoakSample = { depth, cases, seconds, ...look() };
      samples.push(sample);
      onSample(sample);
    },
    () => {
      failed++;
    },
  );
  const seconds = (performance.now() - started) / 1000;
  return { depth, cases, failed, seconds, samples, growth: growthBehind(samples, WARM * cases) };
}

function growthBehind(samples: readonly SoakSample[], warm: number): Memory {
  const later = samples.filter(({ cases }) => cases >= warm);
  const of = (part: keyof Memory): readonly MemorySample[] =>
    later.map((sample) => ({ cases: sample.cases, bytes: sample[part] }));
  return { runner: growthOf(of('runner')), subject: growthOf(of('subject')) };
}

/** Whether nothing is kept of the cases, and each had its outcome. */
export function isFlat({ failed, growth }: SoakedDepth, most: number): boolean {
  return failed === 0 && Math.max(growth.runner, growth.subject) <= most;
}
