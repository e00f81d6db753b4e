import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Case } from '../model/case.js';
import type { ExpectedFailure } from './expected-failure.js';
import { isNamed } from './is-named.js';

/** What there is that an expectation can name. */
export interface KnownNames {
  readonly clauses: ReadonlySet<string>;
  /** The wrong rules, each with the clauses that it breaks; null where none are known. */
  readonly rules: ReadonlyMap<string, readonly ClauseId[] | null>;
  readonly cases: readonly Pick<Case, 'id' | 'clauses'>[];
  /** Whether an entry by differences matches failures of its clause alone, as for an exporter. */
  readonly byClause?: true;
}

/**
 * What is wrong with entries that keep their schema, each with its place as a JSON pointer: a
 * clause, rule or case that there is not, a clause that is not that of the rule or the cases, a day
 * that there is not, an entry that stands there twice. Empty when nothing is.
 */
export function expectationFaults(entries: readonly ExpectedFailure[], known: KnownNames): readonly string[] {
  const seen = new Map<string, number>();
  return entries.flatMap((entry, at) => {
    const matcher = JSON.stringify([matcherOf(entry), known.byClause === true ? entry.clause : null]);
    const first = seen.get(matcher);
    seen.set(matcher, first ?? at);
    return [
      ...clauseFaults(entry, known),
      ...('rule' in entry ? ruleFaults(entry, known) : []),
      ...('cases' in entry ? caseFaults(entry, known) : []),
      ...(isDay(entry.until) ? [] : [`/until is ${entry.until}, which is no day of the calendar`]),
      ...(first === undefined ? [] : [` matches what /failures/${first} matches`]),
    ].map((fault) => `/failures/${at}${fault}`);
  });
}

function matcherOf(entry: ExpectedFailure): unknown {
  if ('rule' in entry) return { rule: entry.rule };
  if ('cases' in entry) return { cases: entry.cases, observed: entry.observed, message: entry.message };
  return 'differences' in entry
    ? { differences: entry.differences, message: entry.message }
    : { clause: entry.clause, message: entry.message };
}

function clauseFaults({ clause }: ExpectedFailure, { clauses }: KnownNames): string[] {
  return clauses.has(clause)
    ? []
    : [`/clause is ${clause}, and there is no such clause (trt-conformance list clauses shows them)`];
}

function ruleFaults(entry: Extract<ExpectedFailure, { rule: string }>, { rules }: KnownNames): string[] {
  const broken = rules.get(entry.rule);
  if (broken === undefined) {
    return [`/rule is ${entry.rule}, and there is no such rule. There are: ${[...rules.keys()].join(', ')}`];
  }
  return broken === null || broken.includes(entry.clause)
    ? []
    : [`/clause is ${entry.clause}, but the rule ${entry.rule} breaks ${broken.join(', ')}`];
}

function caseFaults(
  { clause, cases }: Extract<ExpectedFailure, { cases: readonly string[] }>,
  known: KnownNames,
): string[] {
  return cases.flatMap((query, at) => {
    const named = known.cases.filter(({ id }) => isNamed(query, id));
    if (named.length === 0) return [`/cases/${at} names no case: ${JSON.stringify(query)}`];
    return named.some(({ clauses }) => clauses.includes(clause))
      ? []
      : [`/clause is ${clause}, of which /cases/${at} names no case: ${JSON.stringify(query)}`];
  });
}

/** Whether a text such as 2027-02-28 is a day of the calendar. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
