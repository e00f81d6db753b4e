import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedTensorRt, type RecordedPlans } from '../engine/simulated-tensorrt.js';
import { buildOptionsMap } from '../rules/options-map.js';
import { NO_LEAKS, type Outcome, type StepOutcome } from '../outcome/outcome.js';
import { readProgram } from '../program/read-program.js';
import type { AnyLoadRequest, Fault } from '../request/load-request.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { Trace } from '../rules/trace.js';
import { PRIMITIVE_KERNELS, STOCK_KERNELS } from '../program/stock-kernels.js';
import { RuntimeSource } from '../delegate/runtime-source.js';
import { Host } from './host.js';
import { STOCK_HOST, type HostProfile } from './host-profile.js';
import { raise, type Failure } from './raise.js';
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
  /** What the host is made of; {@link STOCK_HOST} unless given. */
  readonly host?: HostProfile;
  /** Where it is noted which clause decides each part of the outcome; nowhere unless given. */
  readonly trace?: Trace | undefined;
  /** Told of each call that a fault can make fail, in their order. */
  readonly told?: (call: Fault['call']) => void;
}

/**
 * The outcome that a conforming delegate has for a request, on the simulated TensorRT, where a host
 * of the suite puts the program (spec/requests.md).
 *
 * @throws UndefinedBehaviourError when the program makes ExecuTorch read memory that it must not.
 * @throws UnmodelledProgramError when what happens depends on what a tensor holds, or is more than
 * an outcome can hold.
 */
export function runReference(request: AnyLoadRequest, context: ReferenceContext = {}): Outcome {
  const moduleOptions = buildOptionsMap(request.module?.options ?? []);
  const { trace = null } = context;
  if (moduleOptions === null)
    return rejectedProgram({ error: 'InvalidArgument', clause: 'WSB-OPT-16' }, trace);
  const profile = context.host ?? STOCK_HOST;
  const kernels = profile.kernels ? STOCK_KERNELS : PRIMITIVE_KERNELS;
  // What lies around the file of a program is for its loader alone to know.
  const surroundings = request.program instanceof Uint8Array ? 'zeros' : 'unknown';
  const read = readProgram(request.program, request.verification, surroundings, kernels);
  if (!read.ok) return rejectedProgram(raise(read.fault), trace);
  trace?.note({ kind: 'program' }, ['WSB-PROG-11']);

  const device = new SimulatedDevice(request.device, context.told);
  const { recordedPlan = () => null } = context;
  const tensorRt = new SimulatedTensorRt(device, read.program.source, recordedPlan, trace);
  const { rules = STANDARD_RULES } = context;
  const api = {
    moduleOptions: request.module === null ? null : moduleOptions,
    keepsAll: request.sharing !== undefined,
  };
  const host = new Host(read.program, api, {
    device,
    tensorRt,
    runtimes: new RuntimeSource(tensorRt, rules.runtimeUse),
    rules,
    host: profile,
  });
  const steps: StepOutcome[] = [];
  const logs: ClauseId[] = [];
  for (const [index, step] of request.steps.entries()) {
    tensorRt.step = index;
    steps.push(host.carryOut(step));
    logs.push(host.logClause);
    device.endStep();
  }
  host.end();
  const { engines } = tensorRt;
  if (
    [engines, device.violations, ...engines.map(({ calls }) => calls)].some(({ length }) => length > MOST)
  ) {
    throw new UnmodelledProgramError(`there are more than ${MOST} engines, violations or calls of an engine`);
  }
  const outcome: Outcome = {
    program: { kind: 'ok' },
    steps,
    engines,
    leaks: device.live,
    violations: device.violations,
  };
  if (trace !== null) noteEnd(trace, outcome, logs);
  return outcome;
}

/** Notes what decides on that which the whole request leaves behind. */
function noteEnd(trace: Trace, { engines, steps }: Outcome, logs: readonly ClauseId[]): void {
  for (const [engine, { calls }] of engines.entries()) {
    trace.note({ kind: 'no-call', engine, call: calls.length }, ['WSB-LIFE-05']);
    trace.note({ kind: 'applied', engine }, ['WSB-APPLY-01']);
  }
  trace.note({ kind: 'violations' }, ['WSB-LIFE-07']);
  const isRejected = steps.some(({ kind }) => kind === 'rejected');
  const failed: readonly ClauseId[] = engines.length > 1 ? ['WSB-MULTI-06', 'WSB-FAIL-04'] : ['WSB-FAIL-04'];
  // What a load that ends well leaves behind, one that fails may leave, too.
  trace.note({ kind: 'leaks' }, [...(isRejected ? failed : []), 'WSB-FAIL-05']);
  for (const [step, clause] of logs.entries()) trace.note({ kind: 'log', step }, [clause]);
}

function rejectedProgram({ error, clause }: Failure, trace: Trace | null): Outcome {
  trace?.note({ kind: 'program' }, [clause]);
  return { program: { kind: 'rejected', error }, steps: [], engines: [], leaks: NO_LEAKS, violations: [] };
}
