import { executorchVersion, STOCK_HOST } from '../../reference/index.js';
import { loadRecordedPlans, type RecordedPlan } from '../oracle/recorded.js';
import { policyOracles, type Oracle } from '../oracle/oracle.js';
import type { Policies } from '../oracle/under-policy.js';
import { LIMITS } from '../protocol/process-limits.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { SubjectError } from '../model/subject-error.js';
import { EXECUTABLE } from './executable.js';
import { NATIVE } from './native-subject.js';
import { NATIVE_OLDER } from './native-older.js';
import { NATIVE_PROCESS } from './native-process.js';
import { PYTHON } from './python.js';
import { REFERENCE } from './reference-subject.js';
import { SHARED_LIBRARY } from './shared-library.js';
import type { Subject } from './subject.js';
import type { SubjectKind, SubjectSetup } from './subject-kind.js';
import { UPSTREAM } from './upstream.js';
import { UPSTREAM_RUNNER } from './upstream-runner.js';
import { visibleLine } from '../model/visible-text.js';

/** Every kind of subject. */
export const SUBJECT_KINDS: readonly SubjectKind[] = [
  REFERENCE,
  NATIVE,
  NATIVE_PROCESS,
  NATIVE_OLDER,
  UPSTREAM,
  UPSTREAM_RUNNER,
  PYTHON,
  SHARED_LIBRARY,
  EXECUTABLE,
];

/** The names of subjects, for messages. */
export const SUBJECT_NAMES = SUBJECT_KINDS.flatMap(({ names }) => Object.keys(names)).join(', ');

/** The names of subjects and what each is, a line for each, for the help of a command. */
export const SUBJECT_HELP = SUBJECT_KINDS.flatMap(({ names }) => Object.entries(names))
  .map(([name, help]) => `  ${name.padEnd(24)}${help}\n`)
  .join('');

/** A subject and the oracle that it is held against. */
export interface OpenSubject {
  readonly subject: Subject;
  /** Under the policy of the subject. */
  readonly oracle: Oracle;
  readonly policies: Policies;
}

/**
 * What the name of a subject does not say; recorded plans are read when they are left out, and
 * {@link LIMITS} hold.
 */
export type SubjectOptions = Partial<Omit<SubjectSetup, 'root' | 'version'>>;

/**
 * Opens a subject by its name: one of {@link SUBJECT_NAMES}. It has to be closed.
 *
 * @param root the folder of the suite
 * @param version of this package
 * @throws SubjectError when there is none of that name, a part of it is missing, or it has no
 * choice of policies, of ids or of what it lacks.
 */
export async function openSubject(
  name: string,
  root: string,
  version: string,
  options: SubjectOptions = {},
): Promise<OpenSubject> {
  const [prefix, detail] = splitName(name);
  const kind = SUBJECT_KINDS.find((known) => known.prefix === prefix);
  if (kind === undefined) {
    throw new SubjectError(
      'unknown',
      `There is no subject ${visibleLine(name)}. There are: ${SUBJECT_NAMES}.`,
    );
  }
  refuseNotTaken(kind, options);
  const { recorded: given, limits = LIMITS, ...chosen } = options;
  const recorded = given ?? loadRecordedPlans(root, await schemasOf(root));
  const subject = await kind.open(name, detail, { ...chosen, root, version, recorded, limits });
  const policies = policiesOf(recorded, subject);
  return { subject, oracle: policies.oracles[subject.policy], policies };
}

/** What a subject is held against, by who chooses its budgets and what it is made of. */
export function policiesOf(
  recorded: readonly RecordedPlan[],
  { policy, versions }: Pick<Subject, 'policy' | 'versions'>,
): Policies {
  const lookup = recordedPlanLookup(recorded);
  const stock = policyOracles(lookup);
  // What ExecuTorch itself does differs from version to version.
  const executorch = executorchVersion(versions['executorch']);
  const isStock = executorch === STOCK_HOST.executorch;
  const oracles = isStock ? stock : policyOracles(lookup, undefined, { ...STOCK_HOST, executorch });
  return { own: policy, oracles, ...(isStock ? {} : { stock }) };
}

/** Throws SubjectError for a choice that subjects of this kind do not have. */
function refuseNotTaken({ prefix, takes }: SubjectKind, { backendId, lacks, policy }: SubjectOptions): void {
  const refuse = (message: string): never => {
    throw new SubjectError('unknown', message);
  };
  if (backendId !== undefined && !takes.includes('backendId')) {
    refuse('Only so:PATH takes a backend id. Leave out --backend-id.');
  }
  if (backendId === '') refuse('--backend-id needs an id, such as TensorRTBackend.');
  if (lacks !== undefined && !takes.includes('lacks')) {
    refuse(
      `Only so:PATH, native-process and native-1.4.1 take --lacks; ${prefix} says itself what it can do (spec/protocol.md, Capabilities). Leave it out.`,
    );
  }
  if (policy !== undefined && !takes.includes('policy')) {
    refuse(`The policy of ${prefix} cannot be chosen. Leave out --policy.`);
  }
}

/** Loaded when they are needed: a worker thread is given the recorded plans. */
async function schemasOf(root: string): Promise<Parameters<typeof loadRecordedPlans>[1]> {
  const { loadSchemas } = await import('../spec/schemas.js');
  return loadSchemas(root);
}

function splitName(name: string): [prefix: string, detail: string | null] {
  const colon = name.indexOf(':');
  return colon < 0 ? [name, null] : [name.slice(0, colon), name.slice(colon + 1)];
}
