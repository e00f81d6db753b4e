import type { Case } from './case.js';
import { matchesGlob } from './glob.js';

/** Chooses cases by id or clause. */
export interface Filter {
  /** As the user gave it. */
  readonly query: string;
  /** Whether a name (of a case, a clause or a section such as `generated`) is chosen. */
  readonly matches: (name: string) => boolean;
}

/**
 * A filter from a query: a clause id, a case id or the beginning of one up to a `/`, where `*`
 * stands for any text: `WSB-PARSE-03`, `WSB-PARSE-*`, `WSB-PARSE-03/violation`, `generated`.
 */
export function filterOf(query: string): Filter {
  // What a part of an id names, it names as a whole: up to its end, or to a slash.
  return {
    query,
    matches: (name) => name === query || matchesGlob(query, name) || matchesGlob(`${query}/*`, name),
  };
}

/**
 * Whether a filter chooses a case: by its id or by one of its clauses. No filter chooses every
 * case.
 */
export function chooses(filter: Filter | null, { id, clauses }: Pick<Case, 'id' | 'clauses'>): boolean {
  return filter === null || filter.matches(id) || clauses.some((clause) => filter.matches(clause));
}
