import { isTold, KnownFailures } from '../expectations/known-failures.js';
import { Allowance } from '../process/allowance.js';
import type { Depth } from '../model/depth.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { OutOfProcessSubject } from '../subjects/subject.js';
import { BlockSeeds } from '../generators/block-seeds.js';
import { BulkBlock } from './bulk-block.js';
import {
  type BulkExecutor,
  type BulkIncident,
  type BulkJob,
  type BulkMismatch,
  type BulkReport,
  depthOf,
  KEPT_MISMATCHES,
  type OnLateBulk,
  type OnReport,
} from './bulk-job.js';
import { type DifferingAnswer, differingAnswers } from './differing-answers.js';
import { ExpectedTally } from './expected-tally.js';
import { addBroken } from './broken-clause.js';
import { recordAt } from './flat/case-block.js';
import { MismatchTally } from './mismatch-tally.js';
import { ruledOutcomes } from './flat/ruled-outcome.js';

/**
 * Blocks that are at work at once in a process: while one is carried out, the next is made and the
 * last one compared.
 */
const BLOCKS = 4;

/** What came of one block. */
interface BlockReport {
  readonly cases: number;
  readonly failed: MismatchTally;
  inconclusive: number;
  readonly incidents: BulkIncident[];
}

/** What the blocks of a job share. */
interface JobWork {
  readonly job: BulkJob;
  /** The process that runs it. */
  readonly worker: number;
  readonly allowance: Allowance;
  readonly tally: ExpectedTally;
  readonly onLate: OnLateBulk;
}

/**
 * Carries out jobs of generated cases on a subject in processes of its own; as `BulkThreads`. Which
 * process runs a job depends on its place alone, and what came of it counts in the order of the
 * jobs: the report is the same for any number of processes.
 */
export class BulkProcesses implements BulkExecutor {
  readonly #subject: OutOfProcessSubject;
  readonly #seeds: BlockSeeds;
  readonly #blocks: readonly (readonly BulkBlock[])[];
  readonly #kept: number;
  readonly #known: KnownFailures;

