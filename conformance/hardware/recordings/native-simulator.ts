import { join } from 'node:path';
import { execa } from 'execa';
import { encodePlan } from '../../../reference/plan/encode-plan.js';
import type { Answer, ReplayStep } from './replay-steps.js';
import type { Simulator } from './check-recording.js';

/**
 * The simulated TensorRT of native/simulator, asked through its binary interface by
 * native/recorder.
 *
 * @param build the folder that holds both
 * @param env what is set for the recorder beside what this process has
 * @throws Error when the recorder can't be run, or refuses a step; each call of the simulator is
 * one process.
 */
export function nativeSimulator(build: string, env: Readonly<Record<string, string>> = {}): Simulator {
  return async (runs) => {
    const input = runs.map((steps) => ['begin', ...steps.map(stepLine), ''].join('\n')).join('');
    const { stdout } = await execa(join(build, 'recorder'), ['--tensorrt', build, '--replay'], {
      env,
      input,
      // An answer may be an empty line, also the last one.
      stripFinalNewline: false,
      maxBuffer: 2 ** 30,
      // The simulator logs why it says no; that it does is the answer.
      stderr: 'ignore',
    });
    const answers = stdout.split('\n');
    let at = 0;
    return runs.map((steps): readonly Answer[] => {
      const from = at;
      at += steps.filter(({ step }) => step === 'call').length;
      return answers.slice(from, at);
    });
  };
}

function stepLine(step: ReplayStep): string {
  if (step.step === 'free') return `free ${step.bytes}`;
  const { call, plan } = step;
  const place = `${call.call} ${call.engine}`;
  if (call.call === 'deserializeCudaEngine') {
    return `${place} ${Buffer.from(encodePlan(plan)).toString('hex')}`;
  }
  return call.call === 'setWeightStreamingBudgetV2' ? `${place} ${call.budget}` : place;
}
