import { UndefinedBehaviourError } from '../../../reference/index.js';
import type { LoadRequest } from '../../../reference/request/load-request.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { encodeRequest } from '../../wire/encode-request.js';
import { isOtherRuntimeUse } from '../../oracle/is-other-runtime-use.js';
import type { Oracle } from '../../oracle/oracle.js';
import type { Allowance } from '../../process/allowance.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import { type Incident, quietIncident } from '../../model/incident.js';
import { answerList } from '../../process/answers.js';
import { maskAnswer } from '../../process/mask-answer.js';
import { lackingCapability } from '../../process/needed-capability.js';
import type { Mismatch } from '../../model/mismatch.js';

/** What was observed where there is no outcome. */
export const NO_RECORD = new Uint8Array(0);

/** Where an outcome record holds the program's error, or 0 (spec/wire-format.md). */
const PROGRAM_AT = 5;

/** How a block is run. */
export interface BlockOptions {
  /** Expected records that do not come from the oracle, by the place of the request. */
  readonly kept?: readonly (Uint8Array | null)[];
  /** Told of a request that was answered and then turns out to break the subject. */
  readonly onLate?: ((mismatch: Mismatch) => void) | undefined;
  /** The process of the subject that runs it, from 0. */
  readonly worker?: number | undefined;
  /**
   * How many faults its cases may have; when it is left out, it has a share in what all together
   * may have.
   */
  readonly allowance?: Allowance | undefined;
}

/** A request as it is sent, and what is expected of it once its answer is known. */
export interface PreparedRequest {
  /** Its place in the block. */
  readonly at: number;
  readonly request: LoadRequest;
  /** The request as told, and the record expected; `observed` is null without an outcome. */
  readonly expect: (observed: Uint8Array | null) => Pick<Mismatch, 'request' | 'expected' | 'trace'>;
}

/**
 * Runs a block of requests on a subject in a process of its own; as `BlockRunner.run`, but a
 * mismatch may also be that there is no outcome: for an incident, or because the subject lacks what
 * the request needs.
 */
export async function runOutOfProcessBlock(
  subject: OutOfProcessSubject,
  oracle: Oracle,
  block: readonly LoadRequest[],
  { onLate = () => undefined, worker = 0, kept = [], allowance }: BlockOptions = {},
): Promise<Mismatch[]> {
  const prepared: PreparedRequest[] = [];
  const found: Mismatch[] = [];
  for (const [at, request] of block.entries()) {
    const next = prepare(subject, oracle, at, request, kept[at] ?? null);
    if ('incident' in next) found.push(next);
    else prepared.push(next);
  }
  const mask = (record: Uint8Array): Uint8Array => maskAnswer('program', record, subject.capabilities);
  for (const one of await runPrepared(subject, prepared, { worker, onLate, allowance })) {
    if (!isOtherRuntimeUse(oracle, one.request, one, mask)) found.push(one);
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Runs requests that were prepared; as {@link runOutOfProcessBlock}. */
export async function runPrepared(
  subject: OutOfProcessSubject,
  prepared: readonly PreparedRequest[],
  { worker = 0, onLate = () => undefined, allowance }: Omit<BlockOptions, 'kept'>,
): Promise<Mismatch[]> {
  if (prepared.length === 0) return [];
  const writer = new ByteWriter();
  for (const { request } of prepared) encodeRequest(writer, request);
  const batch = CaseBatch.of('program', writer.take());
  const late = (index: number, incident: Incident): void => {
    const one = prepared[index];
    if (one !== undefined) onLate({ at: one.at, ...one.expect(null), observed: NO_RECORD, incident });
  };
  const answered = await subject.answer(batch, { worker, onLate: late, ...withAllowance(allowance) });
  const answers = answerList(answered, 'program');
  return prepared.flatMap(({ at, expect }, index): Mismatch[] => {
    const answer = answers[index] ?? quietIncident('protocol-error', 'it did not answer');
    if (!(answer instanceof Uint8Array)) {
      return [{ at, ...expect(null), observed: NO_RECORD, incident: answer }];
    }
    const told = expect(answer);
    const [expected, observed] = [told.expected, answer].map((one) =>
      maskAnswer('program', one, subject.capabilities),
    ) as [Uint8Array, Uint8Array];
    return Buffer.compare(expected, observed) === 0 ? [] : [{ at, ...told, expected, observed }];
  });
}

/** An allowance as an option of an answer; none where it is left out. */
export function withAllowance(allowance: Allowance | undefined): { readonly allowance?: Allowance } {
  return allowance === undefined ? {} : { allowance };
}

/** The request as this subject is sent it; a mismatch when it lacks what the request needs. */
function prepare(
  subject: OutOfProcessSubject,
  oracle: Oracle,
  at: number,
  request: LoadRequest,
  kept: Uint8Array | null,
): PreparedRequest | (Mismatch & { readonly incident: Incident }) {
  const own = encodedOutcome(oracle(request));
  const expected = kept ?? own;
  const lacking = lackingCapability(request, subject.capabilities, subject.usesRecorded);
  const unsupported = (what: string): Mismatch & { readonly incident: Incident } => ({
    at,
    request,
    expected,
    observed: NO_RECORD,
    incident: quietIncident('unsupported', `the subject does not have the capability ${what}`),
  });
  if (lacking !== null) return unsupported(lacking);
  const as = (sent: LoadRequest): PreparedRequest => {
    return { at, request: sent, expect: () => ({ request: sent, expected }) };
  };
  if (subject.capabilities.verification || request.verification === 'minimal') return as(request);
  // A host that verifies nothing is asked only where verification plays no part: as where it finds
  // nothing.
  const unverified = { ...request, verification: 'minimal' } as const;
  const isAccepted = own[PROGRAM_AT] === 0;
  return isAccepted || hasOutcome(oracle, unverified, own) ? as(unverified) : unsupported('verification');
}

function hasOutcome(oracle: Oracle, request: LoadRequest, outcome: Uint8Array): boolean {
  try {
    return Buffer.compare(encodedOutcome(oracle(request)), outcome) === 0;
  } catch (error) {
    if (error instanceof UndefinedBehaviourError) return false;
    throw error;
  }
}
