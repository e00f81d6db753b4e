import { join } from 'node:path';
import { executorchVersion, STOCK_HOST, VARIANTS, type Policy } from '../../reference/index.js';
import { loadRecordedPlans, type RecordedPlan } from '../oracle/recorded.js';
import type { Schemas } from '../spec/schemas.js';
import { DELEGATE_LIBRARY, nativeSubject } from './native-subject.js';
import { policyOracles, type Oracle } from '../oracle/oracle.js';
import type { Policies } from '../oracle/under-policy.js';
import { LIMITS, type ProcessLimits } from '../protocol/process-limits.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { referenceSubject } from './reference-subject.js';
import type { RunIsolated } from '../process/isolated-end.js';
import type { Subject } from './subject.js';
import { SubjectError } from '../model/subject-error.js';

/** A subject and the oracle that it is held against. */
export interface OpenSubject {
  readonly subject: Subject;
  /** Under the policy of the subject. */
  readonly oracle: Oracle;
  readonly policies: Policies;
}

/** What the name of a subject does not say. */
export interface SubjectOptions {
  /** The id under which a vendor's library registers its backend. */
  readonly backendId?: string;
  /** Who is to choose automatic budgets, for a subject that has the choice; the delegate itself when it is left out. */
  readonly policy?: Policy;
  /** The recorded plans, for a caller that has read them; else they are read. */
  readonly recorded?: readonly RecordedPlan[];
  /** How long a subject in a process of its own is waited for; {@link LIMITS} when it is left out. */
  readonly limits?: ProcessLimits;
}

/** The names of subjects, for messages. */
export const SUBJECT_NAMES =
  'reference, reference:VARIANT, native, native:MUTANT, native-process, upstream, so:PATH, exec:COMMAND';

/**
 * Opens a subject by its name: one of {@link SUBJECT_NAMES}. A subject in a process of its own has to be closed.
 *
 * @param root the folder of the suite
 * @param version of this package
 * @throws SubjectError when there is none of that name, a part of it is missing, or it has no choice of policies or of ids.
 */
export async function openSubject(
  name: string,
  root: string,
  version: string,
  { backendId, policy, recorded: read, limits = LIMITS }: SubjectOptions = {},
): Promise<OpenSubject> {
  if (backendId !== undefined && !name.startsWith('so:')) {
    throw new SubjectError('unknown', 'An id can be given for so:PATH alone. Leave out --backend-id.');
  }
  if (backendId === '')
    throw new SubjectError('unknown', '--backend-id needs an id, such as TensorRTBackend.');
  const recorded = read ?? loadRecordedPlans(root, await schemasOf(root));
  const lookup = recordedPlanLookup(recorded);
  const stock = policyOracles(lookup);
  const opened = (subject: Subject): OpenSubject => {
    const own = subject.policy ?? 'upstream';
    // What ExecuTorch itself does differs from version to version.
    const executorch = executorchVersion(subject.versions['executorch']);
    const oracles =
      executorch === STOCK_HOST.executorch
        ? stock
        : policyOracles(lookup, undefined, { ...STOCK_HOST, executorch });
    return {
      subject,
      oracle: oracles[own],
      policies: { own, oracles, ...(oracles === stock ? {} : { stock }) },
    };
  };
  const [kind, detail] = splitName(name);
  const chosen = policy ?? 'fitting';
  // What starts processes is loaded when it is needed: every worker thread would hold it, too.
  switch (kind) {
    case 'reference': {
      const own = policyOracles(lookup, detail === null ? undefined : variantRules(detail));
      return opened(referenceSubject(name, own[chosen], version, chosen));
    }
    case 'native': {
      const build = join(root, 'native/build');
      const delegate = detail === null ? join(build, DELEGATE_LIBRARY) : await mutant(root, detail);
      const files = [join(build, 'conformance.node'), delegate];
      const subject = { ...nativeSubject(name, build, delegate, recorded, chosen), files };
      // What crashes is the runtime, before any delegate: a mutant has nothing to add to it.
      if (detail !== null) return opened(subject);
      let open: Promise<RunIsolated> | null = null;
      const isolated: RunIsolated = async (request) => {
        open ??= openIsolated(root, recorded, limits, chosen);
        return (await open)(request);
      };
      return opened({ ...subject, isolated });
    }
    default: {
      const { isProcessSubject, processLaunch } = await import('./process-launch.js');
      if (!isProcessSubject(kind)) {
        throw new SubjectError('unknown', `There is no subject ${name}. There are: ${SUBJECT_NAMES}.`);
      }
      const { processSubject } = await import('./process-subject.js');
      const schemas = await schemasOf(root);
      const launch = await processLaunch(root, kind, detail, { backendId, policy });
      const subject = await processSubject(name, launch, { schemas, recorded, limits });
      return opened({ ...subject, files: [launch.program, ...launch.args] });
    }
  }
}

/** Damaged files, each on our delegate in a process of its own. */
async function openIsolated(
  root: string,
  recorded: readonly RecordedPlan[],
  limits: ProcessLimits,
  policy: Policy,
): Promise<RunIsolated> {
  const { processLaunch } = await import('./process-launch.js');
  const { isolatedNative } = await import('./isolated-native.js');
  return isolatedNative(await processLaunch(root, 'native-process', null, { policy }), recorded, limits);
}

/** Loaded when they are needed, as above. */
async function schemasOf(root: string): Promise<Schemas> {
  const { loadSchemas } = await import('../spec/schemas.js');
  return loadSchemas(root);
}

async function mutant(root: string, name: string): Promise<string> {
  const { buildMutant } = await import('./build-mutant.js');
  return buildMutant(root, name);
}

function variantRules(name: string): (typeof VARIANTS)[string]['rules'] {
  const variant = Object.hasOwn(VARIANTS, name) ? VARIANTS[name] : undefined;
  if (variant !== undefined) return variant.rules;
  const names = Object.keys(VARIANTS).join(', ');
  throw new SubjectError('unknown', `There is no variant ${name} of the reference. There are: ${names}.`);
}

function splitName(name: string): [kind: string, detail: string | null] {
  const colon = name.indexOf(':');
  return colon < 0 ? [name, null] : [name.slice(0, colon), name.slice(colon + 1)];
}
