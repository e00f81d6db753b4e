import { SimulatedDevice } from '../../reference/engine/simulated-device.js';
import type { SimulatedContext, SimulatedEngine } from '../../reference/engine/simulated-engine.js';
import { SimulatedTensorRt } from '../../reference/engine/simulated-tensorrt.js';
import { encodePlan } from '../../reference/plan/encode-plan.js';
import type { Plan } from '../../reference/plan/plan.js';
import type { Answer } from './answer.js';
import type { ReplayedCall, ReplayStep } from './replay-steps.js';

/** The answers of the reference's simulated TensorRT to the calls among the steps. */
export function answerOnReference(steps: readonly ReplayStep[]): readonly Answer[] {
  const session = new Session();
  return steps.flatMap((step) => {
    if (step.step === 'call') return [session.answer(step.call, step.plan)];
    session.device.freeBytes = step.bytes;
    return [];
  });
}

class Session {
  readonly device = new SimulatedDevice({ totalBytes: 0n, freeBytes: 0n, faults: [] });
  readonly #engines: (SimulatedEngine | null)[] = [];
  readonly #contexts: (SimulatedContext | null)[] = [];

  answer(call: ReplayedCall, plan: Plan): Answer {
    if (call.call === 'deserializeCudaEngine') return this.#deserialize(call.engine, plan);
    const engine = this.#engines[call.engine];
    if (engine === null || engine === undefined) return 'no engine';
    switch (call.call) {
      case 'setWeightStreamingBudgetV2':
        return String(engine.setWeightStreamingBudgetV2(BigInt(call.budget)));
      case 'createExecutionContext':
        this.#contexts[call.engine] = engine.createExecutionContext();
        return String(this.#contexts[call.engine] !== null);
      case 'enqueueV3':
        return String(this.#contexts[call.engine]?.enqueueV3() ?? 'no context');
      case 'destroyExecutionContext':
        this.#contexts[call.engine]?.destroy();
        this.#contexts[call.engine] = null;
        return '';
      case 'destroyEngine':
        engine.destroy();
        this.#engines[call.engine] = null;
        return '';
      case 'getStreamableWeightsSize':
      case 'getWeightStreamingAutomaticBudget':
      case 'getWeightStreamingBudgetV2':
      case 'getWeightStreamingScratchMemorySize':
      case 'getDeviceMemorySizeV2':
        return String(engine[call.call]());
    }
  }

  #deserialize(number: number, plan: Plan): Answer {
    const bytes = encodePlan(plan);
    const tensorRt = new SimulatedTensorRt(this.device, bytes, () => null);
    const engine = tensorRt.createInferRuntime()?.deserializeCudaEngine(bytes) ?? null;
    this.#engines[number] = engine;
    return String(engine !== null);
  }
}
