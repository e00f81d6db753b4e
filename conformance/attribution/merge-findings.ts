import { decide } from '../../reference/rules/decide.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { comparedDecisions } from '../model/decision-as-outcome.js';
import { decisionOfRequest } from '../model/decision-of-request.js';
import { buildRequest } from '../model/build-request.js';
import { differences } from '../model/differences.js';
import type { Finding } from '../model/finding.js';
import { fingerprint } from '../model/fingerprint.js';
import type { FixedCase } from '../model/fixed-case.js';
import type { RunResult } from '../model/run-result.js';
import type { Oracle } from '../oracle/oracle.js';
import type { KnownError } from './known-errors.js';

/** What the errors that delegates are known to make are held against. */
export interface Evidence {
  readonly errors: readonly KnownError[];
  /** A delegate without an error. */
  readonly oracle: Oracle;
  /** The written cases of the run. */
  readonly cases: readonly FixedCase[];
}

/** An error, and the findings that it explains. */
interface Explanation {
  readonly error: KnownError;
  readonly findings: readonly Finding[];
  /** Whether those are all that failed. */
  readonly isAll: boolean;
}

/**
 * Tells findings as one that one wrong rule explains. A rule that is wrong shows under several
 * clauses: with compile specs put before options, masked compile specs are judged too. When a
 * delegate with a known error would have given exactly the outcomes observed in several findings,
 * and would have failed no written case that passed, they are one finding, of the clause that this
 * error breaks; the error that explains most goes first.
 */
export function mergeFindings(result: RunResult, evidence: Evidence): RunResult {
  return tellsSources(result.findings) ? merge(result, evidence) : merge(result, withoutSources(evidence));
}

function merge(result: RunResult, evidence: Evidence): RunResult {
  let left = result.findings;
  const merged: Finding[] = [];
  const became = new Map<string, string>();
  for (;;) {
    const best = bestExplanation(result, left, evidence);
    if (best === null) break;
    left = left.filter((finding) => !best.findings.includes(finding));
    const taken = [...merged, ...left].some(({ clause }) => clause === best.error.clause);
    const main = mainFinding(best, !taken);
    merged.push(main);
    for (const each of best.findings) became.set(each.fingerprint, main.fingerprint);
  }
  if (merged.length === 0) return result;
  return {
    ...result,
    findings: [...merged, ...left].sort((a, b) => (a.clause < b.clause ? -1 : 1)),
    cases: result.cases.map((one) => ({
      ...one,
      finding: one.finding === null ? null : (became.get(one.finding) ?? one.finding),
    })),
  };
}

/** Whether a subject says where budgets come from, as far as findings show it. */
function tellsSources(findings: readonly Finding[]): boolean {
  const engines = findings.flatMap(({ expected, observed }) => [...expected.engines, ...observed.engines]);
  return engines.every(({ applied }) => applied === null) || engines.some(({ source }) => source !== null);
}

/** What is to be compared with outcomes of a subject that does not. */
function withoutSources({ errors, oracle, cases }: Evidence): Evidence {
  return {
    errors: errors.map((error) => ({ ...error, outcome: lessSources(error.outcome) })),
    oracle: lessSources(oracle),
    cases,
  };
}

function lessSources(oracle: Oracle): Oracle {
  return (...given) => {
    const outcome = oracle(...given);
    return { ...outcome, engines: outcome.engines.map((engine) => ({ ...engine, source: null })) };
  };
}

/**
 * The error that explains most of the findings, and among those one of a clause that they name
 * already; null when none explains any.
 */
function bestExplanation(
  result: RunResult,
  left: readonly Finding[],
  evidence: Evidence,
): Explanation | null {
  const { oracle, errors } = evidence;
  // What a delegate without an error does as well is owed to none: the case is held against another
  // policy.
  // What does not fail alone is owed to no rule.
  const failed = left.filter(
    (one) =>
      one.verdict === 'fail' &&
      (one.recurrence?.kind ?? 'alone') === 'alone' &&
      !explains({ outcome: oracle, decide }, one),
  );
  const found = errors
    .map((error): Explanation => {
      const findings = failed.filter((one) => explains(error, one));
      return { error, findings, isAll: findings.length === failed.length };
    })
    .filter(({ findings }) => findings.length > 0)
    .sort((a, b) => b.findings.length - a.findings.length || Number(isNamed(b)) - Number(isNamed(a)));
  return found.find((one) => fits(one, result, evidence)) ?? null;
}

function isNamed({ error, findings }: Explanation): boolean {
  return findings.some(({ clause }) => clause === error.clause);
}

/**
 * Whether a delegate with an error comes to what was observed; a case without an outcome is
 * explained by none.
 */
function explains(
  { outcome, decide: decideAs }: Omit<KnownError, 'clause'>,
  { case: { request }, expected, observed }: Finding,
): boolean {
  const decision = isDecision(expected) ? decisionOfRequest(request) : null;
  const own =
    decision === null
      ? outcome(buildRequest(request))
      : comparedDecisions([decide(decision), decideAs(decision)], decision)[1];
  return differences(own, observed).length === 0;
}

/** Whether an outcome is one at decision depth, where no engine is deserialized. */
function isDecision({ engines }: Outcome): boolean {
  return engines.some(({ calls: [first] }) => first?.call !== 'deserializeCudaEngine');
}

/**
 * Whether the written cases that passed pass with the error, too; when it is to explain all that
 * failed, also whether those of its findings fail. Of two errors each can be what a case fails for.
 */
function fits(
  { error, findings, isAll }: Explanation,
  { cases }: RunResult,
  { oracle, cases: written }: Evidence,
): boolean {
  const own = new Set(findings.map((finding) => finding.fingerprint));
  const byId = new Map(written.map((one) => [one.case.id, one]));
  return cases.every(({ case: { id }, verdict, finding }) => {
    const one = byId.get(id);
    const isOwn = isAll && finding !== null && own.has(finding);
    // A kept outcome need not be that of the reference, and a damaged file may have none.
    if (one?.expected !== null || one.perCaseProcess === true) return true;
    if (verdict !== 'pass' && !isOwn) return true;
    return shows(error, one, oracle) === isOwn;
  });
}

/** Whether a delegate with an error fails a written case. */
function shows(error: KnownError, { case: one, decision }: FixedCase, oracle: Oracle): boolean {
  const request = buildRequest(one.request);
  const [right, wrong] =
    decision === undefined
      ? ([oracle(request), error.outcome(request)] as const)
      : comparedDecisions([decide(decision), error.decide(decision)], decision);
  return differences(right, wrong).length > 0;
}

/**
 * The finding that stands for all that an error explains; it keeps its clause where another finding
 * has that of the error, and names those of the others.
 */
function mainFinding({ error: { clause }, findings }: Explanation, renames: boolean): Finding {
  const [first, ...others] = findings;
  const main = findings.find((finding) => finding.clause === clause) ?? first;
  if (main === undefined) throw new Error('An error that explains nothing makes no finding.');
  const occurrences = others.reduce((sum, each) => sum + each.occurrences, first?.occurrences ?? 0);
  const shown = renames ? clause : main.clause;
  const also = [...new Set(findings.map((finding) => finding.clause))]
    .filter((each) => each !== shown)
    .sort();
  const merged = { ...main, occurrences, ...(also.length === 0 ? {} : { also }) };
  if (!renames) return merged;
  const { kind, clauses } = main.case;
  return {
    ...merged,
    clause,
    fingerprint: fingerprint('fail', clause),
    case: { ...main.case, clauses: kind === 'generated' ? [clause] : clauses },
  };
}
