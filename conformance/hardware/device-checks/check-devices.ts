import { type DeviceCheckResult, numberOf, type Observation } from '../../model/device-check.js';
import { look, type Looking, resultOf } from '../tensorrt/look.js';

/** A program whose engines lie on devices: one engine on each that is listed, in that order. */
export interface PlacedProgram {
  readonly file: string;
  readonly devices: readonly number[];
  /** The same engines in the same order, all on the first device. */
  readonly onFirst: string;
  /** Bytes of weights that each engine can stream. */
  readonly streamable: bigint;
}

/** Devices that are looked at. */
const LOOKED_AT = 2;

/** Memory is given out in such pieces; a device on which no engine lies loses less than one. */
const PIECE = 2n << 20n;

/**
 * Whether a program runs on the devices that it names, whichever is current: the same outputs as on
 * the first device, weights on the devices of the engines and on no other, all of it given back by
 * an unload, and the same device current after each step as before. At both ends of the range of
 * budgets. A simulated TensorRT computes nothing and has one memory, so that only the loads, the
 * runs and the current device are judged there.
 */
export async function checkDevices(
  looking: Looking,
  program: PlacedProgram,
  simulated: boolean,
): Promise<readonly DeviceCheckResult[]> {
  const all = String(program.streamable);
  const base = await look(looking, ...argumentsFor(program.onFirst, 0, all));
  const checksum = base.lines.find(({ step }) => step === 'run')?.['checksum'];
  const results: DeviceCheckResult[] = [];
  for (const current of [0, 1]) {
    for (const budget of ['0', all]) {
      const seen = await look(looking, ...argumentsFor(program.file, current, budget));
      const resident = budget === all ? program.streamable : 0n;
      const judge = (lines: readonly Observation[]): ReturnType<typeof judgeDevices> =>
        judgeDevices(lines, { program, current, resident, checksum: simulated ? null : (checksum ?? '') });
      const name = [
        `devices/engines on ${program.devices.join(' and ')}`,
        `${current} current`,
        budget === all ? 'all resident' : 'all streamed',
      ].join('/');
      results.push(resultOf({ name, clause: 'WSB-LIFE-13' }, seen, judge));
    }
  }
  return results;
}

function argumentsFor(program: string, current: number, budget: string): readonly string[] {
  const where = ['--devices', String(LOOKED_AT), '--current', String(current)];
  return ['devices', '--program', program, ...where, '--budget', budget];
}

/** What is demanded of a look. */
export interface WantedOfDevices {
  readonly program: Pick<PlacedProgram, 'devices'>;
  readonly current: number;
  /** Bytes of weights of each engine that stay on its device. */
  readonly resident: bigint;
  /** Of the outputs on the first device; null where nothing is computed. */
  readonly checksum: string | boolean | null;
}

/** Whether the lines of a look are as they have to be, and what they show. */
export function judgeDevices(
  lines: readonly Observation[],
  wanted: WantedOfDevices,
): Pick<DeviceCheckResult, 'verdict' | 'message'> {
  const message = whatIsWrong(lines, wanted);
  if (message !== null) return { verdict: 'fail', message };
  const steps = 'loads, runs and unloads, and leaves the current device';
  return {
    verdict: 'pass',
    message:
      wanted.checksum === null
        ? `${steps}; simulated, so nothing is computed`
        : `${steps}; the same outputs as on device 0, with the weights on the devices of the engines alone`,
  };
}

function whatIsWrong(
  lines: readonly Observation[],
  { program, current, resident, checksum }: WantedOfDevices,
): string | null {
  const at = (name: string): Observation => lines.find(({ step }) => step === name) ?? {};
  const [before, loaded, run, after] = [at('before'), at('load'), at('run'), at('unload')];
  if (loaded['load'] !== '0' || run['run'] !== '0') return 'it does not load and run';
  for (const line of [before, loaded, run, after]) {
    if (line['current'] !== String(current)) {
      return `device ${String(line['current'])} is current after the step ${String(line['step'])}, not ${current}`;
    }
  }
  if (checksum === null) return null;
  if (run['allZero'] === true) return 'the outputs are all zero: nothing was computed';
  if (run['checksum'] !== checksum) return 'the outputs are not those of the same engines on device 0';
  for (let device = 0; device < LOOKED_AT; device++) {
    const free = (line: Observation): bigint => numberOf(line, `free${device}`);
    const engines = BigInt(program.devices.filter((one) => one === device).length);
    const taken = free(before) - free(loaded);
    if (taken < engines * resident || (engines === 0n && taken >= PIECE)) {
      return `loading took ${taken} bytes of device ${device}, where ${engines} engines keep ${resident} bytes each`;
    }
    if (free(after) < free(before)) {
      return `${free(before) - free(after)} bytes of device ${device} are not given back by the unload`;
    }
  }
  return null;
}
