import type { BuiltEngine } from '../tensorrt/engine-kind.js';
import { type DeviceCheckResult, type Observation, numberOf } from '../../model/device-check.js';
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

const LOADS = 1000;
const THREAD_LOADS = 50;

/**
 * Whether 1,000 loads, runs and unloads leave as much device memory free as the first of them did.
 */
export async function checkLoads(looking: Looking, program: string): Promise<DeviceCheckResult> {
  const seen = await look(looking, 'loads', '--program', program, '--times', String(LOADS), '--budget', '0');
  return resultOf({ name: `loads/${LOADS} times`, clause: 'WSB-LIFE-11' }, seen, ([line = {}]) => {
    const failed = numberOf(line, 'failed');
    const lost = numberOf(line, 'freeAfterFirst') - numberOf(line, 'freeAtEnd');
    if (failed > 0n) return { verdict: 'fail', message: `${failed} of ${LOADS} loads or runs failed` };
    if (numberOf(line, 'alive') > 0n)
      return { verdict: 'fail', message: `${String(line['alive'])} objects are left` };
    return lost > 0n
      ? { verdict: 'fail', message: `${lost} bytes of device memory less are free than after the first load` }
      : { verdict: 'pass', message: `after ${LOADS} loads as much device memory is free as after the first` };
  });
}

/**
 * Whether two threads that load and run side by side, each its own program and budget, get the same
 * outputs at every run. A simulated TensorRT computes nothing, so only the loads and runs are
 * judged there.
 */
export async function checkThreads(
  looking: Looking,
  program: string,
  simulated: boolean,
): Promise<DeviceCheckResult> {
  const args = ['--program', program, '--times', String(THREAD_LOADS), '--budget', '0', '--budget', '1000'];
  const seen = await look(looking, 'threads', ...args);
  return resultOf({ name: 'threads/two side by side', clause: null }, seen, (lines) => {
    if (lines.length !== 2 || lines.some(({ failed }) => failed !== '0')) {
      return { verdict: 'fail', message: 'loads or runs of two threads fail' };
    }
    const each = `two threads, ${THREAD_LOADS} loads and runs each`;
    if (simulated) return { verdict: 'pass', message: `${each}; simulated, so nothing is computed` };
    const same = lines.every(
      ({ different, checksum }) => different === '0' && checksum === lines[0]?.['checksum'],
    );
    return same
      ? { verdict: 'pass', message: `${each}, all with the same outputs` }
      : { verdict: 'fail', message: 'the outputs of two threads differ from run to run' };
  });
}
