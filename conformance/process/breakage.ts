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
  /** The process broke. Cases of the batch before `at` were answered; the fault showed at it, or behind the one before it. */
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
