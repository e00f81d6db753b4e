import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { replaceFile } from '../files/replace-file.js';
import type { Schemas } from '../spec/schemas.js';

/** A known failure of a subject: the wrong rule that it follows, or the cases that show it. */
export type ExpectedFailure = ExpectedByRule | ExpectedByCases;

interface Expected {
  readonly clause: ClauseId;
  /** A part of the message of a case that fails so. */
  readonly message: string;
  readonly reason: string;
  readonly link: string;
  /** The last day on which it is expected, such as 2027-03-31. */
  readonly until: string;
}

/** Every case whose outcome is exactly the one that a delegate with this wrong rule has. */
export interface ExpectedByRule extends Expected {
  /** The name of a variant of the reference. */
  readonly rule: string;
}

/** Written cases, each of which has exactly the outcome that is told. */
export interface ExpectedByCases extends Expected {
  /** As `--filter` takes them; the golden program of a case goes with it. */
  readonly cases: readonly string[];
  /** What is observed, in the lines in which a replay shows it. */
  readonly observed: readonly string[];
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

/** Writes the file of a subject, in one step; throws the error of the file system. */
export function writeExpectations(root: string, expectations: Expectations): void {
  const file = join(root, expectationsFile(expectations.subject));
  replaceFile(file, `${JSON.stringify(expectations, null, 2)}\n`);
}
