import { type Policy, type Rules, WRONG_RULES } from '../../reference/index.js';
import { SubjectError } from '../model/subject-error.js';
import { policyOracles, type Oracle } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { allCapabilities } from '../protocol/capabilities.js';
import { DEFAULT_PROFILE } from '../spec/profile-name.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { programOnDisk } from '../files/program-on-disk.js';
import { decodeAnyRequests } from '../wire/decode-request.js';
import { encodeOutcome } from '../wire/encode-outcome.js';
import type { InProcessSubject } from './subject.js';
import type { SubjectKind } from './subject-kind.js';
import { visibleLine } from '../model/visible-text.js';

/** The reference model, or a variant of it. */
export const REFERENCE: SubjectKind = {
  prefix: 'reference',
  names: {
    reference: 'the reference itself',
    'reference:VARIANT': 'the reference with a deliberate error',
  },
  takes: ['policy'],
  open: (name, detail, { version, recorded, policy = 'fitting' }) => {
    const rules = detail === null ? undefined : wrongRules(detail);
    const oracle = policyOracles(recordedPlanLookup(recorded), rules)[policy];
    return Promise.resolve(referenceSubject(name, oracle, version, policy));
  },
};

/**
 * An oracle as a subject: it reads and writes the same records as any other. `policy` is the
 * oracle's.
 */
export function referenceSubject(
  name: string,
  oracle: Oracle,
  version: string,
  policy: Policy = 'upstream',
): InProcessSubject {
  const writer = new ByteWriter();
  return {
    kind: 'in-process',
    name,
    versions: { reference: version },
    policy,
    profile: DEFAULT_PROFILE,
    files: [],
    capabilities: { ...allCapabilities(), decision: false },
    perCaseProcess: null,
    close: () => Promise.resolve(),
    run: (requests) => {
      writer.clear();
      for (const request of decodeAnyRequests(requests, programOnDisk)) {
        encodeOutcome(writer, oracle(request));
      }
      return writer.take();
    },
    decide: null,
  };
}

function wrongRules(name: string): Rules {
  const rules = Object.hasOwn(WRONG_RULES, name) ? WRONG_RULES[name] : undefined;
  if (rules !== undefined) return rules;
  const names = Object.keys(WRONG_RULES).join(', ');
  throw new SubjectError(
    'unknown',
    `There is no variant ${visibleLine(name)} of the reference. There are: ${names}.`,
  );
}
