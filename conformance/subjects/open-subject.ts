import { join } from 'node:path';
import { VARIANTS } from '../../reference/index.js';
import { loadRecordedPlans } from '../golden/recorded.js';
import { loadSchemas } from '../spec/schemas.js';
import { buildMutant } from './build-mutant.js';
import { DELEGATE_LIBRARY, nativeSubject } from './native-subject.js';
import { referenceOracle, type Oracle } from './oracle.js';
import { recordedPlanLookup } from './recorded-plans.js';
import { referenceSubject } from './reference-subject.js';
import type { Subject } from './subject.js';
import { SubjectError } from './subject-error.js';

/** A subject and the oracle that it is held against. */
export interface OpenSubject {
  readonly subject: Subject;
  readonly oracle: Oracle;
}

/**
 * Opens a subject by its name: `reference`, `reference:VARIANT`, `native` or `native:MUTANT`.
 *
 * @param root the folder of the suite
 * @param version of this package
 * @throws SubjectError when there is none of that name, or a part of it is missing.
 */
export async function openSubject(name: string, root: string, version: string): Promise<OpenSubject> {
  const recorded = loadRecordedPlans(root, loadSchemas(root));
  const lookup = recordedPlanLookup(recorded);
  const oracle = referenceOracle(lookup);
  const [kind, detail] = splitName(name);
  switch (kind) {
    case 'reference': {
      const subjectOracle = detail === null ? oracle : referenceOracle(lookup, variantRules(detail));
      return { subject: referenceSubject(name, subjectOracle, version), oracle };
    }
    case 'native': {
      const build = join(root, 'native/build');
      const delegate = detail === null ? join(build, DELEGATE_LIBRARY) : await buildMutant(root, detail);
      return { subject: nativeSubject(name, build, delegate, recorded), oracle };
    }
    default:
      throw new SubjectError(
        'unknown',
        `There is no subject ${name}. There are: reference, reference:VARIANT, native, native:MUTANT.`,
      );
  }
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
