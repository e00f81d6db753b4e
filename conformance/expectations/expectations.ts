import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Schemas } from '../spec/schemas.js';

/** A failure that a subject is known for. */
export interface ExpectedFailure {
  readonly clause: ClauseId;
  /** Which written cases fail so, as `--filter` takes it; absent: all. Generated cases go by the clause. */
  readonly cases?: string;
  /** A part of the finding's message. */
  readonly message: string;
  readonly reason: string;
  readonly link: string;
  /** The last day on which it is expected, such as 2027-03-31. */
  readonly until: string;
}

/** What a subject is known to fail (spec/schemas/expectations.schema.json). */
export interface Expectations {
  readonly subject: string;
  readonly failures: readonly ExpectedFailure[];
}

/** The file of a subject, relative to the folder of the suite. */
export function expectationsFile(subject: string): string {
  return `conformance/expectations/${subject.replace(/[^a-z0-9-]+/gi, '-')}.json`;
}

/**
 * The expectations of a subject; without a file there are none.
 *
 * @throws DocumentError when the file breaks its schema.
 */
export function loadExpectations(root: string, schemas: Schemas, subject: string): Expectations {
  const file = expectationsFile(subject);
  if (!existsSync(join(root, file))) return { subject, failures: [] };
  return schemas.parse('expectations', readFileSync(join(root, file), 'utf8'), file) as Expectations;
}

/** Writes the file of a subject. */
export function writeExpectations(root: string, expectations: Expectations): void {
  const text = JSON.stringify(expectations, null, 2);
  writeFileSync(join(root, expectationsFile(expectations.subject)), `${text}\n`);
}
