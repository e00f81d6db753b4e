import type { BulkExecutor, BulkJob, BulkReport, OnReport } from '../../bulk/bulk-job.js';
import { notRunJob } from '../../bulk/bulk-processes.js';
import type { KnownFailures } from '../../expectations/known-failures.js';
import type { Allowance } from '../../process/allowance.js';
import { jobStep } from '../plan/bulk-section.js';
import type { SectionOf } from '../plan/section.js';
import type { Step } from '../state/step.js';

/** Tells of jobs what shards counted of them, in place of carrying them out. */
export class ToldJobs implements BulkExecutor {
  readonly #section: SectionOf<'bulk'>;
  readonly #steps: ReadonlyMap<number, Step>;
  readonly #known: KnownFailures;
  readonly #allowance: Allowance | null;
  readonly #behind: () => Promise<void>;

  /**
   * @param steps of the section, by the number of the first of each
   * @param behind what follows the last job
   */
  constructor(
    section: SectionOf<'bulk'>,
    steps: ReadonlyMap<number, Step>,
    { known, allowance }: { readonly known: KnownFailures; readonly allowance: Allowance | null },
    behind: () => Promise<void>,
  ) {
    this.#section = section;
    this.#steps = steps;
    this.#known = known;
    this.#allowance = allowance;
    this.#behind = behind;
  }

  async run(jobs: Iterable<BulkJob>, onReport: OnReport): Promise<void> {
    for (const job of jobs) {
      const step = this.#steps.get(jobStep(this.#section, job));
      if (step !== undefined) onReport(this.#report(step), job);
    }
    await this.#behind();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #report(step: Step): BulkReport {
    const { cases, verdicts, mismatches, broken, incidents, expected, met } = step;
    if (this.#allowance?.isSpent === true) return notRunJob(cases);
    for (const { incident } of incidents) this.#allowance?.spend(incident.kind);
    this.#known.restore(met);
    return {
      cases,
      failed: verdicts.fail ?? 0,
      mismatches,
      ...(broken === undefined ? {} : { broken }),
      incidents,
      expected: expected.map(({ entry, ...told }) => {
        return { ...told, entry: this.#known.entryAt(entry), told: false };
      }),
      inconclusive: verdicts.inconclusive ?? 0,
    };
  }
}
