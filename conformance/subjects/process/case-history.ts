import type { CaseBatch } from './case-batch.js';
import type { SubjectProcess } from './subject-process.js';

/** Cases of a process that are kept. */
const MOST_CASES = 4096;

/** Bytes of them. */
const MOST_BYTES = 8 << 20;

/** The last cases that the process at work was sent, for a fault that only comes behind others. */
export class CaseHistory {
  #process: SubjectProcess | null = null;
  #batches: { readonly sent: CaseBatch; readonly copy: CaseBatch }[] = [];
  #cases = 0;
  #bytes = 0;

  /** Notes that a process is sent a batch. */
  add(process: SubjectProcess, batch: CaseBatch): void {
    if (this.#process !== process) {
      this.#process = process;
      this.#batches = [];
      this.#cases = 0;
      this.#bytes = 0;
    }
    this.#batches.push({ sent: batch, copy: batch.copy() });
    this.#cases += batch.count;
    this.#bytes += batch.bytes.length;
    while (this.#batches.length > 1 && (this.#cases > MOST_CASES || this.#bytes > MOST_BYTES)) {
      const oldest = this.#batches.shift();
      this.#cases -= oldest?.copy.count ?? 0;
      this.#bytes -= oldest?.copy.bytes.length ?? 0;
    }
  }

  /** The batches of the same depth that the process was sent before `batch`, the latest last. */
  of(process: SubjectProcess, batch: CaseBatch): readonly CaseBatch[] {
    if (process !== this.#process) return [];
    const end = this.#batches.findIndex(({ sent }) => sent === batch);
    return this.#batches
      .slice(0, Math.max(end, 0))
      .map(({ copy }) => copy)
      .filter(({ depth }) => depth === batch.depth);
  }
}
