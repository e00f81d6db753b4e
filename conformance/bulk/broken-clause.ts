import { STANDARD_RULES, Trace } from '../../reference/index.js';
import { decide } from '../../reference/rules/decide.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { attribute } from '../attribution/attribute.js';
import { generatedFromRecord } from '../generators/generated-from-record.js';
import { loadRequests } from '../generators/load-requests.js';
import { comparedDecisions } from '../model/decision-as-outcome.js';
import type { Depth } from '../model/depth.js';
import { referenceOracle } from '../oracle/oracle.js';
import { decodeDecision, decodeDecisionOutcome } from '../wire/decode-decision.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { WireError } from '../wire/wire-error.js';

/** A flat case that failed: its decision record, and both outcome records of its depth. */
export interface FailedFlatCase {
  readonly record: Uint8Array;
  readonly wanted: Uint8Array;
  readonly answer: Uint8Array;
}

/** Where no rule of the specification is known to decide; see `Attribution`. */
const ANY_LOAD: ClauseId = 'WSB-MULTI-07';

/**
 * Flat cases load no recorded plan, on a device without a limit, where no policy makes a
 * difference.
 */
const oracle = referenceOracle(() => null);

/**
 * The likeliest clause that a flat case breaks, so that every one that failed is counted under a
 * clause, however many there are. An answer that is not an outcome breaks none in particular.
 */
export function brokenClause(depth: Depth, failed: FailedFlatCase): ClauseId {
  try {
    return (depth === 'decision' ? decisionClause(failed) : programClause(failed)) ?? ANY_LOAD;
  } catch (error) {
    if (error instanceof WireError) return ANY_LOAD;
    throw error;
  }
}

function decisionClause({ record, wanted, answer }: FailedFlatCase): ClauseId | undefined {
  const given = decodeDecision(record, 0);
  const trace = new Trace();
  decide(given, STANDARD_RULES, trace);
  const decisions = [decodeDecisionOutcome(wanted, 0), decodeDecisionOutcome(answer, 0)] as const;
  const [expected, observed] = comparedDecisions(decisions, given);
  return attribute(trace, { expected, observed })?.[0];
}

function programClause({ record, wanted, answer }: FailedFlatCase): ClauseId | undefined {
  const [request] = loadRequests([generatedFromRecord(record)]);
  if (request === undefined) return undefined;
  const trace = new Trace();
  oracle(request, trace);
  return attribute(trace, { expected: decodeOutcome(wanted), observed: decodeOutcome(answer) })?.[0];
}

/** How many flat cases broke each clause. */
export type BrokenCounts = Readonly<Partial<Record<ClauseId, number>>>;

/** Counts the clauses of several reports together. */
export function addBroken(counts: readonly BrokenCounts[]): BrokenCounts {
  const sum: Partial<Record<ClauseId, number>> = {};
  for (const each of counts) {
    for (const [clause, cases] of Object.entries(each) as [ClauseId, number][]) {
      sum[clause] = (sum[clause] ?? 0) + cases;
    }
  }
  return sum;
}
