import { InvalidArgumentError } from 'commander';
import { LEAVES_OUT } from '../model/filter.js';
import { visible } from '../model/visible-text.js';
import { UsageError } from './output.js';
import { readUserText } from './read-user-text.js';

/** Bytes of a file of queries at most. */
const MOST_BYTES = 1 << 20;

/** Queries of a run at most: each is asked about each case, and the report holds them. */
const MOST_QUERIES = 1000;

const UNNAMED = `Give a clause id, the id of a case, or a section such as generated, where needed behind a ${LEAVES_OUT}.`;

/** What chooses the cases of a run, as the command line gives it. */
export interface GivenQueries {
  readonly filter?: readonly string[];
  /** Files with further queries. */
  readonly filterFrom?: readonly string[];
}

/** A query from the command line, with those given before. */
export function collectQuery(text: string, before: readonly string[] = []): string[] {
  if (namesSomething(text)) return [...before, text];
  throw new InvalidArgumentError(UNNAMED);
}

/**
 * All queries of a run: those of the command line, then those of the files, one a line; empty lines
 * and those that begin with a `#` are none. Each once.
 *
 * @throws UsageError when a file cannot be read or has no query, or there are too many.
 */
export function filterQueries({ filter = [], filterFrom = [] }: GivenQueries): readonly string[] {
  const queries = [...new Set([...filter, ...filterFrom.flatMap(queriesIn)])];
  if (queries.length <= MOST_QUERIES) return queries;
  throw new UsageError(
    `There are ${queries.length} queries to filter by, and a run takes ${MOST_QUERIES}. A * stands for any text.`,
  );
}

function queriesIn(file: string): readonly string[] {
  const lines = readUserText(file, { what: 'The queries in', most: MOST_BYTES })
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  const queries: string[] = [];
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    if (!namesSomething(text)) throw new UsageError(visible`${file}, line ${at + 1}: ${UNNAMED}`);
    queries.push(text);
  }
  if (queries.length > 0) return queries;
  throw new UsageError(visible`${file} names nothing to filter by. Write a query a line, or leave it out.`);
}

function namesSomething(query: string): boolean {
  return query !== '' && query !== LEAVES_OUT;
}
