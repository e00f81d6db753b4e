import { Trace, UndefinedBehaviourError, UnmodelledProgramError } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { AnyLoadRequest } from '../../reference/request/load-request.js';
import { attribute } from '../attribution/attribute.js';
import { type Difference, differences } from '../model/differences.js';
import type { Incident } from '../model/incident.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { isOtherRuntimeUse } from '../oracle/is-other-runtime-use.js';
import type { Oracle } from '../oracle/oracle.js';
import type { Answer } from '../process/answers.js';
import { maskAnswer } from '../process/mask-answer.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { runAlone } from './run-alone.js';

/** What the reference says of a program: an outcome, or why there is none to expect. */
export type Expected = { readonly outcome: Outcome } | { readonly undefined: string };

/** Whether a subject does with a program what the reference says. */
export interface ProgramVerdict {
  /**
   * - `agree`, `differ`: the outcome is, or is not, the reference's.
   * - `undefined`: the reference names no outcome, so that none is demanded.
   * - `unsupported`: the subject says that it cannot run this.
   * - `protocol-error`: it sent what is no answer.
   */
  readonly verdict: 'agree' | 'differ' | 'undefined' | 'unsupported' | 'protocol-error';
  readonly expected: Expected;
  /** What the subject did: an outcome, or why there is none. */
  readonly observed: { readonly outcome: Outcome } | { readonly incident: Incident };
  /** The clause that the first difference breaks; null where none is known. */
  readonly clause: ClauseId | null;
  readonly differences: readonly Difference[];
}

/**
 * Runs a request on a subject, in a process of its own, and on the reference. What the subject does
 * not tell of an outcome is held against it nowhere, and one that verifies no programs is held
 * against what they do unverified.
 *
 * @throws SubjectError when the subject cannot be started, or its answer is no outcome.
 */
export async function programVerdict(
  { subject, oracle }: Pick<OpenSubject, 'subject' | 'oracle'>,
  asked: AnyLoadRequest,
): Promise<ProgramVerdict> {
  const { capabilities } = subject;
  const request = capabilities.verification ? asked : ({ ...asked, verification: 'minimal' } as const);
  const trace = new Trace();
  const expected = expectedOf(oracle, request, trace, (outcome) =>
    decodeOutcome(maskAnswer('program', encodedOutcome(outcome), capabilities)),
  );
  const answer = await runAlone(subject, request);
  const observed = observedOf(
    answer instanceof Uint8Array ? maskAnswer('program', answer, capabilities) : answer,
  );
  if ('incident' in observed) {
    return {
      verdict: incidentVerdict(observed.incident, expected),
      expected,
      observed,
      clause: null,
      differences: [],
    };
  }
  if ('undefined' in expected)
    return { verdict: 'undefined', expected, observed, clause: null, differences: [] };
  const found = differences(expected.outcome, observed.outcome);
  const pair = {
    expected: encodedOutcome(expected.outcome),
    observed: encodedOutcome(observed.outcome),
  };
  const mask = (record: Uint8Array): Uint8Array => maskAnswer('program', record, subject.capabilities);
  if (found.length === 0 || isOtherRuntimeUse(oracle, request, pair, mask))
    return { verdict: 'agree', expected, observed, clause: null, differences: [] };
  const [clause = null] = attribute(trace, { expected: expected.outcome, observed: observed.outcome }) ?? [];
  return { verdict: 'differ', expected, observed, clause, differences: found };
}

function expectedOf(
  oracle: Oracle,
  request: AnyLoadRequest,
  trace: Trace,
  mask: (outcome: Outcome) => Outcome,
): Expected {
  try {
    return { outcome: mask(oracle(request, trace)) };
  } catch (error) {
    if (error instanceof UndefinedBehaviourError) return { undefined: error.fault.message };
    if (error instanceof UnmodelledProgramError) return { undefined: error.message };
    throw error;
  }
}

function observedOf(answer: Answer): ProgramVerdict['observed'] {
  return answer instanceof Uint8Array ? { outcome: decodeOutcome(answer) } : { incident: answer };
}

function incidentVerdict({ kind }: Incident, expected: Expected): ProgramVerdict['verdict'] {
  if (kind === 'unsupported' || kind === 'protocol-error') return kind;
  return 'undefined' in expected ? 'undefined' : 'differ';
}
