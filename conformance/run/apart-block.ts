import { UndefinedBehaviourError } from '../../reference/index.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { encodeRequest } from '../wire/encode-request.js';
import type { Oracle } from '../oracle/oracle.js';
import type { OutOfProcessSubject } from '../subjects/subject.js';
import { CaseBatch } from '../protocol/case-batch.js';
import { type Incident, quietIncident } from '../model/incident.js';
import { answerList } from '../process/answers.js';
import { maskAnswer } from '../process/mask-answer.js';
import { lackingCapability } from '../process/needed-capability.js';
import type { Mismatch } from '../model/mismatch.js';

const NO_OUTCOME = new Uint8Array(0);

/** Where an outcome record holds the error with which the program was refused, or 0 (spec/wire-format.md). */
const PROGRAM_AT = 5;

/** A request as it is sent, and the record expected of it. */
interface Prepared {
  readonly at: number;
  readonly request: LoadRequest;
  readonly expected: Uint8Array;
}

/**
 * Runs a block of requests on a subject in a process of its own; as `BlockRunner.run`, but a mismatch may also be that there is no
 * outcome: for an incident, or because the subject lacks what the request needs.
 *
 * @param onLate told of a request that was answered and then turns out to break the subject
 * @param worker the process of the subject that runs the block
 */
export async function runApartBlock(
  apart: OutOfProcessSubject,
  oracle: Oracle,
  block: readonly LoadRequest[],
  kept: readonly (Uint8Array | null)[],
  onLate: (mismatch: Mismatch) => void = () => undefined,
  worker = 0,
): Promise<Mismatch[]> {
  const prepared: Prepared[] = [];
  const found: Mismatch[] = [];
  for (const [at, request] of block.entries()) {
    const next = prepare(apart, oracle, at, request, kept[at] ?? null);
    if ('incident' in next) found.push(next);
    else prepared.push(next);
  }
  const writer = new ByteWriter();
  for (const { request } of prepared) encodeRequest(writer, request);
  const batch = CaseBatch.of('program', writer.take());
  const late = (index: number, incident: Incident): void => {
    const one = prepared[index];
    if (one !== undefined) onLate({ ...one, observed: NO_OUTCOME, incident });
  };
  const answers =
    batch.count === 0 ? [] : answerList(await apart.answer(batch, { worker, onLate: late }), 'program');
  for (const [index, { at, request, expected }] of prepared.entries()) {
    const answer = answers[index] ?? quietIncident('protocol-error', 'it did not answer');
    if (!(answer instanceof Uint8Array)) {
      found.push({ at, request, expected, observed: NO_OUTCOME, incident: answer });
      continue;
    }
    const [wanted, observed] = [expected, answer].map((one) =>
      maskAnswer('program', one, apart.capabilities),
    ) as [Uint8Array, Uint8Array];
    if (Buffer.compare(wanted, observed) !== 0) found.push({ at, request, expected: wanted, observed });
  }
  return found.sort((a, b) => a.at - b.at);
}

/** The request as this subject is sent it; a mismatch when it lacks what the request needs. */
function prepare(
  apart: OutOfProcessSubject,
  oracle: Oracle,
  at: number,
  request: LoadRequest,
  kept: Uint8Array | null,
): Prepared | (Mismatch & { readonly incident: Incident }) {
  const own = encodedOutcome(oracle(request));
  const expected = kept ?? own;
  const lacking = lackingCapability(request, apart.capabilities, apart.usesRecorded);
  const unsupported = (what: string): Mismatch & { readonly incident: Incident } => ({
    at,
    request,
    expected,
    observed: NO_OUTCOME,
    incident: quietIncident('unsupported', `the subject does not have the capability ${what}`),
  });
  if (lacking !== null) return unsupported(lacking);
  if (apart.capabilities.verification || request.verification === 'minimal') return { at, request, expected };
  // A host that verifies nothing is asked only where verification plays no part: as where it finds nothing.
  const unverified = { ...request, verification: 'minimal' } as const;
  const isAccepted = own[PROGRAM_AT] === 0;
  return isAccepted || hasOutcome(oracle, unverified, own)
    ? { at, request: unverified, expected }
    : unsupported('verification');
}

function hasOutcome(oracle: Oracle, request: LoadRequest, outcome: Uint8Array): boolean {
  try {
    return Buffer.compare(encodedOutcome(oracle(request)), outcome) === 0;
  } catch (error) {
    if (error instanceof UndefinedBehaviourError) return false;
    throw error;
  }
}
