import type { SentCase } from '../../model/sent-case.js';
import { casesOfBatches } from '../../process/case-batches.js';
import type { CaseBatch } from '../../protocol/case-batch.js';

/** Cases that are kept. */
const MOST_CASES = 32_768;

/** Bytes of them. */
const MOST_BYTES = 16 << 20;

interface Logged {
  readonly worker: number;
  readonly batch: CaseBatch;
}

/**
 * The last cases that the processes of a subject were sent, for a failure that only comes behind
 * others. What is kept is bounded.
 */
export class CaseLog {
  readonly #batches: Logged[] = [];
  #cases = 0;
  #bytes = 0;

  /** Notes that a process of the subject, or the subject in this one, is sent a batch. */
  note(worker: number, batch: CaseBatch): void {
    this.#batches.push({ worker, batch: batch.copy() });
    this.#cases += batch.count;
    this.#bytes += batch.bytes.length;
    while (this.#batches.length > 1 && (this.#cases > MOST_CASES || this.#bytes > MOST_BYTES)) {
      const oldest = this.#batches.shift();
      this.#cases -= oldest?.batch.count ?? 0;
      this.#bytes -= oldest?.batch.bytes.length ?? 0;
    }
  }

  /** All cases of a process so far, at most the last `most`. */
  all(most: number, worker = 0): readonly SentCase[] {
    return lastCases(this.#batchesOf(worker), most);
  }

  /**
   * At most the last `most` cases that the same process was sent before this one, when it was sent
   * it last; none when it is not known any more.
   */
  before(sent: SentCase, most: number): readonly SentCase[] {
    for (let at = this.#batches.length - 1; at >= 0; at--) {
      const logged = this.#batches[at];
      const place = logged === undefined ? null : placeIn(logged.batch, sent);
      if (logged === undefined || place === null) continue;
      const earlier = this.#batches
        .slice(0, at)
        .flatMap(({ worker, batch }) => (worker === logged.worker ? [batch] : []));
      return lastCases([...earlier, logged.batch.part(0, place)], most);
    }
    return [];
  }

  #batchesOf(process: number): readonly CaseBatch[] {
    return this.#batches.flatMap(({ worker, batch }) => (worker === process ? [batch] : []));
  }
}

/** The last cases of batches, at most `most`, the latest last. */
export function lastCases(batches: readonly CaseBatch[], most: number): readonly SentCase[] {
  const parts: CaseBatch[] = [];
  let left = most;
  for (let at = batches.length - 1; at >= 0 && left > 0; at--) {
    const batch = batches[at];
    if (batch === undefined || batch.count === 0) continue;
    parts.unshift(batch.part(Math.max(0, batch.count - left)));
    left -= batch.count;
  }
  return casesOfBatches(parts);
}

/** The place of the last case of a batch that has this record; null when there is none. */
function placeIn(batch: CaseBatch, { depth, record }: SentCase): number | null {
  if (batch.depth !== depth) return null;
  for (let at = batch.count - 1; at >= 0; at--) {
    if (Buffer.compare(batch.record(at), record) === 0) return at;
  }
  return null;
}
