import type { CaseBatch } from '../protocol/case-batch.js';
import type { Incident } from '../model/incident.js';
import type { SubjectProcess } from './subject-process.js';

/** Cases of a process that are kept. */
const MOST_CASES = 4096;

/** Bytes of them. */
const MOST_BYTES = 8 << 20;

/**
 * Told of a case of a batch that was answered and then found to break the subject: its place in the
 * batch, and how.
 */
export type OnLate = (index: number, incident: Incident) => void;

/** A batch that a process was sent. */
export interface SentCases {
  readonly sent: CaseBatch;
  /** The same in memory of its own. */
  readonly copy: CaseBatch;
  readonly onLate: OnLate;
}

/** The last cases that the process at work was sent, for a fault that only comes behind others. */
export class CaseHistory {
  #process: SubjectProcess | null = null;
  #batches: SentCases[] = [];
  #cases = 0;
  #bytes = 0;

  /** Notes that a process is sent a batch. */
  add(process: SubjectProcess, batch: CaseBatch, onLate: OnLate): void {
    if (this.#process !== process) {
      this.#process = process;
      this.#batches = [];
      this.#cases = 0;
      this.#bytes = 0;
    }
    this.#batches.push({ sent: batch, copy: batch.copy(), onLate });
    this.#cases += batch.count;
    this.#bytes += batch.bytes.length;
    while (this.#batches.length > 1 && (this.#cases > MOST_CASES || this.#bytes > MOST_BYTES)) {
      const oldest = this.#batches.shift();
      this.#cases -= oldest?.copy.count ?? 0;
      this.#bytes -= oldest?.copy.bytes.length ?? 0;
    }
  }

  /**
   * The batches that the process was sent, the latest last: all of them, or those before `batch`.
   */
  of(process: SubjectProcess, batch?: CaseBatch): readonly SentCases[] {
    if (process !== this.#process) return [];
    const end =
      batch === undefined ? this.#batches.length : this.#batches.findIndex(({ sent }) => sent === batch);
    return this.#batches.slice(0, Math.max(end, 0));
  }
}
