import { join, resolve } from 'node:path';
import { WRONG_RULES } from '../../reference/index.js';
import { readCatalogue } from '../catalogue/catalogue.js';
import { ALL_CASES } from '../cases/all-cases.js';
import type { ExportCase } from '../model/export-case.js';
import type { KnownNames } from '../expectations/expectation-faults.js';
import type { ExpectedFailure } from '../expectations/expected-failure.js';
import {
  expectationsFile,
  loadExpectations,
  readExpectations,
  writeExpectations,
  type ExpectationsFile,
} from '../expectations/expectations.js';
import { KnownRules } from '../expectations/known-rules.js';
import { mendedEntries, staleText, type StaleEntry } from '../expectations/stale-entries.js';
import { visible, visibleLine, visibleLines, type VisibleText } from '../model/visible-text.js';
import { loadClauses } from '../spec/load-clauses.js';
import { DocumentError, type Schemas } from '../spec/schemas.js';
import { FileError } from '../files/file-error.js';
import { UsageError } from './output.js';
import type { SuiteOptions } from './suite-options.js';

/**
 * The lists of what a subject is known to fail: the one that comes with the suite, then those given
 * on the command line. Each is validated as a whole; those of an exporter name cases for exporters.
 *
 * @throws UsageError when one of those given cannot be read, or says what cannot be.
 * @throws DocumentError when that of the suite does.
 */
export function expectationLists(
  root: string,
  schemas: Schemas,
  { subject, expectations = [] }: Pick<SuiteOptions, 'subject' | 'expectations'>,
  exporterCases: readonly ExportCase[] | null = null,
): readonly ExpectationsFile[] {
  const known = exporterCases === null ? knownNames(root) : exporterNames(root, exporterCases);
  const own = loadExpectations(root, schemas, subject, known);
  const given = expectations.map((file) => givenList(file, schemas, subject, known));
  const lists = [...(own === null ? [] : [own]), ...given];
  if (lists.length > 0) refuseClashes(lists);
  return lists;
}

function givenList(file: string, schemas: Schemas, subject: string, known: KnownNames): ExpectationsFile {
  try {
    return readExpectations(file, schemas, subject, known);
  } catch (cause) {
    if (cause instanceof DocumentError) throw new UsageError(visibleLine(cause.message), { cause });
    if (cause instanceof FileError) throw new UsageError(visibleLine(cause.message), { cause });
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw new UsageError(`The expectations ${JSON.stringify(file)} cannot be read (${String(cause.code)}).`, {
      cause,
    });
  }
}

/**
 * @throws UsageError for entries that cannot be held against one run together, in one list or in
 * different ones.
 */
export function refuseClashes(lists: readonly ExpectationsFile[]): void {
  const rules = entriesOf(lists).flatMap((entry) => ('rule' in entry ? [entry.rule] : []));
  try {
    new KnownRules(rules);
  } catch (cause) {
    const files = lists.map(({ file }) => JSON.stringify(file)).join(' and ');
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`The expectations in ${files} cannot hold together: ${why}`, { cause });
  }
}

/** What entries can name in this suite. */
export function knownNames(root: string): KnownNames {
  const catalogue = new Map(readCatalogue(root).map((entry) => [entry.name, entry]));
  return {
    clauses: new Set(loadClauses(root).map(({ id }) => id)),
    rules: new Map(
      Object.keys(WRONG_RULES).map((name) => {
        const entry = catalogue.get(name);
        return [name, entry === undefined ? null : [entry.clause, ...(entry.also ?? [])]];
      }),
    ),
    cases: ALL_CASES,
  };
}

/** What entries about an exporter can name: no rule, since no delegate is meant. */
function exporterNames(root: string, cases: readonly ExportCase[]): KnownNames {
  return { clauses: new Set(loadClauses(root).map(({ id }) => id)), rules: new Map(), cases, byClause: true };
}

/** All entries of the lists, in their order. */
export function entriesOf(lists: readonly ExpectationsFile[]): readonly ExpectedFailure[] {
  return lists.flatMap(({ failures }) => failures);
}

/**
 * What is to be done about entries that no longer hold, list by list; where it is asked for, it is
 * done.
 *
 * @param mends whether what holds no more is removed from the files
 */
export function mendLists(
  root: string,
  lists: readonly ExpectationsFile[],
  stale: readonly StaleEntry[],
  mends: boolean,
): VisibleText {
  const texts = lists.map((list) => {
    const own = stale.filter(({ entry }) => list.failures.includes(entry));
    if (own.length === 0) return '';
    const isOwn = list.file === expectationsFile(list.subject);
    const path = isOwn ? join(root, list.file) : resolve(list.file);
    if (mends) writeExpectations(path, { ...list, failures: mendedEntries(list.failures, own) });
    return staleText(visible`${list.file}`, own, mends);
  });
  return visibleLines(texts.join(''));
}
