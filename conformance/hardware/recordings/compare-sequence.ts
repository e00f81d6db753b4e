import { recordedAnswer, type Answer } from './answer.js';
import type { ReplayedCall } from './replay-steps.js';

/** A call that no hypothesis explains, given the calls before it. */
export interface Difference {
  readonly call: ReplayedCall;
  /** What the simulator answers under the hypotheses that had explained everything before. */
  readonly simulated: readonly Answer[];
}

/** How the calls of a sequence compare with what the simulator answers. */
export interface SequenceResult {
  /** Answers that every hypothesis gives. */
  readonly exact: number;
  /**
   * Automatic budgets that some hypotheses give: one granule apart, where the free memory at the
   * call was not recorded.
   */
  readonly withinTolerance: number;
  /** Whether a plan loads, a set is accepted or a context made, where the hypotheses differ. */
  readonly undecided: readonly ReplayedCall[];
  /** The first difference ends the comparison of a sequence; null when there is none. */
  readonly difference: Difference | null;
  /** Calls behind a difference. */
  readonly notReached: number;
}

/**
 * Holds the answers of a simulator, one list for each hypothesis, to the recorded ones. A
 * hypothesis counts as long as it has given every recorded answer so far; a call that none of those
 * left explains is a difference.
 */
export function compareSequence(
  calls: readonly ReplayedCall[],
  answers: readonly (readonly Answer[])[],
): SequenceResult {
  let left = answers;
  let exact = 0;
  let withinTolerance = 0;
  const undecided: ReplayedCall[] = [];
  for (const [at, call] of calls.entries()) {
    const recorded = recordedAnswer(call);
    const agreeing = left.filter((each) => each[at] === recorded);
    if (agreeing.length === 0) {
      const simulated = [...new Set(left.map((each) => each[at] ?? 'nothing'))];
      const difference = { call, simulated };
      return { exact, withinTolerance, undecided, difference, notReached: calls.length - at - 1 };
    }
    if (agreeing.length === left.length) exact++;
    else if (call.call === 'getWeightStreamingAutomaticBudget') withinTolerance++;
    else undecided.push(call);
    left = agreeing;
  }
  return { exact, withinTolerance, undecided, difference: null, notReached: 0 };
}
