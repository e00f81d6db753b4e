import { join } from 'node:path';
import { writeSource } from '../../files/write-source.js';
import { engineProgram, onFirstDevice } from '../tensorrt/map-case.js';
import type { BuiltEngine } from '../tensorrt/engine-kind.js';
import { scratchFolder } from '../tensorrt/scratch-folder.js';
import { checkBudgetCalls } from './check-budget-calls.js';
import { checkChanges } from './check-changes.js';
import { checkDevices } from './check-devices.js';
import { checkOutputs, checkLoads, checkThreads } from './check-outputs.js';
import { checkTightMemory, needsOf } from './check-tight-memory.js';
import type { DeviceCheckResult } from '../../model/device-check.js';
import type { Looking } from '../tensorrt/look.js';

/** Stands for the loads in tight memory when it is not known what tight is. */
const UNKNOWN_NEEDS: DeviceCheckResult = {
  name: 'tight-memory',
  clause: null,
  verdict: 'fail',
  message: 'the budget calls did not show what a context needs at budget 0',
  observed: [],
};

/** The engines that the checks use. */
export interface CheckEngines {
  readonly small: BuiltEngine;
  readonly middle: BuiltEngine;
  readonly large: BuiltEngine;
}

/** What the checks are made on. */
export interface CheckedMachine {
  readonly simulated: boolean;
  /** How many devices there are; with one alone, what concerns several is not looked at. */
  readonly devices: number;
}

/** Makes all device checks, one after another: they compete for the memory of the device. */
export async function runDeviceChecks(
  looking: Looking,
  { small, middle, large }: CheckEngines,
  { simulated, devices }: CheckedMachine,
  onResult: (result: DeviceCheckResult) => void,
): Promise<readonly DeviceCheckResult[]> {
  const scratch = scratchFolder('device-checks-');
  const folder = scratch.path;
  const results: DeviceCheckResult[] = [];
  const add = (...more: readonly DeviceCheckResult[]): void => {
    results.push(...more);
    more.forEach(onResult);
  };
  try {
    const program = (engine: BuiltEngine, ...placed: readonly number[]): string =>
      checkProgram(folder, engine, placed);
    add(await checkOutputs(looking, program(middle, 0), middle, 1, simulated));
    add(await checkOutputs(looking, program(middle, 0, 0), middle, 2, simulated));
    add(await checkChanges(looking, program(middle, 0), middle, 1, simulated));
    add(await checkChanges(looking, program(large, 0, 0), large, 2, simulated));
    const smallProgram = program(small, 0);
    add(await checkThreads(looking, smallProgram, simulated));
    add(await checkLoads(looking, smallProgram));
    for (const placed of devices > 1 ? [[1], [0, 1]] : []) {
      const onFirst = program(large, ...onFirstDevice(placed.length));
      const { streamable } = large;
      const file = program(large, ...placed);
      add(...(await checkDevices(looking, { file, devices: placed, onFirst, streamable }, simulated)));
    }
    const calls = await checkBudgetCalls(looking, large);
    add(...calls);
    const needs = needsOf(calls[0]?.observed ?? [], large.streamable);
    if (needs === null) {
      add(UNKNOWN_NEEDS);
      return results;
    }
    for (const engines of [1, 2] as const) {
      const tight = program(large, ...onFirstDevice(engines));
      add(...(await checkTightMemory(looking, tight, needs, engines)));
    }
    return results;
  } finally {
    scratch.remove();
  }
}

/** Writes a program with that engine once on each of the devices; gives its file. */
function checkProgram(folder: string, { kind, plan }: BuiltEngine, devices: readonly number[]): string {
  const file = join(folder, `${kind.name}-on-${devices.join('-')}.pte`);
  writeSource(file, engineProgram(plan, kind, devices));
  return file;
}
