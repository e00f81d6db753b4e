import { encodePlan, runReference } from '../../reference/index.js';
import type { AnyLoadRequest } from '../../reference/request/load-request.js';
import { SubjectError } from '../model/subject-error.js';
import { visibleLine } from '../model/visible-text.js';
import type { RecordedPlan } from '../oracle/recorded.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { Allowance } from '../process/allowance.js';
import type { Launch } from '../process/launch.js';
import { type PerCaseProcess, perCaseProcess } from '../process/per-case-process.js';
import type { ProcessSettings } from '../process/launch.js';
import { runAfresh } from '../process/run-afresh.js';
import { type RunSequence, runSequence } from '../process/run-sequence.js';
import { SupervisedProcess } from '../process/supervised-process.js';
import { incidentOf } from '../process/suspect.js';
import { BINARY_FRAMING } from '../protocol/binary-framing.js';
import type { Capability } from '../protocol/capabilities.js';
import type { FramingName } from '../protocol/hello.js';
import { jsonFraming } from '../protocol/json-framing.js';
import type { Framing } from '../protocol/message.js';
import { LIMITS, type ProcessLimits } from '../protocol/process-limits.js';
import type { Schemas } from '../spec/schemas.js';
import type { OutOfProcessSubject } from './subject.js';

/** What a subject out of process is opened with. */
export interface OutOfProcessOptions {
  readonly schemas: Schemas;
  readonly recorded: readonly RecordedPlan[];
  readonly limits?: ProcessLimits;
  /** Framings to offer; both when it is left out. */
  readonly framings?: readonly FramingName[];
  /** Capabilities that it does not have, whatever its hello says. */
  readonly lacks?: readonly Capability[];
}

/**
 * A subject in processes of its own, which speaks spec/protocol.md. `name` is as it is reported.
 *
 * @throws SubjectError when it does not start, its hello is none, or `lacks` leaves it no depth.
 */
export async function outOfProcessSubject(
  name: string,
  launch: Launch,
  {
    schemas,
    recorded,
    limits = LIMITS,
    framings = ['json-lines', 'binary'],
    lacks = [],
  }: OutOfProcessOptions,
): Promise<OutOfProcessSubject> {
  const settings: ProcessSettings = {
    launch,
    limits,
    framings,
    framing: (chosen) => (chosen === 'binary' ? BINARY_FRAMING : jsonFraming(schemas)),
    plans: plansOf(recorded),
    lacks,
  };
  const allowance = new Allowance(limits.incidents);
  const first = new SupervisedProcess(settings, allowance);
  const hello = await first.open();
  if (!hello.capabilities.program && !hello.capabilities.decision) {
    await first.close();
    throw new SubjectError(
      'unknown',
      `--lacks leaves ${visibleLine(name)} neither program nor decision: no case could be sent to it. Leave one of them out.`,
    );
  }
  // Each of the others is started when it is first used.
  const processes = new Map([[0, first]]);
  const processOf = (worker: number): SupervisedProcess => {
    const process = processes.get(worker) ?? new SupervisedProcess(settings, allowance);
    processes.set(worker, process);
    return process;
  };
  return {
    kind: 'out-of-process',
    name,
    versions: { ...hello.versions, [hello.name]: hello.versions[hello.name] ?? hello.framing },
    policy: hello.policy,
    profile: hello.profile,
    files: [launch.program, ...launch.args],
    capabilities: hello.capabilities,
    perCaseProcess: hello.capabilities.program ? perCaseProcess(settings) : null,
    sequence: runSequence(settings),
    close: async () => {
      const ends = await Promise.allSettled([...processes.values()].map((process) => process.close()));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    usesRecorded: usesPlanOf(recorded),
    allowance,
    answer: (batch, { worker = 0, ...options } = {}) => processOf(worker).answer(batch, options),
    alone: async (batch) => {
      const { answers, breakage } = await runAfresh(settings, batch);
      return breakage === null ? answers : incidentOf(breakage, 1);
    },
  };
}

/** A native delegate in fresh processes, so that a crash is seen and survived. */
export interface NativeAfresh {
  readonly perCaseProcess: PerCaseProcess;
  readonly sequence: RunSequence;
}

/** @param launch how the suite's host is started with the delegate */
export function nativeAfresh(
  launch: Launch,
  recorded: readonly RecordedPlan[],
  limits: ProcessLimits = LIMITS,
): NativeAfresh {
  const framing = (): Framing => BINARY_FRAMING;
  const settings: ProcessSettings = {
    launch,
    limits,
    framings: ['binary'],
    framing,
    plans: plansOf(recorded),
  };
  return { perCaseProcess: perCaseProcess(settings), sequence: runSequence(settings) };
}

function plansOf(recorded: readonly RecordedPlan[]): ProcessSettings['plans'] {
  return recorded.map(({ sha256, plan }) => ({ sha256, plan: encodePlan(plan) }));
}

/** Whether a request loads one of the recorded plans. */
function usesPlanOf(recorded: readonly RecordedPlan[]): (request: AnyLoadRequest) => boolean {
  const lookup = recordedPlanLookup(recorded);
  return (request) => {
    let used = false;
    runReference(request, {
      recordedPlan: (engine) => {
        const plan = lookup(engine);
        used ||= plan !== null;
        return plan;
      },
    });
    return used;
  };
}
