import {
  type Answer,
  isReplayed,
  replaySteps,
  type ReplayedCall,
  type ReplayStep,
  recordedAnswer,
} from './replay-steps.js';
import { hypotheses, zoneOf, type Zone } from './zone.js';
import type { RecordedSequence, Recording } from '../../golden/recording.js';

/** Answers the calls among the steps of each run; every run begins on a fresh device. */
export type Simulator = (
  runs: readonly (readonly ReplayStep[])[],
) => Promise<readonly (readonly Answer[])[]> | readonly (readonly Answer[])[];

/** A call of a sequence. */
export interface CallOfSequence {
  readonly sequence: string;
  readonly call: ReplayedCall;
}

/** How a recording compares with a simulator. */
export interface RecordingResult {
  readonly sequences: number;
  /** Calls compared: those of the next three, and one for each difference. */
  readonly compared: number;
  readonly exact: number;
  readonly withinTolerance: number;
  readonly undecided: readonly CallOfSequence[];
  readonly differences: readonly (Difference & { readonly sequence: string })[];
  /** Calls behind a difference in their sequence. */
  readonly notReached: number;
  /** Calls on damaged plans and of the CUDA runtime. */
  readonly notReplayed: number;
  /** Sequences that ended the process; the calls that came back are compared. */
  readonly crashed: readonly string[];
}

/** Replays a recording under every hypothesis of the device's zone, and compares each call. */
export async function checkRecording(
  recording: Recording,
  simulator: Simulator,
  zoneFor: (sequence: RecordedSequence) => Zone = recordedZone(recording),
): Promise<RecordingResult> {
  const { sequences } = recording;
  const runs = sequences.map((sequence) =>
    hypotheses(zoneFor(sequence)).map((hypothesis) => replaySteps(recording, sequence, hypothesis)),
  );
  const answers = [...(await simulator(runs.flat()))];
  const results = sequences.map((sequence, at) => ({
    id: sequence.id,
    ...compareSequence(sequence.calls.filter(isReplayed), answers.splice(0, runs[at]?.length ?? 0)),
  }));
  const sum = (of: (result: (typeof results)[number]) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const undecided = results.flatMap(({ id, undecided: calls }) =>
    calls.map((call) => ({ sequence: id, call })),
  );
  const differences = results.flatMap(({ id, difference }) =>
    difference === null ? [] : [{ sequence: id, ...difference }],
  );
  const exact = sum((result) => result.exact);
  const withinTolerance = sum((result) => result.withinTolerance);
  return {
    sequences: sequences.length,
    compared: exact + withinTolerance + undecided.length + differences.length,
    exact,
    withinTolerance,
    undecided,
    differences,
    notReached: sum((result) => result.notReached),
    notReplayed: sequences
      .flatMap(({ calls }) => calls)
      .reduce((total, call) => total + (isReplayed(call) ? 0 : 1), 0),
    crashed: sequences.filter(({ ended }) => ended.kind === 'crashed').map(({ id }) => id),
  };
}

/** The zone of each sequence on the GPU of the recording. */
function recordedZone({ header, engines }: Recording): (sequence: RecordedSequence) => Zone {
  return (sequence) =>
    zoneOf(
      header.gpu,
      sequence.engines.flatMap((id) => engines.get(id) ?? []),
    );
}

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
  /** Automatic budgets one granule apart, where the free memory at the call was not recorded. */
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
