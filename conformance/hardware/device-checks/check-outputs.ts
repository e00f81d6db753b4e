import type { BuiltEngine } from '../tensorrt/engine-set.js';
import type { DeviceCheckResult, Observation } from '../../model/device-check.js';
import { look, type Looking, resultOf } from '../tensorrt/look.js';

/**
 * Whether a program of that engine computes the same at every budget, bit for bit. A simulated
 * TensorRT computes nothing: its outputs are whatever lay in the memory, so only the loads and runs
 * are judged.
 *
 * @param engines how many delegates the program has
 */
export async function checkOutputs(
  looking: Looking,
  program: string,
  { streamable }: BuiltEngine,
  engines: number,
  simulated: boolean,
): Promise<DeviceCheckResult> {
  const budgets = [0n, 1n, streamable / 4n, streamable / 2n, streamable - 1n, streamable].map(String);
  const args = [...budgets, 'absent'].flatMap((budget) => ['--budget', budget]);
  const seen = await look(looking, 'outputs', '--program', program, ...args);
  const name = `outputs/${engines === 1 ? 'one engine' : `${engines} engines`}`;
  const clause = engines === 1 ? null : 'WSB-MULTI-01';
  return resultOf({ name, clause }, seen, (lines) => judge(lines, budgets.length + 1, simulated));
}

function judge(
  lines: readonly Observation[],
  count: number,
  simulated: boolean,
): Pick<DeviceCheckResult, 'verdict' | 'message'> {
  const failed = lines.filter(({ load, run }) => load !== '0' || run !== '0');
  if (lines.length !== count || failed.length > 0) {
    const budgets = failed.map(({ budget }) => String(budget)).join(', ');
    return { verdict: 'fail', message: `it did not load and run at the budgets ${budgets}` };
  }
  if (simulated) {
    return {
      verdict: 'pass',
      message: `loads and runs at ${count} budgets; simulated, so nothing is computed`,
    };
  }
  const checksums = new Set(lines.map(({ checksum }) => checksum));
  if (checksums.size > 1) return { verdict: 'fail', message: 'the outputs differ from budget to budget' };
  return lines.some(({ allZero }) => allZero === true)
    ? { verdict: 'fail', message: 'the outputs are all zero: nothing was computed' }
    : { verdict: 'pass', message: `the same outputs, bit for bit, at ${count} budgets` };
}
