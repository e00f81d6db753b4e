import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedTensorRt, type RecordedPlans } from '../engine/simulated-tensorrt.js';
import { buildOptionsMap } from '../rules/options-map.js';
import { NO_LEAKS, type Outcome, type StepOutcome } from '../outcome/outcome.js';
import { readProgram } from '../program/read-program.js';
import type { LoadRequest } from '../request/load-request.js';
import { Host } from './host.js';
import { raise } from './raise.js';
import { STANDARD_RULES, type Rules } from '../rules/rules.js';
import { UnmodelledProgramError } from './unmodelled-program-error.js';

/** Engines of an outcome at most, calls of each, and violations (spec/wire-format.md). */
const MOST = 255;

/** What the reference needs beside a request. */
export interface ReferenceContext {
  /** The rules of the delegate; those of the specification unless given. */
  readonly rules?: Rules;
  /** What stands behind a TensorRT plan that is not a scripted one; unknown plans are refused. */
  readonly recordedPlan?: RecordedPlans;
}

/**
 * The outcome that a conforming delegate has for a request, in ExecuTorch 1.5.1 and on the simulated TensorRT, where a host of the
 * suite puts the program (spec/requests.md).
 *
 * @throws UndefinedBehaviourError when the program makes ExecuTorch read memory that it must not.
 * @throws UnmodelledProgramError when what happens depends on what a tensor holds, or is more than an outcome can hold.
 */
export function runReference(request: LoadRequest, context: ReferenceContext = {}): Outcome {
  const moduleOptions = buildOptionsMap(request.module?.options ?? []);
  if (moduleOptions === null) return rejectedProgram('InvalidArgument');
  const read = readProgram(request.program, request.verification, 'zeros');
  if (!read.ok) return rejectedProgram(raise(read.fault));

  const device = new SimulatedDevice(request.device);
  const tensorRt = new SimulatedTensorRt(device, read.program.bytes, context.recordedPlan ?? (() => null));
  const host = new Host(read.program, request.module === null ? null : moduleOptions, {
    device,
    tensorRt,
    rules: context.rules ?? STANDARD_RULES,
  });
  const steps: StepOutcome[] = [];
  for (const [index, step] of request.steps.entries()) {
    tensorRt.step = index;
    steps.push(host.carryOut(step));
    device.endStep();
  }
  host.end();
  const { engines } = tensorRt;
  if (
    [engines, device.violations, ...engines.map(({ calls }) => calls)].some(({ length }) => length > MOST)
  ) {
    throw new UnmodelledProgramError(`there are more than ${MOST} engines, violations or calls of an engine`);
  }
  return {
    program: { kind: 'ok' },
    steps,
    engines,
    leaks: device.live,
    violations: device.violations,
  };
}

function rejectedProgram(error: Extract<Outcome['program'], { kind: 'rejected' }>['error']): Outcome {
  return { program: { kind: 'rejected', error }, steps: [], engines: [], leaks: NO_LEAKS, violations: [] };
}