  /**
   * @param kept - mismatches that are kept of a job; all are counted
   * @param processes - of the subject, which work side by side
   * @param known - failures that are expected
   */
  constructor(
    subject: OutOfProcessSubject,
    seed: number,
    kept: number = KEPT_MISMATCHES,
    processes = 1,
    known: KnownFailures = KnownFailures.NONE,
  ) {
    this.#subject = subject;
    this.#seeds = new BlockSeeds(seed);
    this.#kept = kept;
    this.#known = known;
    this.#blocks = Array.from({ length: processes }, () =>
      Array.from({ length: BLOCKS }, () => new BulkBlock()),
    );
  }

  /** Runs every job once and tells what came of each, in the order of the jobs. */
  async run(
    jobs: Iterable<BulkJob>,
    onReport: OnReport = () => undefined,
    onLate: OnLateBulk = () => undefined,
  ): Promise<void> {
    const { allowance } = this.#subject;
    const list: BulkJob[] = [];
    const left = jobs[Symbol.iterator]();
    // One after another: whoever gives them may end before there are all of them.
    const jobAt = (place: number): BulkJob | undefined => {
      while (list.length <= place) {
        const next = left.next();
        if (next.done === true) return undefined;
        list.push(next.value);
      }
      return list[place];
    };
    const reports = new Map<number, BulkReport>();
    let counted = 0;
    const count = (place: number, report: BulkReport): void => {
      reports.set(place, report);
      for (let next = reports.get(counted); next !== undefined; next = reports.get(counted)) {
        const job = list[counted];
        reports.delete(counted++);
        // Once the subject broke too often no further job counts, even one that another process did
        // meanwhile.
        const result = allowance.isSpent ? notRunJob(next.cases) : next;
        for (const { incident } of result.incidents ?? []) allowance.spend(incident.kind);
        if (job !== undefined) onReport(result, job);
      }
    };
    let broken = false;
    const work = async (blocks: readonly BulkBlock[], worker: number): Promise<void> => {
      try {
        for (let place = worker; !broken; place += this.#blocks.length) {
          const job = jobAt(place);
          if (job === undefined) return;
          count(place, await this.#job(job, worker, blocks, onLate));
        }
      } catch (error) {
        broken = true;
        throw error;
      }
    };
    const ends = await Promise.allSettled(this.#blocks.map(work));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** Nothing is held: the subject is closed by who opened it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #job(
    job: BulkJob,
    worker: number,
    memory: readonly BulkBlock[],
    onLate: OnLateBulk,
  ): Promise<BulkReport> {
    const { isSpent, most } = this.#subject.allowance;
    const tally = new ExpectedTally();
    const work = { job, worker, allowance: new Allowance(isSpent ? 0 : most), tally, onLate };
    let next = job.first;
    const blocks: BlockReport[] = [];
    const workIn = async (block: BulkBlock): Promise<void> => {
      while (next < job.first + job.count) {
        const number = next++;
        blocks[number - job.first] = await this.#block(block, number, work);
      }
    };
    await Promise.all(memory.map(workIn));
    const failed = blocks.map((block) => block.failed.report());
    const sum = (what: 'cases' | 'inconclusive'): number =>
      blocks.reduce((total, block) => total + block[what], 0);
    return {
      cases: sum('cases'),
      failed: failed.reduce((total, one) => total + one.failed, 0),
      mismatches: keptOf(
        failed.flatMap(({ mismatches }) => mismatches),
        this.#kept,
      ),
      broken: addBroken(failed.map(({ broken = {} }) => broken)),
      incidents: blocks.flatMap(({ incidents }) => incidents),
      expected: tally.list(),
      inconclusive: sum('inconclusive'),
    };
  }

  async #block(memory: BulkBlock, number: number, work: JobWork): Promise<BlockReport> {
    const { job, worker, allowance, tally, onLate } = work;
    const seed = this.#seeds.at(number);
    const block = memory.fill(job.kind, seed, number);
    const report: BlockReport = {
      cases: block.count,
      failed: new MismatchTally(this.#kept),
      inconclusive: 0,
      incidents: [],
    };
    const counted = new Map<number, 'fail' | 'expected-fail'>();
    for (let at = 0; at < block.count;) {
      const { bytes, count } = memory.batch(job.kind, block, at);
      const batch = CaseBatch.of(depthOf(job.kind), bytes);
      const first = at;
      const answering = this.#subject.answer(batch, {
        worker,
        allowance,
        onLate: (index, incident) => {
          // The block may be at work on other cases by now.
          const record = recordAt(new BulkBlock().fill(job.kind, seed, number), first + index);
          onLate({ block: number, record, incident, was: counted.get(first + index) ?? 'pass' }, job);
        },
      });
      const expected = memory.expected(job.kind, block, at, count);
      const answers = await answering;
      const { depth } = batch;
      for (const differing of differingAnswers(depth, expected, answers, this.#subject.capabilities)) {
        const index = at + differing.index;
        const mismatch = { block: number, record: recordAt(block, index) };
        const { answer } = differing;
        if (answer === undefined || answer instanceof Uint8Array) {
          const isExpected = this.#isExpected(depth, mismatch, differing, tally);
          counted.set(index, isExpected ? 'expected-fail' : 'fail');
          if (isExpected) continue;
          report.failed.add(depth, mismatch, differing);
        } else if (answer.kind === 'inconclusive') report.inconclusive++;
        else report.incidents.push({ ...mismatch, incident: answer });
      }
      at += count;
    }
    return report;
  }

  /** Whether a case fails as is expected; it is counted so then. */
  #isExpected(
    depth: Depth,
    mismatch: BulkMismatch,
    { wanted, answer }: DifferingAnswer,
    tally: ExpectedTally,
  ): boolean {
    if (!(answer instanceof Uint8Array)) return false;
    const failure = { depth, record: mismatch.record, expected: wanted, observed: answer };
    const entry = this.#known.expectingFlat(failure, ruledOutcomes(depth, mismatch.record));
    if (entry === null) return false;
    tally.add(entry, mismatch, () => isTold(entry, failure));
    return true;
  }
}

/** The first of them, and the first of every clause. */
function keptOf(mismatches: readonly BulkMismatch[], most: number): readonly BulkMismatch[] {
  const seen = new Set<string | undefined>();
  return mismatches.filter(({ clause }, at) => {
    const isFirst = !seen.has(clause);
    seen.add(clause);
    return isFirst || at < most;
  });
}

/** The report of a job that does not count. */
export function notRunJob(cases: number): BulkReport {
  return { cases, failed: 0, mismatches: [], incidents: [], inconclusive: cases };
}
