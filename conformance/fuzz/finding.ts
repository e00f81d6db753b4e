/** What fuzzing found: an input on which a reader errs. */
export interface FuzzFinding {
  readonly target: string;
  /** What happened, in one line. */
  readonly what: string;
  /** The input, as small as it got. */
  readonly input: Uint8Array;
}

/** What a target was fuzzed with, and what came of it. */
export interface FuzzTally {
  readonly target: string;
  /** How its inputs were made, such as `libFuzzer`. */
  readonly how: string;
  readonly executions: number;
  readonly milliseconds: number;
  /** Inputs that ran blocks that none had run before. */
  readonly fresh: number;
  /** More to be told, such as what agrees. */
  readonly notes: readonly string[];
  readonly findings: readonly FuzzFinding[];
}

/** What a finding is about whatever its numbers and texts: two of a kind are told of once. */
export function findingKind({ target, what }: Pick<FuzzFinding, 'target' | 'what'>): string {
  return `${target} ${what.replace(/"[^"]*"/g, '"…"').replace(/[0-9a-f]{6,}|\d+/g, 'N')}`;
}
