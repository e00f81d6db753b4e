import type { Case } from './case.js';
import { matchesGlob } from './glob.js';

/** Chooses cases by their id, clause or section. */
export interface Filter {
  /** As the user gave it. */
  readonly queries: readonly string[];
  /**
   * Whether what goes by these names is chosen: the id of a case with those of its clauses, or a
   * section such as `generated`.
   */
  readonly matches: (...names: readonly string[]) => boolean;
  /** The queries that none of the names so far was meant by. */
  readonly unused: () => readonly string[];
}

/** Queries as a report holds them: one is a text alone. */
export type FilterQueries = string | readonly string[];

/** What stands before a query that leaves out what it names. */
export const LEAVES_OUT = '!';

/**
 * A filter from queries: clause ids, case ids or the beginning of one up to a `/`, where `*` stands
 * for any text: `WSB-PARSE-03`, `WSB-PARSE-*`, `WSB-PARSE-03/violation`, `generated`. What any of
 * them names is chosen, whatever the case of its letters, but for what one behind a `!` names.
 * Where all stand behind a `!` everything else is chosen. No query is split at commas, which ids
 * contain.
 */
export function filterOf(queries: FilterQueries): Filter {
  const given = typeof queries === 'string' ? [queries] : queries;
  const all = given.map((text) => new Query(text));
  const takesAll = all.every(({ leavesOut }) => leavesOut);
  return {
    queries: given,
    matches: (...names) => {
      const lower = names.map((name) => name.toLowerCase());
      // Each is asked, so that each knows whether it names anything.
      const named = all.filter((query) => query.names(lower));
      return !named.some(({ leavesOut }) => leavesOut) && (takesAll || named.length > 0);
    },
    unused: () => all.filter(({ isUsed }) => !isUsed).map(({ text }) => text),
  };
}

/** Queries in words, for a line that is shown. */
export function queriesText(queries: FilterQueries): string {
  return typeof queries === 'string' ? queries : queries.join(', ');
}

/** Queries as a report holds them; null for none. */
export function toldQueries(queries: readonly string[]): FilterQueries | null {
  const [first, ...more] = queries;
  if (first === undefined) return null;
  return more.length === 0 ? first : queries;
}

/**
 * Whether a filter chooses a case: by its id or by one of its clauses. No filter chooses every
 * case.
 */
export function chooses(filter: Filter | null, { id, clauses }: Pick<Case, 'id' | 'clauses'>): boolean {
  return filter === null || filter.matches(id, ...clauses);
}

/** A filter that chooses what both choose; null for what there is none of. */
export function both(one: Filter | null, other: Filter | null): Filter | null {
  if (one === null || other === null) return one ?? other;
  return {
    queries: [...one.queries, ...other.queries],
    matches: (...names) => {
      const matched = [one, other].map((filter) => filter.matches(...names));
      return matched.every((each) => each);
    },
    unused: () => [...one.unused(), ...other.unused()],
  };
}

/** Whether a query without a `!` names a name, letter by letter. */
export function isNamedBy(query: string, name: string): boolean {
  // What a part of an id names, it names as a whole: up to its end, or to a slash.
  return name === query || matchesGlob(query, name) || matchesGlob(`${query}/*`, name);
}

class Query {
  readonly leavesOut: boolean;
  readonly #lower: string;
  #used = false;

  constructor(readonly text: string) {
    this.leavesOut = text.startsWith(LEAVES_OUT);
    this.#lower = (this.leavesOut ? text.slice(LEAVES_OUT.length) : text).toLowerCase();
  }

  get isUsed(): boolean {
    return this.#used;
  }

  names(lower: readonly string[]): boolean {
    const named = lower.some((name) => isNamedBy(this.#lower, name));
    this.#used ||= named;
    return named;
  }
}
