import { isTold, KnownFailures } from '../expectations/known-failures.js';
import { Allowance } from '../process/allowance.js';
import type { OutOfProcessSubject } from '../subjects/subject.js';
import { recordAt } from './flat/record-block.js';
import { BlockSeeds } from './block-seeds.js';
import { differingAnswers } from './differing-answers.js';
import { ExpectedTally } from './expected-tally.js';
import { ProcessSlot } from './process-slot.js';
import {
  KEPT_MISMATCHES,
  type LateVolumeIncident,
  type VolumeIncident,
  type VolumeJob,
  type VolumeMismatch,
  type VolumeReport,
} from './volume-job.js';
import type { Depth } from '../model/depth.js';
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

/** What the blocks of a job share. */
interface JobWork {
  readonly job: VolumeJob;
  /** The process that runs it. */
  readonly worker: number;
  readonly allowance: Allowance;
  readonly tally: ExpectedTally;
  readonly onLate: (late: LateVolumeIncident) => void;
}

/**
 * Carries out jobs of generated cases on a subject in processes of its own; as `VolumePool`. Which process runs a job depends on its
 * place alone, and what came of it counts in the order of the jobs: the report is the same for any number of processes.
 */
export class ProcessVolume {
  readonly #apart: OutOfProcessSubject;
  readonly #seeds: BlockSeeds;
  readonly #slots: readonly (readonly ProcessSlot[])[];
  readonly #kept: number;
  readonly #known: KnownFailures;

  /**
   * @param kept - mismatches that are kept of a job; all are counted
   * @param processes - of the subject, which work side by side
   * @param known - failures that are expected
   */
  constructor(
    apart: OutOfProcessSubject,
    seed: number,
    kept: number = KEPT_MISMATCHES,
    processes = 1,
    known: KnownFailures = KnownFailures.NONE,
  ) {
    this.#apart = apart;
    this.#seeds = new BlockSeeds(seed);
    this.#kept = kept;
    this.#known = known;
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
    const work: JobWork = {
      job,
      worker,
      allowance: new Allowance(this.#apart.allowance.isSpent ? 0 : this.#apart.allowance.most),
      tally: new ExpectedTally(),
      onLate: (late) => {
        onLate(late, job);
      },
    };
    const workIn = async (slot: ProcessSlot): Promise<void> => {
      while (next < job.first + job.count) {
        const number = next++;
        blocks[number - job.first] = await this.#block(slot, number, work);
      }
    };
    await Promise.all((this.#slots[worker] ?? []).map(workIn));
    return {
      cases: blocks.reduce((sum, { cases }) => sum + cases, 0),
      failed: blocks.reduce((sum, { failed }) => sum + failed, 0),
      mismatches: blocks.flatMap(({ mismatches }) => mismatches).slice(0, this.#kept),
      incidents: blocks.flatMap(({ incidents }) => incidents),
      expected: work.tally.list(),
      inconclusive: blocks.reduce((sum, { inconclusive }) => sum + inconclusive, 0),
    };
  }

  async #block(slot: ProcessSlot, number: number, work: JobWork): Promise<BlockReport> {
    const { worker, allowance, onLate } = work;
    const { kind } = work.job;
    const block = slot.fill(kind, this.#seeds.at(number), number);
    const mismatches: VolumeMismatch[] = [];
    const incidents: VolumeIncident[] = [];
    const counted = new Map<number, 'fail' | 'expected-fail'>();
    let inconclusive = 0;
    for (let at = 0; at < block.count;) {
      const batch = slot.batch(kind, block, at);
      const first = at;
      const answering = this.#apart.answer(batch, {
        worker,
        allowance,
        onLate: (index, incident) => {
          const record = this.#record(kind, number, first + index);
          onLate({ block: number, record, incident, was: counted.get(first + index) ?? 'pass' });
        },
      });
      const expected = slot.expected(kind, block, at, batch.count);
      const answers = await answering;
      const differing = differingAnswers(batch.depth, expected, answers, this.#apart.capabilities);
      for (const { index, wanted, answer } of differing) {
        if (answer !== undefined && !(answer instanceof Uint8Array)) {
          if (answer.kind === 'inconclusive') inconclusive++;
          else incidents.push({ block: number, record: recordAt(block, at + index), incident: answer });
          continue;
        }
        const mismatch = { block: number, record: recordAt(block, at + index) };
        const isExpected = this.#isExpected(batch.depth, mismatch, wanted, answer, work.tally);
        counted.set(at + index, isExpected ? 'expected-fail' : 'fail');
        if (!isExpected && mismatches.length < this.#kept) mismatches.push(mismatch);
      }
      at += batch.count;
    }
    const failed = [...counted.values()].filter((verdict) => verdict === 'fail').length;
    return { cases: block.count, failed, mismatches, incidents, inconclusive };
  }

  /** Whether a case fails as is expected; it is counted so then. */
  #isExpected(
    depth: Depth,
    mismatch: VolumeMismatch,
    expected: Uint8Array,
    observed: Uint8Array | undefined,
    tally: ExpectedTally,
  ): boolean {
    if (observed === undefined) return false;
    const failure = { depth, record: mismatch.record, expected, observed };
    const entry = this.#known.expectingFlat(failure);
    if (entry === null) return false;
    tally.add(entry, mismatch, () => isTold(entry, failure));
    return true;
  }

  /** The record of a case, when its block is no longer at work. */
  #record(kind: VolumeJob['kind'], number: number, index: number): Uint8Array {
    return recordAt(new ProcessSlot().fill(kind, this.#seeds.at(number), number), index);
  }
}

/** The report of a job that does not count. */
function notRun(cases: number): VolumeReport {
  return { cases, failed: 0, mismatches: [], incidents: [], inconclusive: cases };
}
