import { type DeviceCheckResult, numberOf } from '../../model/device-check.js';
import { look, type Looking, resultOf } from '../tensorrt/look.js';

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
