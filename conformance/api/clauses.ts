import type { Clause } from '../spec/clause.js';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';

/** The clauses of the specification by which this package judges, area by area. */
export function clauses(): readonly Clause[] {
  return loadClauses(suiteRoot());
}
