import { isQuiet, verdictOf } from '../../attribution/mismatch-verdict.js';
import { caseRequest } from '../../generators/case-request.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { generatedFromRecord } from '../../generators/generated-from-record.js';
import { loadRequests } from '../../generators/load-requests.js';
import type { Mismatch } from '../../model/mismatch.js';
import { Allowance } from '../../process/allowance.js';
import { TIMEOUT_WEIGHT } from '../../protocol/process-limits.js';
import type { Subject } from '../../subjects/subject.js';
import type { BlockRunner } from '../blocks/block-runner.js';
import { decisionMismatch, requestMismatchAtDecisionDepth } from '../blocks/decision-mismatch.js';
import { withoutTrouble } from '../shrink/neutralize.js';

/** How a case fails now; null when it does not. */
export type RunCase = (candidate: GeneratedCase) => Promise<Mismatch | null>;

/** A case that failed, as a generated one, and how it is run. */
export interface Taken {
  readonly generated: GeneratedCase;
  readonly mismatch: Mismatch;
  readonly runCase: RunCase;
}

/**
 * Runs candidates on the subject of a run to make one failure small. They are no cases of the run:
 * what they break the subject with has an allowance of its own, of one case that is waited for, and
 * is not held against it.
 */
export class TryCases {
  readonly #subject: Subject;
  readonly #blocks: BlockRunner;
  readonly #allowance = new Allowance(TIMEOUT_WEIGHT);

  constructor(subject: Subject, blocks: BlockRunner) {
    this.#subject = subject;
    this.#blocks = blocks;
  }

  readonly atProgramDepth: RunCase = async (candidate) => {
    const [mismatch] = await this.#blocks.run(loadRequests([candidate]), { allowance: this.#allowance });
    return mismatch === undefined || isQuiet(verdictOf(mismatch)) ? null : mismatch;
  };

  readonly atDecisionDepth: RunCase = (candidate) =>
    requestMismatchAtDecisionDepth(this.#subject, caseRequest(candidate), this.#allowance);

  /** A flat case as a generated one, and how it fails and is run; null when it fails no more. */
  async take(record: Uint8Array): Promise<Taken | null> {
    const generated = generatedFromRecord(record);
    const plain = withoutTrouble(generated);
    // What troubles an engine has no part in decisions; at program depth it can end a load before
    // the budget is looked at.
    const tries = [
      [generated, this.atProgramDepth],
      [plain, this.atProgramDepth],
      [plain, this.atDecisionDepth],
    ] as const;
    for (const [candidate, runCase] of tries) {
      const mismatch = await runCase(candidate);
      if (mismatch !== null) return { generated: candidate, mismatch, runCase };
    }
    const [request] = loadRequests([generated]);
    if (request === undefined) return null;
    const mismatch = await decisionMismatch(this.#subject, record, request, this.#allowance);
    return mismatch === null ? null : { generated, mismatch, runCase: this.atDecisionDepth };
  }
}
