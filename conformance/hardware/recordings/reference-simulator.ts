import { SimulatedDevice } from '../../../reference/engine/simulated-device.js';
import type { SimulatedContext, SimulatedEngine } from '../../../reference/engine/simulated-engine.js';
import { SimulatedTensorRt } from '../../../reference/engine/simulated-tensorrt.js';
import { encodePlan } from '../../../reference/plan/encode-plan.js';
import type { Plan } from '../../../reference/plan/plan.js';
import { rangeOf } from '../../../reference/source/byte-range.js';
import type { Answer, ReplayedCall, ReplayStep } from './replay-steps.js';

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
  /** Of each engine, in the order in which they were made. */
  readonly #contexts: SimulatedContext[][] = [];

  answer(call: ReplayedCall, plan: Plan): Answer {
    if (call.call === 'deserializeCudaEngine') return this.#deserialize(call.engine, plan);
    const engine = this.#engines[call.engine];
    if (engine === null || engine === undefined) return 'no engine';
    const contexts = (this.#contexts[call.engine] ??= []);
    switch (call.call) {
      case 'setWeightStreamingBudgetV2':
        return String(engine.setWeightStreamingBudgetV2(BigInt(call.budget)));
      case 'createExecutionContext':
        return String(this.#createContext(engine, contexts));
      case 'enqueueV3': {
        // Whoever recorded it gave every tensor an address.
        const bound = new Map(engine.bindings.map(({ name }) => [name, null]));
        return String(contexts.at(-1)?.enqueueV3(bound) ?? 'no context');
      }
      case 'destroyExecutionContext':
        contexts.pop()?.destroy();
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

  #createContext(engine: SimulatedEngine, contexts: SimulatedContext[]): boolean {
    const context = engine.createExecutionContext();
    if (context !== null) contexts.push(context);
    return context !== null;
  }

  #deserialize(number: number, plan: Plan): Answer {
    const tensorRt = new SimulatedTensorRt(this.device, null, () => null);
    const engine = tensorRt.createInferRuntime()?.deserializeCudaEngine(rangeOf(encodePlan(plan))) ?? null;
    this.#engines[number] = engine;
    return String(engine !== null);
  }
}
