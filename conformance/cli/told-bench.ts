import { SubjectError } from '../model/subject-error.js';
import { policyOracles } from '../oracle/oracle.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import type { Policies } from '../oracle/under-policy.js';
import type { PerCaseProcess } from '../process/per-case-process.js';
import type { Header } from '../run/header.js';
import type { Section } from '../run/plan/section.js';
import type { SubjectTold } from '../run/shards/shard-end.js';
import type { Schemas } from '../spec/schemas.js';
import { policiesOf } from '../subjects/open-subject.js';
import type { PlanBench } from './plan-suite.js';
import type { SuiteOptions } from './suite-options.js';

/** What is known of a bench whose subject is not here. */
export interface ToldBench extends PlanBench {
  readonly opened: PlanBench['opened'] & { readonly oracle: Policies['oracles']['fitting'] };
}

/** The bench that shards were run on, as they tell of it. */
export async function toldBench(
  root: string,
  schemas: Schemas,
  { subject: { name, versions }, options: { tensorrt } }: Header,
  told: SubjectTold,
): Promise<ToldBench> {
  const { policy, profile, capabilities, alone } = told;
  const subject = { name, profile, capabilities, perCaseProcess: alone ? NOT_HERE : null };
  if (tensorrt === undefined) {
    const policies = policiesOf(loadRecordedPlans(root, schemas), { policy, versions });
    const opened = { subject, policies, oracle: policies.oracles[policy] };
    return { opened, playable: (sections) => sections, checks: [] };
  }
  const oracles = policyOracles(() => null);
  const { onDevice } = await import('../hardware/open-tensorrt.js');
  return {
    opened: { subject, policies: { own: policy, oracles }, oracle: oracles[policy] },
    playable: (sections) => sections.flatMap(onDevice),
    checks: [CHECKS],
  };
}

const NOT_HERE: PerCaseProcess = () => {
  throw new SubjectError('missing', 'A merge runs nothing on the subject.');
};

const CHECKS: Section = {
  kind: 'checks',
  name: 'device',
  make: () => Promise.reject(new SubjectError('missing', 'A merge makes no device checks.')),
};

/** What the run of a header was asked for, as far as a plan and a verdict depend on it. */
export function optionsOf({
  subject,
  seed,
  profile,
  options,
}: Header): Omit<SuiteOptions, 'report' | 'jobs'> {
  const { cases, decisions, depth, exhaustive, require, tensorrt } = options;
  return {
    ...{ subject: subject.name, cases, decisions, depth, exhaustive, require, profile },
    seed: Number(seed),
    ...(tensorrt === undefined ? {} : { tensorrt: tensorrt.folder ?? true }),
  };
}
