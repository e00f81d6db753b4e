import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readPlainText } from '../files/read-plain-file.js';
import { replaceFile } from '../files/replace-file.js';
import { DocumentError, type Schemas } from '../spec/schemas.js';
import type { ExpectedFailure } from './expected-failure.js';
import { expectationFaults, type KnownNames } from './expectation-faults.js';

/** What a subject is known to fail (spec/schemas/expectations.schema.json). */
export interface Expectations {
  readonly subject: string;
  readonly failures: readonly ExpectedFailure[];
}

/** Bytes of a file of expectations at most. */
const MOST_BYTES = 64 << 20;

/** The file of a subject, relative to the folder of the suite. */
export function expectationsFile(subject: string): string {
  return `conformance/expectations/${subject.replace(/[^a-z0-9-]+/gi, '-')}.json`;
}

/** A list of expectations, and the file that it is in. */
export interface ExpectationsFile extends Expectations {
  /** Path, as it is told to a user. */
  readonly file: string;
}

/**
 * The expectations of a subject that come with the suite; null when there are none.
 *
 * @throws DocumentError when the file breaks its schema, or what it says cannot be.
 */
export function loadExpectations(
  root: string,
  schemas: Schemas,
  subject: string,
  known?: KnownNames,
): ExpectationsFile | null {
  const file = expectationsFile(subject);
  if (!existsSync(join(root, file))) return null;
  return { ...parseExpectations(readPlainText(join(root, file), MOST_BYTES), file, schemas, known), file };
}

/**
 * A list of expectations from a file of the user's, for a subject.
 *
 * @throws DocumentError when the file breaks its schema, what it says cannot be, or it is about
 * another subject. The message names the place.
 * @throws FileError when it is no plain file or too large, else the error of the file system when
 * it cannot be read.
 */
export function readExpectations(
  file: string,
  schemas: Schemas,
  subject: string,
  known: KnownNames,
): ExpectationsFile {
  const read = parseExpectations(readPlainText(file, MOST_BYTES), file, schemas, known);
  if (read.subject !== subject) {
    const told = `/subject is ${JSON.stringify(read.subject)}, but the subject of this run is ${JSON.stringify(subject)}`;
    throw new DocumentError(file, told);
  }
  return { ...read, file };
}

/**
 * A list of expectations from the text of a file.
 *
 * @throws DocumentError when it breaks its schema, or what it says cannot be.
 */
export function parseExpectations(
  text: string,
  file: string,
  schemas: Schemas,
  known: KnownNames | undefined,
): Expectations {
  const read = schemas.parse('expectations', text, file) as Expectations;
  const faults = known === undefined ? [] : expectationFaults(read.failures, known);
  if (faults.length > 0) throw new DocumentError(file, faults.join('; '));
  return read;
}

/**
 * Writes a list of expectations, in one step; throws the error of the file system.
 *
 * @param path where the file is
 */
export function writeExpectations(path: string, { subject, failures }: Expectations): void {
  replaceFile(path, `${JSON.stringify({ subject, failures }, null, 2)}\n`);
}
