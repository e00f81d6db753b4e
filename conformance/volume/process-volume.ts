import { KnownFailures } from '../expectations/known-failures.js';
import type { ApartSubject } from '../subjects/process/apart-subject.js';
import { recordAt } from '../decision/record-block.js';
import { BlockSeeds } from './block-seeds.js';
import { differingAnswers } from './differing-answers.js';
import { ExpectedTally } from './expected-tally.js';
import { ProcessSlot } from './process-slot.js';
import {
  KEPT_MISMATCHES,
  type VolumeIncident,
  type VolumeJob,
  type VolumeMismatch,
  type VolumeReport,
} from './volume-job.js';
import type { OnReport } from './volume-pool.js';

/** Blocks that are at work at once: while the subject carries one out, the next is made and the last one compared. */
const SLOTS = 4;

/** What came of one block. */
interface BlockReport {
  readonly cases: number;
  readonly failed: number;
  readonly mismatches: readonly VolumeMismatch[];
  readonly incidents: readonly VolumeIncident[];
}

/** Carries out jobs of generated cases on a subject in a process of its own; as `VolumePool`. */
export class ProcessVolume {
  readonly #apart: ApartSubject;
  readonly #seeds: BlockSeeds;
  readonly #slots: readonly ProcessSlot[];

  /**
   * @param kept - mismatches that are kept of a job; all are counted
   * @param known - failures that are expected
   */
  constructor(
    apart: ApartSubject,
    seed: number,
    private readonly kept: number = KEPT_MISMATCHES,
    private readonly known: KnownFailures = KnownFailures.NONE,
  ) {
    this.#apart = apart;
    this.#seeds = new BlockSeeds(seed);
    this.#slots = Array.from({ length: SLOTS }, () => new ProcessSlot());
  }

  /** Runs every job once. Reports come back in the order of the jobs. */
  async run(jobs: Iterable<VolumeJob>, onReport: OnReport = () => undefined): Promise<VolumeReport[]> {
    const reports: VolumeReport[] = [];
    for (const job of jobs) {
      const report = await this.#job(job);
      reports.push(report);
      onReport(report, job);
    }
    return reports;
  }

  /** Nothing is held: the subject is closed by who opened it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #job(job: VolumeJob): Promise<VolumeReport> {
    let next = job.first;
    const blocks: BlockReport[] = [];
    const tally = new ExpectedTally();
    const work = async (slot: ProcessSlot): Promise<void> => {
      while (next < job.first + job.count) {
        const number = next++;
        blocks[number - job.first] = await this.#block(slot, job, number, tally);
      }
    };
    await Promise.all(this.#slots.map(work));
    return {
      cases: blocks.reduce((sum, { cases }) => sum + cases, 0),
      failed: blocks.reduce((sum, { failed }) => sum + failed, 0),
      mismatches: blocks.flatMap(({ mismatches }) => mismatches).slice(0, this.kept),
      incidents: blocks.flatMap(({ incidents }) => incidents),
      expected: tally.list(),
    };
  }

  async #block(
    slot: ProcessSlot,
    { kind }: VolumeJob,
    number: number,
    tally: ExpectedTally,
  ): Promise<BlockReport> {
    const block = slot.fill(kind, this.#seeds.at(number), number);
    const mismatches: VolumeMismatch[] = [];
    const incidents: VolumeIncident[] = [];
    let failed = 0;
    for (let at = 0; at < block.count;) {
      const batch = slot.batch(kind, block, at);
      const answering = this.#apart.answer(batch);
      const expected = slot.expected(kind, block, at, batch.count);
      const answers = await answering;
      const differing = differingAnswers(batch.depth, expected, answers, this.#apart.capabilities);
      for (const { index, wanted, answer } of differing) {
        const record = recordAt(block, at + index);
        if (answer !== undefined && !(answer instanceof Uint8Array)) {
          incidents.push({ block: number, record, incident: answer });
          continue;
        }
        const { depth } = batch;
        const entry =
          answer === undefined
            ? null
            : this.known.expectingFlat({ depth, record, expected: wanted, observed: answer });
        if (entry !== null) {
          tally.add(entry, { block: number, record });
          continue;
        }
        failed++;
        if (mismatches.length < this.kept) mismatches.push({ block: number, record });
      }
      at += batch.count;
    }
    return { cases: block.count, failed, mismatches, incidents };
  }
}
