import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedTensorRt, type RecordedPlans } from '../engine/simulated-tensorrt.js';
import { buildOptionsMap } from '../rules/options-map.js';
import { NO_LEAKS, type Outcome, type StepOutcome } from '../outcome/outcome.js';
import { readProgram } from '../program/read-program.js';
import type { LoadRequest } from '../request/load-request.js';
import { PRIMITIVE_KERNELS, STOCK_KERNELS } from '../program/stock-kernels.js';
import { Host } from './host.js';
import { STOCK_HOST, type HostProfile } from './host-profile.js';
import { raise } from './raise.js';
import { STANDARD_RULES, type Rules } from '../rules/rules.js';

/** What the reference needs beside a request. */
export interface ReferenceContext {
  /** The rules of the delegate; those of the specification unless given. */
  readonly rules?: Rules;
  /** What stands behind a TensorRT plan that is not a scripted one; unknown plans are refused. */
  readonly recordedPlan?: RecordedPlans;
  /** What the host is made of; {@link STOCK_HOST} unless given. */
  readonly host?: HostProfile;
}

/**
 * The outcome that a conforming delegate has for a request, on the simulated TensorRT.
 *
 * @throws UndefinedBehaviourError when the program makes ExecuTorch read memory that it must not.
 */
export function runReference(request: LoadRequest, context: ReferenceContext = {}): Outcome {
  const moduleOptions = buildOptionsMap(request.module?.options ?? []);
  if (moduleOptions === null) return rejectedProgram('InvalidArgument');
  const profile = context.host ?? STOCK_HOST;
  const kernels = profile.kernels ? STOCK_KERNELS : PRIMITIVE_KERNELS;
  const read = readProgram(request.program, request.verification, kernels);
  if (!read.ok) return rejectedProgram(raise(read.fault));

  const device = new SimulatedDevice(request.device);
  const tensorRt = new SimulatedTensorRt(device, request.program, context.recordedPlan ?? (() => null));
  const host = new Host(read.program, request.module === null ? null : moduleOptions, {
    device,
    tensorRt,
    rules: context.rules ?? STANDARD_RULES,
    host: profile,
  });
  const steps: StepOutcome[] = [];
  for (const [index, step] of request.steps.entries()) {
    tensorRt.step = index;
    steps.push(host.carryOut(step));
    device.endStep();
  }
  host.end();
  return {
    program: { kind: 'ok' },
    steps,
    engines: tensorRt.engines,
    leaks: device.live,
    violations: device.violations,
  };
}

function rejectedProgram(error: Extract<Outcome['program'], { kind: 'rejected' }>['error']): Outcome {
  return { program: { kind: 'rejected', error }, steps: [], engines: [], leaks: NO_LEAKS, violations: [] };
}
