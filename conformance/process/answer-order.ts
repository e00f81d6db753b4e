import type { CaseBatch } from '../protocol/case-batch.js';
import type { SubjectMessage } from '../protocol/message.js';
import { ProtocolFault } from '../protocol/protocol-fault.js';

/** A batch that was sent, and the answers to it so far. */
export interface SentBatch {
  readonly batch: CaseBatch;
  /** Number of its first case. */
  readonly first: number;
  readonly answers: Uint8Array[];
  answered: number;
}

/** Holds what a subject says against the numbers of the cases that it was sent. */
export class AnswerOrder {
  /** Batches that are not wholly answered, in order. */
  readonly open: SentBatch[] = [];
  #sent = 0;
  #begun = 0;
  #answered = 0;

  /** Cases that were sent and not answered. */
  get unanswered(): number {
    return this.#sent - this.#answered;
  }

  /** Whether a case was begun and not answered. */
  get atWork(): boolean {
    return this.#begun > this.#answered;
  }

  /** Whether any case was answered. */
  get answeredAny(): boolean {
    return this.#answered > 0;
  }

  /** Gives the cases of a batch their numbers. */
  send(batch: CaseBatch): SentBatch {
    const sent = { batch, first: this.#sent + 1, answers: [], answered: 0 };
    this.#sent += batch.count;
    this.open.push(sent);
    return sent;
  }

  /**
   * Takes a message; gives the batches that it completes.
   *
   * @throws ProtocolFault when it is not due.
   */
  take(message: SubjectMessage): readonly SentBatch[] {
    switch (message.kind) {
      case 'begin':
        this.#begin(message.seq, message.count);
        return [];
      case 'answers':
        return this.#answer(message);
      case 'failure':
        throw new ProtocolFault(`it reported a failure: ${message.reason}`, message.seq);
    }
  }

  #begin(seq: number, count: number): void {
    const named = `a begin for case ${seq}`;
    if (seq < 1 || count < 1 || seq + count - 1 > this.#sent) {
      throw new ProtocolFault(`it wrote ${named}, which was not sent to it`);
    }
    if (seq <= this.#begun) throw new ProtocolFault(`it wrote ${named} a second time`, seq);
    if (this.#begun > this.#answered) {
      throw new ProtocolFault(
        `it wrote ${named} before it had answered case ${this.#answered + 1}`,
        this.#answered + 1,
      );
    }
    if (seq !== this.#begun + 1) {
      throw new ProtocolFault(`it wrote ${named}, but case ${this.#begun + 1} was due`, this.#begun + 1);
    }
    this.#begun = seq + count - 1;
  }

  #answer(message: SubjectMessage & { kind: 'answers' }): SentBatch[] {
    const { seq, count } = message;
    const named = `an answer to case ${seq}`;
    if (seq < 1 || seq + count - 1 > this.#sent) {
      throw new ProtocolFault(`it wrote ${named}, which was not sent to it`);
    }
    if (seq <= this.#answered) throw new ProtocolFault(`it wrote ${named} a second time`, seq);
    if (seq !== this.#answered + 1) {
      throw new ProtocolFault(
        `it wrote ${named}, but case ${this.#answered + 1} was due`,
        this.#answered + 1,
      );
    }
    if (seq + count - 1 > this.#begun)
      throw new ProtocolFault(`it wrote ${named} without a begin`, this.#begun + 1);
    return this.#store(message);
  }

  #store({ depth, seq, count, bytes }: SubjectMessage & { kind: 'answers' }): SentBatch[] {
    const [sent] = this.open;
    if (sent === undefined) return [];
    if (sent.batch.depth !== depth)
      throw new ProtocolFault(`it answered case ${seq} as a different kind of case`, seq);
    if (sent.answered + count > sent.batch.count) {
      throw new ProtocolFault('it answered the cases of two batches at once', seq);
    }
    sent.answers.push(bytes);
    sent.answered += count;
    this.#answered += count;
    if (sent.answered < sent.batch.count) return [];
    this.open.shift();
    return [sent];
  }
}
