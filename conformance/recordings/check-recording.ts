import type { Answer } from './answer.js';
import { compareSequence, type Difference } from './compare-sequence.js';
import { HYPOTHESES } from './hypothesis.js';
import type { Recording } from './recording.js';
import { isReplayed, replaySteps, type ReplayedCall, type ReplayStep } from './replay-steps.js';

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

/** Replays a recording on a simulator, under every hypothesis, and compares call by call. */
export async function checkRecording(recording: Recording, simulator: Simulator): Promise<RecordingResult> {
  const { sequences } = recording;
  const runs = sequences.flatMap((sequence) =>
    HYPOTHESES.map((hypothesis) => replaySteps(recording, sequence, hypothesis)),
  );
  const answers = await simulator(runs);
  const results = sequences.map((sequence, at) => ({
    id: sequence.id,
    ...compareSequence(
      sequence.calls.filter(isReplayed),
      answers.slice(at * HYPOTHESES.length, (at + 1) * HYPOTHESES.length),
    ),
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
