import { decide } from '../../../reference/rules/decide.js';
import type { LoadRequest } from '../../../reference/request/load-request.js';
import type { Outcome } from '../../../reference/outcome/outcome.js';
import { decisionAsOutcome } from '../../model/decision-as-outcome.js';
import { decodeDecision } from '../../wire/decode-decision.js';
import { decisionOfRequest } from '../../model/decision-of-request.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { caseRequest } from '../../generators/case-request.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { loadRequests } from '../../generators/load-requests.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import type { OpenSubject } from '../../subjects/open-subject.js';
import type { Oracle } from '../../oracle/oracle.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import type { Incident } from '../../model/incident.js';
import type { Depth } from '../../model/depth.js';
import { runOutOfProcessBlock } from './out-of-process-block.js';
import type { Mismatch } from '../../model/mismatch.js';

/**
 * How a generated case crashes in a process of its own, of which nothing is counted; null when it
 * does not, or not by that signal (null: by an exit). So a smaller case that crashes alike is found
 * without a crash being held against the subject.
 */
export async function crashAlone(
  { subject, oracle }: Pick<OpenSubject, 'subject' | 'oracle'>,
  depth: Depth,
  generated: GeneratedCase,
  signal: string | null,
): Promise<Mismatch | null> {
  const [request] = loadRequests([generated]);
  if (subject.kind === 'in-process' || request === undefined) return null;
  const mismatch =
    depth === 'program'
      ? await programAlone(subject, oracle, request)
      : await decisionAlone(subject, oracle, generated, request);
  const incident = mismatch?.incident;
  return incident?.kind === 'crashed' && incident.signal === signal ? mismatch : null;
}

/**
 * The mismatch of a flat case that has no outcome. `request` is that of the case at program depth.
 */
export function incidentMismatch(
  oracle: Oracle,
  depth: Depth,
  record: Uint8Array,
  request: LoadRequest,
  incident: Incident,
): Mismatch {
  const expected = depth === 'program' ? oracle(request) : decidedOutcome(record);
  return { at: 0, request, expected: encodedOutcome(expected), observed: new Uint8Array(0), incident };
}

async function programAlone(
  subject: OutOfProcessSubject,
  oracle: Oracle,
  request: LoadRequest,
): Promise<Mismatch | null> {
  const alone: OutOfProcessSubject = {
    ...subject,
    answer: async (batch) => ({ kind: 'each', answers: [await subject.alone(batch)] }),
  };
  const [mismatch] = await runOutOfProcessBlock(alone, oracle, [request]);
  return mismatch ?? null;
}

async function decisionAlone(
  subject: OutOfProcessSubject,
  oracle: Oracle,
  generated: GeneratedCase,
  request: LoadRequest,
): Promise<Mismatch | null> {
  const decision = decisionOfRequest(caseRequest(generated));
  if (decision === null) return null;
  const writer = new ByteWriter();
  encodeDecision(writer, decision);
  const record = writer.take();
  const answer = await subject.alone(CaseBatch.of('decision', record));
  return answer instanceof Uint8Array ? null : incidentMismatch(oracle, 'decision', record, request, answer);
}

/** What is expected of a decision record. */
function decidedOutcome(record: Uint8Array): Outcome {
  const given = decodeDecision(record, 0);
  return decisionAsOutcome(decide(given), given);
}
