import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { isAnswered } from '../coverage/demonstration.js';
import { noVerdicts, type Verdict, type VerdictCounts } from '../model/verdict.js';
import type { RunResult } from '../model/run-result.js';

const ROLES = ['control', 'violation', 'boundary'] as const;

type Role = (typeof ROLES)[number];

/** How many cases of a clause were delivered to the subject and answered by it, and how. */
export interface RoleCounts {
  readonly delivered: number;
  readonly answered: number;
  readonly passed: number;
  readonly failed: number;
}

/** How the written cases of a clause ended; golden and recorded ones are among them. */
export interface ClauseResult {
  readonly clause: ClauseId;
  readonly cases: number;
  readonly verdicts: VerdictCounts;
  /** What became of its cases, by what they are for. */
  readonly roles: Readonly<Record<Role, RoleCounts>>;
  /** Expected failures that are traced to this clause, those of cases of other clauses too. */
  readonly known: number;
}

/** What came of each judged clause by the cases that were written for it; in order of the ids. */
export function clauseResults({
  cases,
  findings,
}: Pick<RunResult, 'cases' | 'findings'>): readonly ClauseResult[] {
  const clauseOf = new Map(findings.map(({ fingerprint, clause }) => [fingerprint, clause]));
  const traced = cases
    .filter(({ verdict }) => verdict === 'expected-fail')
    .map(({ finding }) => clauseOf.get(finding ?? ''));
  const counts = new Map<ClauseId, ReturnType<typeof noVerdicts>>();
  for (const { case: one, verdict } of cases) {
    const [clause] = one.clauses;
    if (clause === undefined) continue;
    const verdicts = counts.get(clause) ?? noVerdicts();
    verdicts[verdict]++;
    counts.set(clause, verdicts);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([clause, verdicts]) => ({
      clause,
      cases: Object.values(verdicts).reduce((sum, count) => sum + count, 0),
      verdicts,
      roles: rolesOf(clause, cases),
      known: traced.filter((each) => each === clause).length,
    }));
}

/** Verdicts on cases that no subject was given. */
const UNDELIVERED: readonly Verdict[] = ['unsupported', 'inconclusive', 'self-check'];

function rolesOf(clause: ClauseId, cases: RunResult['cases']): ClauseResult['roles'] {
  const own = cases.filter(({ case: one }) => one.clauses[0] === clause);
  const count = (role: Role, has: (verdict: Verdict) => boolean): number =>
    own.filter(({ case: one, verdict }) => one.kind === role && has(verdict)).length;
  const roles = ROLES.map((role): [Role, RoleCounts] => [
    role,
    {
      delivered: count(role, (verdict) => !UNDELIVERED.includes(verdict)),
      answered: count(role, isAnswered),
      passed: count(role, (verdict) => verdict === 'pass' || verdict === 'unexpected-pass'),
      failed: count(role, (verdict) => verdict === 'fail' || verdict === 'expected-fail'),
    },
  ]);
  return Object.fromEntries(roles) as Record<Role, RoleCounts>;
}

/** A line for each clause of a report (spec/schemas/report.schema.json). */
export function clauseLines(results: readonly ClauseResult[]): readonly object[] {
  return results.map((result) => ({ record: 'clause', ...result }));
}

/**
 * On how many clauses a subject does as the model, and on which it is known not to; empty when
 * nothing was expected to fail. A case that fails for another clause that is known to be broken
 * says nothing against its own. Ends with a newline.
 */
export function agreementText(results: readonly ClauseResult[]): string {
  const broken = results.filter(({ known }) => known > 0);
  if (broken.length === 0) return '';
  const agreeing = results.filter(({ known, cases, verdicts }) => {
    return known === 0 && cases === verdicts.pass + verdicts.unsupported + verdicts['expected-fail'];
  });
  const list = broken.map(({ clause, known }) => `${clause} (${known})`);
  return (
    `Agrees with the reference on ${agreeing.length} of ${results.length} clauses; ` +
    `written cases that fail as expected, by the clause at fault: ${list.join(', ')}.\n`
  );
}
