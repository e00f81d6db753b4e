import { encodePlan, runReference } from '../../reference/index.js';
import type { RecordedPlan } from '../oracle/recorded.js';
import type { Schemas } from '../spec/schemas.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import type { Subject } from './subject.js';
import { SubjectError } from '../model/subject-error.js';
import { Allowance } from '../process/allowance.js';
import { BINARY_FRAMING } from '../protocol/binary-framing.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { Launch } from '../process/child.js';
import type { FramingName } from '../protocol/hello.js';
import { isolatedProcess } from '../process/isolated-process.js';
import { jsonFraming } from '../protocol/json-framing.js';
import { LIMITS, type ProcessLimits } from '../protocol/process-limits.js';
import { runAfresh } from '../process/run-afresh.js';
import { SubjectPool } from '../process/subject-pool.js';
import { incidentOf } from '../process/suspect.js';

/** What a subject in a process of its own is opened with. */
export interface ProcessSubjectOptions {
  readonly schemas: Schemas;
  readonly recorded: readonly RecordedPlan[];
  readonly limits?: ProcessLimits;
  /** Framings to offer; both when it is left out. */
  readonly framings?: readonly FramingName[];
}

/**
 * A subject in a process of its own, which speaks spec/protocol.md. `name` is as it is reported.
 *
 * @throws SubjectError when it does not start, or its hello is none.
 */
export async function processSubject(
  name: string,
  launch: Launch,
  { schemas, recorded, limits = LIMITS, framings = ['json-lines', 'binary'] }: ProcessSubjectOptions,
): Promise<Subject> {
  const settings = {
    launch,
    limits,
    framings,
    framing: (chosen: FramingName) => (chosen === 'binary' ? BINARY_FRAMING : jsonFraming(schemas)),
    plans: recorded.map(({ sha256, plan }) => ({ sha256, plan: encodePlan(plan) })),
  };
  const { pool, hello } = await SubjectPool.open(settings, new Allowance(limits.incidents));
  const lookup = recordedPlanLookup(recorded);
  return {
    name,
    versions: { ...hello.versions, [hello.name]: hello.versions[hello.name] ?? hello.framing },
    policy: hello.policy,
    run: async (requests) => {
      const answers = await pool.answer(CaseBatch.of('program', requests.slice()), 0, {});
      if (answers.kind === 'all') return answers.bytes;
      return Buffer.concat(
        answers.answers.map((answer) => {
          if (answer instanceof Uint8Array) return answer;
          throw new SubjectError('broken', `The subject has no answer: ${answer.message}.`);
        }),
      );
    },
    volume: null,
    ...(hello.capabilities.program ? { isolated: isolatedProcess(settings) } : {}),
    apart: {
      capabilities: hello.capabilities,
      usesRecorded: (request) => {
        let used = false;
        runReference(request, {
          recordedPlan: (engine) => {
            const plan = lookup(engine);
            used ||= plan !== null;
            return plan;
          },
        });
        return used;
      },
      allowance: pool.allowance,
      answer: (batch, { worker = 0, ...options } = {}) => pool.answer(batch, worker, options),
      alone: async (batch) => {
        const { answers, breakage } = await runAfresh(settings, batch);
        return breakage === null ? answers : incidentOf(breakage, 1);
      },
      close: () => pool.close(),
    },
  };
}
