import type { BuiltEngine } from '../tensorrt/engine-kind.js';
import { type DeviceCheckResult, type Observation, numberOf } from '../../model/device-check.js';
import { look, type Looking, resultOf } from '../tensorrt/look.js';

/** How often the budget is changed. */
const CHANGES = 10;

/**
 * Whether a program whose budget is changed while it is loaded computes the same behind each
 * change, bit for bit, and whether each time that it comes back to a budget as much device memory
 * is free as with it before. What a change takes is told as a ratio to loading again, and not
 * judged. A simulated TensorRT computes nothing, and there only the changes, the runs and the
 * memory are judged.
 *
 * @param engines how many delegates the program has
 */
export async function checkChanges(
  looking: Looking,
  program: string,
  { streamable }: BuiltEngine,
  engines: number,
  simulated: boolean,
): Promise<DeviceCheckResult> {
  const budgets = [streamable, 0n, streamable / 2n].map(String).flatMap((budget) => ['--budget', budget]);
  const args = ['--program', program, '--times', String(CHANGES), ...budgets];
  const seen = await look(looking, 'changes', ...args);
  const name = `changes/${engines === 1 ? 'one engine' : `${engines} engines`}`;
  return resultOf({ name, clause: engines === 1 ? 'WSB-SET-01' : null }, seen, (lines) =>
    judge(lines, simulated),
  );
}

function judge(
  lines: readonly Observation[],
  simulated: boolean,
): Pick<DeviceCheckResult, 'verdict' | 'message'> {
  const of = (step: string): readonly Observation[] => lines.filter((line) => line['step'] === step);
  const [changes, reloads] = [of('change'), of('reload')];
  const failed = lines.find(({ error, run }) => error !== '0' || run !== '0');
  if (failed !== undefined || lines.length !== 1 + 2 * CHANGES) {
    const where = failed === undefined ? 'not all steps were made' : `${String(failed['step'])} fails`;
    return { verdict: 'fail', message: `a budget of a loaded program does not change: ${where}` };
  }
  const moved = changes.find((line) => line['free'] !== firstWith(lines, line['budget'])['free']);
  if (moved !== undefined) {
    const budget = String(moved['budget']);
    return {
      verdict: 'fail',
      message: `back at the budget ${budget}, another amount of device memory is free than with it before`,
    };
  }
  const ratio = (median(changes) / median(reloads)).toFixed(2);
  const told = `${CHANGES} changes, with the memory back each time, in ${ratio} of the time of a load`;
  if (simulated) return { verdict: 'pass', message: `${told}; simulated, so nothing is computed` };
  if (lines.some(({ allZero }) => allZero === true)) {
    return { verdict: 'fail', message: 'the outputs are all zero: nothing was computed' };
  }
  return new Set(lines.map(({ checksum }) => checksum)).size > 1
    ? { verdict: 'fail', message: 'the outputs differ from change to change' }
    : { verdict: 'pass', message: `the same outputs, bit for bit: ${told}` };
}

function firstWith(lines: readonly Observation[], budget: Observation[string] | undefined): Observation {
  return lines.find((line) => line['budget'] === budget) ?? {};
}

/** Nanoseconds. */
function median(lines: readonly Observation[]): number {
  const times = lines.map((line) => Number(numberOf(line, 'nanoseconds'))).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}
