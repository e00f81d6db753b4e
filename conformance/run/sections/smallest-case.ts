import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { Attribution } from '../../attribution/attribution.js';
import type { TracedFinding } from '../../attribution/traced-finding.js';
import { caseRequest } from '../../generators/case-request.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { generatedCaseRecord } from '../../generators/generated-case-record.js';
import { loadRequests } from '../../generators/load-requests.js';
import { decisionOfRequest } from '../../model/decision-of-request.js';
import type { Depth } from '../../model/depth.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { encodedRequest } from '../../wire/encode-request.js';
import { type Recheck, sentOf } from '../again/recheck.js';
import { Tries } from '../again/tries.js';
import { minimize } from '../shrink/shrink.js';
import type { RunCase, Taken } from './try-cases.js';

/** How long cases are run alone in fresh processes to make one small. */
const ALONE_MILLISECONDS = 3000;

/** What a case is told under that is not yet known to break a rule of its own. */
export const ANY_LOAD: ClauseId = 'WSB-MULTI-07';

/** Finds the smallest case that fails as another does. */
export class SmallestCase {
  readonly #attribution: Attribution;
  readonly #recheck: Recheck;

  constructor(attribution: Attribution, recheck: Recheck) {
    this.#attribution = attribution;
    this.#recheck = recheck;
  }

  /**
   * The finding of a case that fails alone, on the smallest case that does. A candidate that fails
   * in this process for what other cases left there does not count.
   */
  async of({ generated, mismatch, runCase }: Taken): Promise<TracedFinding> {
    const make = (run: RunCase): ReturnType<typeof minimize> =>
      minimize(generated, mismatch, run, this.#attribution);
    let { small, mismatch: shown } = await make(runCase);
    if (mismatch.incident === undefined && this.#recheck.isPossible) {
      const told = generatedCaseRecord(small, [ANY_LOAD]);
      const again = await this.#recheck.alone(sentOf(shown), told);
      if (again === null) ({ small, mismatch: shown } = await make(this.#aloneAt(sentOf(mismatch).depth)));
    }
    return this.#attribution.tracedGenerated(small, shown);
  }

  /** How a case fails alone in a fresh process. */
  #aloneAt(depth: Depth): RunCase {
    const tries = new Tries(ALONE_MILLISECONDS);
    return async (candidate) => {
      if (tries.areOver()) return null;
      const record = depth === 'program' ? programRecord(candidate) : decisionRecord(candidate);
      if (record === null) return null;
      return this.#recheck.alone({ depth, record }, generatedCaseRecord(candidate, [ANY_LOAD]));
    };
  }
}

function programRecord(candidate: GeneratedCase): Uint8Array | null {
  const [request] = loadRequests([candidate]);
  return request === undefined ? null : encodedRequest(request);
}

function decisionRecord(candidate: GeneratedCase): Uint8Array | null {
  const decision = decisionOfRequest(caseRequest(candidate));
  if (decision === null) return null;
  const writer = new ByteWriter();
  encodeDecision(writer, decision);
  return writer.take();
}
