import type { SentBatch } from './answer-order.js';
import type { ChildEnd } from './child.js';

/** How a process came to be of no further use. */
export interface Breakage {
  readonly kind: 'crashed' | 'timed-out' | 'protocol-error';
  /** What it did, as the rest of a sentence that begins with the subject. */
  readonly message: string;
  readonly signal: string | null;
  readonly exitCode: number | null;
  /** The end of what it wrote to standard error. */
  readonly stderr: string;
}

/** What came of a batch that was sent to a process. */
export type BatchResult =
  | { readonly kind: 'answered'; readonly answers: Uint8Array }
  /**
   * The process broke. Cases of the batch before `at` were answered; the fault showed at it, or
   * behind the one before it.
   */
  | {
      readonly kind: 'broken';
      readonly answers: Uint8Array;
      readonly at: number;
      /** Whether the fault is this batch's, or that of one before it. */
      readonly suspect: boolean;
      /** Whether the case at `at` was begun, as far as that was told. */
      readonly begun: boolean;
      /** The case of the batch that the progress file names; null where it names none. */
      readonly noted: number | null;
      readonly breakage: Breakage;
    };

const NONE = Buffer.alloc(0);

/**
 * What came of a batch when its process broke; `seq` is the case that the fault names, `noted` the
 * one in the progress file, `begun` whether a case was at work.
 */
export function broken(
  sent: SentBatch,
  seq: number | null,
  suspect: boolean,
  breakage: Breakage,
  { begun, noted }: { readonly begun: boolean; readonly noted: number },
): BatchResult {
  const answers = Buffer.concat(sent.answers);
  const named = covers(sent, seq) && seq !== null ? seq - sent.first : sent.answered;
  if (sent.answered === sent.batch.count && !covers(sent, seq)) return { kind: 'answered', answers };
  return {
    kind: 'broken',
    answers,
    at: Math.min(named, sent.answered),
    suspect,
    begun: begun || covers(sent, seq),
    noted: noted >= sent.first + sent.answered && covers(sent, noted) ? noted - sent.first : null,
    breakage,
  };
}

function covers({ first, batch }: SentBatch, seq: number | null): boolean {
  return seq !== null && seq >= first && seq < first + batch.count;
}

/** What came of a batch that the process was not sent any more. */
export function lost(breakage: Breakage, suspect: boolean): BatchResult {
  return { kind: 'broken', answers: NONE, at: 0, suspect, begun: false, noted: null, breakage };
}

/** How a child ended, as the rest of a sentence. */
export function endText({ signal, exitCode, failure }: ChildEnd): string {
  if (failure !== null) return `could not be started: ${failure}`;
  return signal === null ? `exited with ${exitCode ?? 'no code'}` : `was ended by ${signal}`;
}
