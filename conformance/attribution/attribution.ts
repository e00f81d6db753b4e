import { Trace } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { generatedCaseRecord } from '../generators/generated-case-record.js';
import type { GeneratedCase } from '../generators/generated-case.js';
import { callText, stepText } from '../model/call-text.js';
import type { Case } from '../model/case.js';
import type { Finding } from '../model/finding.js';
import { fingerprint } from '../model/fingerprint.js';
import type { Mismatch } from '../model/mismatch.js';
import type { Oracle } from '../oracle/oracle.js';
import { attribute, type Clauses } from './attribute.js';
import { findingOf, outcomesOf } from './judge.js';
import type { Ledger } from './ledger.js';
import { verdictOf } from './mismatch-verdict.js';
import { settledWritten, type TracedFinding } from './traced-finding.js';

/**
 * Where no rule of the specification is known to decide: a load has the outcome that it has,
 * whatever came before it.
 */
const ANY_LOAD: ClauseId = 'WSB-MULTI-07';

/**
 * Makes findings of mismatches: tells which clause each breaks, by the trace of the outcome
 * expected.
 */
export class Attribution {
  readonly #oracle: Oracle;
  readonly #ledger: Pick<Ledger, 'choose'>;

  /**
   * @param ledger what is known to be broken already: a difference that it explains makes no
   * finding of its own
   */
  constructor(oracle: Oracle, ledger: Pick<Ledger, 'choose'>) {
    this.#oracle = oracle;
    this.#ledger = ledger;
  }

  /**
   * The finding of a written case. It names the clause that the case was written for when that is
   * one of those that decide, or when nothing is known against it.
   *
   * @throws SubjectError when the subject's record is not an outcome.
   */
  fixed(failed: Case, mismatch: Mismatch): Finding {
    return settledWritten(this.tracedFixed(failed, mismatch), (clauses) => this.#ledger.choose(clauses));
  }

  /** As {@link fixed}, whatever is known to be broken. */
  tracedFixed(failed: Case, mismatch: Mismatch): TracedFinding {
    const traced = this.#trace(mismatch);
    const [own = ANY_LOAD] = failed.clauses;
    const clauses: Clauses = traced === null || traced.includes(own) ? [own] : traced;
    return { clauses, finding: findingOf(failed, own, mismatch) };
  }

  /** The clause that the finding of a generated case names. */
  clause(mismatch: Mismatch): ClauseId {
    return this.#ledger.choose(this.#clauses(mismatch));
  }

  /** The finding of a generated case, whatever is known to be broken. */
  tracedGenerated(generated: GeneratedCase, mismatch: Mismatch): TracedFinding {
    const clauses = this.#clauses(mismatch);
    const [likeliest] = clauses;
    return { clauses, finding: findingOf(generatedCaseRecord(generated, [likeliest]), likeliest, mismatch) };
  }

  /**
   * The fingerprint of what a mismatch of a generated case says first, without making a finding of
   * it.
   */
  fingerprint(mismatch: Mismatch): string {
    return fingerprint(verdictOf(mismatch), this.#clauses(mismatch)[0], mismatch.incident?.signal);
  }

  /** What gave no outcome tells of no other rule than that there has to be one. */
  #clauses(mismatch: Mismatch): Clauses {
    return mismatch.incident === undefined ? (this.#trace(mismatch) ?? [ANY_LOAD]) : ['WSB-FAIL-14'];
  }

  /**
   * The clauses that decide the first difference; null where there is no outcome, or the one
   * expected is not the reference's.
   */
  #trace(mismatch: Mismatch): Clauses | null {
    if (mismatch.incident !== undefined) return null;
    const [expected, observed] = outcomesOf(mismatch);
    if (mismatch.trace !== undefined) return attribute(mismatch.trace, { expected, observed });
    const trace = new Trace();
    const traced = this.#oracle(mismatch.request, trace);
    return courseOf(traced) === courseOf(expected) ? attribute(trace, { expected, observed }) : null;
  }
}

/** What every subject tells of an outcome. */
function courseOf({ engines, steps }: Outcome): string {
  return [
    ...steps.map(stepText),
    ...engines.flatMap(({ calls }) => ['engine', ...calls.map(callText)]),
  ].join();
}
