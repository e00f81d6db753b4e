import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSource } from '../../files/write-source.js';
import type { ByteSource } from '../../../reference/index.js';
import type { MeasuredMachine } from './measured-machine.js';
import { type Description, SweepProcess, versionText } from './sweep-process.js';

/** What a TensorRT says of a plan; sizes are bytes. */
export interface DescribedPlan {
  /** Such as 10.6.0. */
  readonly tensorrt: string;
  readonly streamable: bigint;
  readonly scratch: bigint;
  readonly activations: bigint;
}

/**
 * Asks the TensorRT of a machine for the sizes of a plan of a program. The plan is written to a
 * file of its own meanwhile, and nothing is run.
 *
 * @throws SubjectError when TensorRT refuses the plan, or ends the process
 */
export async function describePlan(
  { launch }: Pick<MeasuredMachine, 'launch'>,
  program: string,
  plan: ByteSource,
): Promise<DescribedPlan> {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  try {
    const file = join(folder, 'engine.plan');
    writeSource(file, plan);
    const process = new SweepProcess(launch('wsb-measure', program, file), []);
    try {
      return described(await process.describe());
    } finally {
      process.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function described({ tensorrt, streamable, scratch, activations }: Description): DescribedPlan {
  return {
    tensorrt: versionText(tensorrt),
    streamable: BigInt(streamable),
    scratch: BigInt(scratch),
    activations: BigInt(activations),
  };
}
