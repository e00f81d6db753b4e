import type { VerdictCounts } from '../model/verdict.js';
import type { Clause } from '../spec/clause.js';
import type { RunResult } from '../model/run-result.js';

/**
 * The verdicts that decide about conformance: those of the run less the failures that break a clause which says SHOULD. Those are findings
 * like any other, and are counted and shown. `hostile` is how many faults the hostile cases showed, which are in no count of the run:
 * they break it as any other breach of the protocol does.
 */
export function demandedVerdicts(
  { verdicts, findings }: Pick<RunResult, 'verdicts' | 'findings'>,
  clauses: readonly Clause[],
  hostile = 0,
): VerdictCounts {
  const advised = new Set(clauses.filter(({ level }) => level === 'SHOULD').map(({ id }) => id));
  const failed = findings
    .filter(({ verdict, clause }) => verdict === 'fail' && advised.has(clause))
    .reduce((sum, { occurrences }) => sum + occurrences, 0);
  return {
    ...verdicts,
    fail: Math.max(verdicts.fail - failed, 0),
    'protocol-error': verdicts['protocol-error'] + hostile,
  };
}
