import type { Clause } from '../spec/clause.js';
import { REVIEWED, type Reviewed } from '../spec/reviewed.js';
import type { SpecFinding } from './check-spec.js';

/** As many digits of a hash as tell two texts apart for a reader. */
const SHOWN_DIGITS = 12;

/**
 * Checks that the cases of every clause were looked at for its present text: finds clauses whose
 * text changed, clauses that nobody has looked at, and ids that are no longer a clause. Empty when
 * all is well.
 */
export function checkReviewed(clauses: readonly Clause[], reviewed: Reviewed): readonly SpecFinding[] {
  const known = new Set<string>(clauses.map(({ id }) => id));
  const stale = [...reviewed.keys()].filter((id) => !known.has(id)).sort();
  return [
    ...clauses.flatMap((clause) => checkClause(clause, reviewed.get(clause.id))),
    ...stale.map((id) => ({
      file: REVIEWED,
      line: null,
      message: `${id} is no longer a clause; when its cases are gone too, run "${acceptCommand(id)}"`,
    })),
  ];
}

function checkClause({ id, file, line, textHash }: Clause, before: string | undefined): SpecFinding[] {
  if (before === textHash) return [];
  const what =
    before === undefined
      ? `${id} is new (its text is ${shown(textHash)}), and its cases have not been reviewed`
      : `${id} has changed since its cases were reviewed (its text was ${shown(before)} and is ${shown(textHash)})`;
  const advice = `see "trt-conformance list cases --filter ${id}", then run "${acceptCommand(id)}"`;
  return [{ file, line, message: `${what}; ${advice}` }];
}

function shown(hash: string): string {
  return hash.slice(0, SHOWN_DIGITS);
}

function acceptCommand(id: string): string {
  return `trt-conformance spec check --accept ${id}`;
}
