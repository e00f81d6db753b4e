import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../files/replace-file.js';
import type { Clause } from './clause.js';
import type { Schemas } from './schemas.js';

/** Where the reviewed texts stand: a path below the root of the suite. */
export const REVIEWED = 'spec/reviewed.json';

/**
 * The text of each clause for which its cases were last looked at, as its `textHash`, by clause id.
 * Ids of clauses that are no more are there until somebody accepts that they are gone.
 */
export type Reviewed = ReadonlyMap<string, string>;

/**
 * Reads spec/reviewed.json below `root`; without the file nothing was looked at.
 *
 * @throws DocumentError when it breaks its schema.
 */
export function loadReviewed(root: string, schemas: Schemas): Reviewed {
  const path = join(root, REVIEWED);
  if (!existsSync(path)) return new Map();
  const { clauses } = schemas.parse('reviewed', readFileSync(path, 'utf8'), REVIEWED) as {
    readonly clauses: Readonly<Record<string, string>>;
  };
  return new Map(Object.entries(clauses));
}

/** Takes the present texts of clauses for looked at, and forgets accepted ids that are gone. */
export function acceptClauses(
  reviewed: Reviewed,
  clauses: readonly Clause[],
  accepted: ReadonlySet<string>,
): Reviewed {
  const kept = [...reviewed].filter(([id]) => !accepted.has(id));
  const present = clauses
    .filter(({ id }) => accepted.has(id))
    .map(({ id, textHash }) => [id, textHash] as const);
  return new Map([...kept, ...present]);
}

/** The text of spec/reviewed.json: sorted by id, so that it depends on nothing else. */
export function reviewedText(reviewed: Reviewed): string {
  const clauses = Object.fromEntries([...reviewed].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: 1, clauses }, null, 2)}\n`;
}

/** Writes spec/reviewed.json below `root`; throws the error of the file system. */
export function writeReviewed(root: string, reviewed: Reviewed): void {
  replaceFile(join(root, REVIEWED), reviewedText(reviewed));
}
