import { type Answers, answerList } from '../subjects/process/isolated-subject.js';
import { Allowance } from '../subjects/process/allowance.js';
import type { ApartSubject } from '../subjects/process/apart-subject.js';
import { maskAnswer, tellsAll } from '../subjects/process/mask-answer.js';
import { splitAnswers } from '../subjects/process/answer-records.js';
import { recordAt } from '../decision/record-block.js';
import { BlockSeeds } from './block-seeds.js';
import { ProcessSlot } from './process-slot.js';
import {
  KEPT_MISMATCHES,
  type LateVolumeIncident,
  type VolumeIncident,
  type VolumeJob,
  type VolumeMismatch,
  type VolumeReport,
} from './volume-job.js';
import type { OnReport } from './volume-pool.js';

/** Blocks that are at work at once in a process: while one is carried out, the next is made and the last one compared. */
const SLOTS = 4;

/** Told of a case that was counted and then turned out to break the subject. */
export type OnLateVolume = (late: LateVolumeIncident, job: VolumeJob) => void;

/** What came of one block. */
interface BlockReport {
  readonly cases: number;
  readonly failed: number;
  readonly mismatches: readonly VolumeMismatch[];
  readonly incidents: readonly VolumeIncident[];
  readonly inconclusive: number;
}

/**
 * Carries out jobs of generated cases on a subject in processes of its own; as `VolumePool`. Which process runs a job depends on its
 * place alone, and what came of it counts in the order of the jobs: the report is the same for any number of processes.
 */
export class ProcessVolume {
  readonly #apart: ApartSubject;
  readonly #seeds: BlockSeeds;
  readonly #slots: readonly (readonly ProcessSlot[])[];
  readonly #kept: number;

  /**
   * @param kept - mismatches that are kept of a job; all are counted
   * @param processes - of the subject, which work side by side
   */
  constructor(apart: ApartSubject, seed: number, kept: number = KEPT_MISMATCHES, processes = 1) {
    this.#apart = apart;
    this.#seeds = new BlockSeeds(seed);
    this.#kept = kept;
    this.#slots = Array.from({ length: processes }, () =>
      Array.from({ length: SLOTS }, () => new ProcessSlot()),
    );
  }

  /** Runs every job once and tells what came of each, in the order of the jobs. */
  async run(
    jobs: Iterable<VolumeJob>,
    onReport: OnReport = () => undefined,
    onLate: OnLateVolume = () => undefined,
  ): Promise<void> {
    const { allowance } = this.#apart;
    const list = [...jobs];
    const reports = new Map<number, VolumeReport>();
    let counted = 0;
    const count = (place: number, report: VolumeReport): void => {
      reports.set(place, report);
      for (let next = reports.get(counted); next !== undefined; next = reports.get(counted)) {
        const job = list[counted];
        reports.delete(counted++);
        // Once the subject broke too often no further job counts, even one that another process did meanwhile.
        const result = allowance.isSpent ? notRun(next.cases) : next;
        for (const { incident } of result.incidents ?? []) allowance.spend(incident.kind);
        if (job !== undefined) onReport(result, job);
      }
    };
    let broken = false;
    const work = async (worker: number): Promise<void> => {
      for (let place = worker; place < list.length && !broken; place += this.#slots.length) {
        const job = list[place];
        if (job !== undefined) count(place, await this.#job(job, worker, onLate));
      }
    };
    const ends = await Promise.allSettled(
      this.#slots.map((_slots, worker) =>
        work(worker).catch((error: unknown) => {
          broken = true;
          throw error;
        }),
      ),
    );
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** Nothing is held: the subject is closed by who opened it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #job(job: VolumeJob, worker: number, onLate: OnLateVolume): Promise<VolumeReport> {
    let next = job.first;
    const blocks: BlockReport[] = [];
    const allowance = new Allowance(this.#apart.allowance.isSpent ? 0 : this.#apart.allowance.most);
    const work = async (slot: ProcessSlot): Promise<void> => {
      while (next < job.first + job.count) {
        const number = next++;
        blocks[number - job.first] = await this.#block(slot, job, number, { worker, allowance }, (late) => {
          onLate(late, job);
        });
      }
    };
    await Promise.all((this.#slots[worker] ?? []).map(work));
    return {
      cases: blocks.reduce((sum, { cases }) => sum + cases, 0),
      failed: blocks.reduce((sum, { failed }) => sum + failed, 0),
      mismatches: blocks.flatMap(({ mismatches }) => mismatches).slice(0, this.#kept),
      incidents: blocks.flatMap(({ incidents }) => incidents),
      inconclusive: blocks.reduce((sum, { inconclusive }) => sum + inconclusive, 0),
    };
  }

  async #block(
    slot: ProcessSlot,
    { kind }: VolumeJob,
    number: number,
    options: { readonly worker: number; readonly allowance: Allowance },
    onLate: (late: LateVolumeIncident) => void,
  ): Promise<BlockReport> {
    const block = slot.fill(kind, this.#seeds.at(number), number);
    const mismatches: VolumeMismatch[] = [];
    const incidents: VolumeIncident[] = [];
    const failures = new Set<number>();
    let inconclusive = 0;
    for (let at = 0; at < block.count;) {
      const batch = slot.batch(kind, block, at);
      const first = at;
      const answering = this.#apart.answer(batch, {
        ...options,
        onLate: (index, incident) => {
          const record = this.#record(kind, number, first + index);
          onLate({ block: number, record, incident, failed: failures.has(first + index) });
        },
      });
      const expected = slot.expected(kind, block, at, batch.count);
      const answers = await answering;
      for (const index of this.#differing(batch.depth, expected, answers)) {
        const answer = answers.kind === 'each' ? answers.answers[index] : undefined;
        if (answer !== undefined && !(answer instanceof Uint8Array)) {
          if (answer.kind === 'inconclusive') inconclusive++;
          else incidents.push({ block: number, record: recordAt(block, at + index), incident: answer });
          continue;
        }
        failures.add(at + index);
        if (mismatches.length < this.#kept) {
          mismatches.push({ block: number, record: recordAt(block, at + index) });
        }
      }
      at += batch.count;
    }
    return { cases: block.count, failed: failures.size, mismatches, incidents, inconclusive };
  }

  /** The record of a case, when its block is no longer at work. */
  #record(kind: VolumeJob['kind'], number: number, index: number): Uint8Array {
    return recordAt(new ProcessSlot().fill(kind, this.#seeds.at(number), number), index);
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

/** The report of a job that does not count. */
function notRun(cases: number): VolumeReport {
  return { cases, failed: 0, mismatches: [], incidents: [], inconclusive: cases };
}
