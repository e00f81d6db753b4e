import { type Answers, answerList } from '../subjects/process/isolated-subject.js';
import type { ApartSubject } from '../subjects/process/apart-subject.js';
import { maskAnswer, tellsAll } from '../subjects/process/mask-answer.js';
import { splitAnswers } from '../subjects/process/answer-records.js';
import { recordAt } from '../decision/record-block.js';
import { BlockSeeds } from './block-seeds.js';
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

  /** @param kept - mismatches that are kept of a job; all are counted */
  constructor(
    apart: ApartSubject,
    seed: number,
    private readonly kept: number = KEPT_MISMATCHES,
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
    const work = async (slot: ProcessSlot): Promise<void> => {
      while (next < job.first + job.count) {
        const number = next++;
        blocks[number - job.first] = await this.#block(slot, job, number);
      }
    };
    await Promise.all(this.#slots.map(work));
    return {
      cases: blocks.reduce((sum, { cases }) => sum + cases, 0),
      failed: blocks.reduce((sum, { failed }) => sum + failed, 0),
      mismatches: blocks.flatMap(({ mismatches }) => mismatches).slice(0, this.kept),
      incidents: blocks.flatMap(({ incidents }) => incidents),
    };
  }

  async #block(slot: ProcessSlot, { kind }: VolumeJob, number: number): Promise<BlockReport> {
    const block = slot.fill(kind, this.#seeds.at(number), number);
    const mismatches: VolumeMismatch[] = [];
    const incidents: VolumeIncident[] = [];
    let failed = 0;
    for (let at = 0; at < block.count;) {
      const batch = slot.batch(kind, block, at);
      const answering = this.#apart.answer(batch);
      const expected = slot.expected(kind, block, at, batch.count);
      const answers = await answering;
      for (const index of this.#differing(batch.depth, expected, answers)) {
        const answer = answers.kind === 'each' ? answers.answers[index] : undefined;
        const record = recordAt(block, at + index);
        if (answer !== undefined && !(answer instanceof Uint8Array)) {
          incidents.push({ block: number, record, incident: answer });
          continue;
        }
        failed++;
        if (mismatches.length < this.kept) mismatches.push({ block: number, record });
      }
      at += batch.count;
    }
    return { cases: block.count, failed, mismatches, incidents };
  }

  #differing(depth: 'program' | 'decision', expected: Uint8Array, answers: Answers): number[] {
    if (answers.kind === 'all' && Buffer.compare(expected, answers.bytes) === 0) return [];
    const { capabilities } = this.#apart;
    const mask = (record: Uint8Array): Uint8Array =>
      tellsAll(capabilities) ? record : maskAnswer(depth, record, capabilities);
    const wanted = splitAnswers(depth, expected);
    const observed = answerList(answers, depth);
    return wanted.flatMap((record, index) => {
      const answer = observed[index];
      const same = answer instanceof Uint8Array && Buffer.compare(mask(record), mask(answer)) === 0;
      return same ? [] : [index];
    });
  }
}
