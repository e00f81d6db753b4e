import type { Answer } from './answer.js';
import { compareSequence, type Difference } from './compare-sequence.js';
import { hypotheses } from './hypothesis.js';
import type { RecordedSequence, Recording } from '../../golden/recording.js';
import { isReplayed, replaySteps, type ReplayedCall, type ReplayStep } from './replay-steps.js';
import { zoneOf, type Zone } from './zone.js';

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

/**
 * Replays a recording on a simulator, under every hypothesis of the device's zone, and compares
 * call by call.
 */
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
