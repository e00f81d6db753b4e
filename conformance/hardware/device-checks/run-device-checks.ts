import { join } from 'node:path';
import { writeSource } from '../../files/write-source.js';
import { engineProgram } from '../tensorrt/map-case.js';
import type { BuiltEngine } from '../tensorrt/engine-kind.js';
import { scratchFolder } from '../tensorrt/scratch-folder.js';
import { checkBudgetCalls } from './check-budget-calls.js';
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

/** Makes all device checks, one after another: they compete for the memory of the device. */
export async function runDeviceChecks(
  looking: Looking,
  { small, middle, large }: CheckEngines,
  simulated: boolean,
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
    add(await checkOutputs(looking, checkProgram(folder, middle, 1), middle, 1, simulated));
    add(await checkOutputs(looking, checkProgram(folder, middle, 2), middle, 2, simulated));
    const smallProgram = checkProgram(folder, small, 1);
    add(await checkThreads(looking, smallProgram, simulated));
    add(await checkLoads(looking, smallProgram));
    const calls = await checkBudgetCalls(looking, large);
    add(...calls);
    const needs = needsOf(calls[0]?.observed ?? [], large.streamable);
    if (needs === null) {
      add(UNKNOWN_NEEDS);
      return results;
    }
    for (const engines of [1, 2] as const) {
      add(...(await checkTightMemory(looking, checkProgram(folder, large, engines), needs, engines)));
    }
    return results;
  } finally {
    scratch.remove();
  }
}

/** Writes a program of so many delegates with that engine; gives its file. */
function checkProgram(folder: string, { kind, plan }: BuiltEngine, engines: 1 | 2): string {
  const file = join(folder, `${kind.name}-x${engines}.pte`);
  writeSource(file, engineProgram(plan, kind, engines));
  return file;
}
