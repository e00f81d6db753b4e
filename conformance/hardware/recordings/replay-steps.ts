import { scriptedPlan, type Plan } from '../../../reference/plan/plan.js';
import type { Hypothesis } from './zone.js';
import type { RecordedCall, RecordedSequence, Recording, RecordingEngine } from '../../golden/recording.js';

/** The calls that a simulator is asked to answer, as recorded. */
export type ReplayedCall = Exclude<RecordedCall, { call: 'cudaMalloc' | 'cudaFree' }>;

/** What a simulator is told: that so much memory is free, or to make a call. */
export type ReplayStep =
  | { readonly step: 'free'; readonly bytes: bigint }
  | { readonly step: 'call'; readonly call: ReplayedCall; readonly plan: Plan };

/** Free memory of a sequence that does not say: enough for everything. */
const PLENTY = 2n ** 50n;

/**
 * The steps of a sequence under a hypothesis: its calls, each with the memory free that was
 * recorded around it. Where nothing was recorded the simulator keeps the account. Memory that
 * others took shows in what is free; calls on damaged plans are left out, for the plans here are
 * not the real ones.
 */
export function replaySteps(
  recording: Recording,
  sequence: RecordedSequence,
  hypothesis: Hypothesis,
): readonly ReplayStep[] {
  const plans = sequence.engines.map((id) => modelledPlan(recording.engines.get(id), hypothesis));
  const start = sequence.free === null ? PLENTY : BigInt(sequence.free);
  const kept = BigInt(hypothesis.loadGranules) << BigInt(hypothesis.paging.granuleBits);
  const steps: ReplayStep[] = [{ step: 'free', bytes: start }];
  let loaded = false;
  for (const call of sequence.calls) {
    if (call.freeBefore !== undefined) steps.push({ step: 'free', bytes: BigInt(call.freeBefore) });
    if (isReplayed(call)) {
      const plan = plans[call.engine];
      if (plan !== undefined) steps.push({ step: 'call', call, plan });
    }
    if (call.freeAfter !== undefined) steps.push({ step: 'free', bytes: BigInt(call.freeAfter) });
    else if (!loaded && call.call === 'deserializeCudaEngine' && call.ok)
      steps.push({ step: 'free', bytes: start - kept });
    loaded ||= call.call === 'deserializeCudaEngine';
  }
  return steps;
}

/** Whether a simulator can be asked for the answer. */
export function isReplayed(call: RecordedCall): call is ReplayedCall {
  return (
    call.call !== 'cudaMalloc' &&
    call.call !== 'cudaFree' &&
    !(call.call === 'deserializeCudaEngine' && call.damage !== undefined)
  );
}

/** The modelled engine with the recorded facts. */
function modelledPlan(engine: RecordingEngine | undefined, { paging }: Hypothesis): Plan {
  return scriptedPlan({
    kind: 'modelled',
    streamable: BigInt(engine?.streamable ?? 0),
    scratch: BigInt(engine?.scratch ?? 0),
    activations: BigInt(engine?.activations ?? 0),
    automatic: 0n,
    paging,
  });
}

/**
 * An answer as text, so that a recorded and a simulated one compare byte for byte: `true`, `false`,
 * a decimal, or empty for none.
 */
export type Answer = string;

/** The recorded answer of a call. */
export function recordedAnswer(call: ReplayedCall): Answer {
  if ('ok' in call) return String(call.ok);
  return 'value' in call ? call.value : '';
}
