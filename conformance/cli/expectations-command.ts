import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { type Expectations, parseExpectations } from '../expectations/expectations.js';
import type { ExpectedFailure } from '../expectations/expected-failure.js';
import { replaceFile } from '../files/replace-file.js';
import { lineList, visible, visibleJson } from '../model/visible-text.js';
import { REPORT } from '../report/report-folder.js';
import { EXIT } from '../run/exit-code.js';
import { DocumentError, loadSchemas, type Schemas } from '../spec/schemas.js';
import { knownNames, refuseClashes } from './expectation-lists.js';
import { type Output, UsageError } from './output.js';
import { readUserText } from './read-user-text.js';

interface InitOptions {
  readonly report: string;
  readonly out?: string;
  readonly until?: string;
  readonly reason?: string;
  readonly link?: string;
}

/** Days for which a known failure is expected unless something else is said. */
const DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;

/** `trt-conformance expectations init`. */
export function expectationsCommand(root: string, output: Output, end: (code: number) => void): Command {
  const expectations = new Command('expectations');
  expectations
    .command('init')
    .description('Write an entry for each clause that the run of a report found to be broken.')
    .option('--report <folder>', 'the folder of the report', 'conformance-report')
    .option('--out <file>', 'a new file to write; without it the list is printed')
    .option('--until <day>', `the last day on which they are expected (default: in ${DAYS} days)`)
    .option('--reason <text>', 'why the subject fails them; needed')
    .option('--link <text>', 'where more is said: an address, or a file; needed')
    .action((options: InitOptions) => {
      end(init(root, options, output));
    });
  return expectations;
}

/** Writes or prints the list; the exit code says whether there was anything to list. */
function init(root: string, options: InitOptions, { out, err }: Output): number {
  const schemas = loadSchemas(root);
  const list = listOf(schemas, options);
  refuseRefused(root, schemas, list);
  const text = visibleJson(list, null, 2);
  if (options.out === undefined) out(lineList([text]));
  else {
    if (existsSync(options.out)) {
      throw new UsageError(`${JSON.stringify(options.out)} is there already. Give --out another name.`);
    }
    replaceFile(options.out, `${text}\n`);
    out(lineList([visible`${list.failures.length} entries for ${list.subject} are in ${options.out}.`]));
  }
  err.write(
    lineList([
      visible`An entry by its clause alone matches every failure of that clause: make it narrower, as conformance/expectations/README.md says.`,
    ]),
  );
  return EXIT.conforms;
}

/** Lines of a report that matter here. */
type Line =
  | { readonly record: 'header'; readonly subject: { readonly name: string } }
  | {
      readonly record: 'finding';
      readonly verdict: string;
      readonly clause: ClauseId;
      readonly message: string;
    }
  | { readonly record: 'case' | 'clause' | 'area' | 'footer' };

/** Throws UsageError for a list that a run would refuse, such as one until a day that is none. */
function refuseRefused(root: string, schemas: Schemas, list: Expectations): void {
  const file = 'The list';
  try {
    parseExpectations(JSON.stringify(list), file, schemas, knownNames(root));
    refuseClashes([{ ...list, file }]);
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    throw new UsageError(`${cause.message}. Change what is given for it; nothing was written.`, { cause });
  }
}

/** @throws UsageError without what nobody but the user can say. */
function given({ reason = '', link = '' }: InitOptions): Pick<ExpectedFailure, 'reason' | 'link'> {
  if (reason.trim() !== '' && link.trim() !== '') return { reason, link };
  throw new UsageError(
    `Say with --reason why the subject fails them, and with --link where more is said, such as --reason 'A plus is taken.' --link https://example.org/issues/1.`,
  );
}

function listOf(schemas: Schemas, options: InitOptions): Expectations {
  const { report, until } = options;
  const told = given(options);
  const lines = reportLines(schemas, report);
  const header = lines.find((line) => line.record === 'header');
  if (header === undefined) throw new UsageError(`The report in ${JSON.stringify(report)} has no header.`);
  const broken = lines
    .filter((line) => line.record === 'finding')
    .filter(({ verdict }) => verdict !== 'expected-fail');
  const day = until ?? new Date(Date.now() + DAYS * DAY).toISOString().slice(0, 10);
  const entries = broken.map(({ clause, message }): ExpectedFailure => {
    return { clause, message: kindOf(clause, message), ...told, until: day };
  });
  const failures = entries.filter(
    ({ clause, message }, at) =>
      entries.findIndex((other) => other.clause === clause && other.message === message) === at,
  );
  return { subject: header.subject.name, failures };
}

/** The part of a message that all cases of its kind have. */
function kindOf(clause: ClauseId, message: string): string {
  const kind = /^A case of \S+ has no outcome \([a-z-]+\)/.exec(message)?.[0];
  return kind ?? `${clause} is broken`;
}

function reportLines(schemas: Schemas, folder: string): readonly Line[] {
  const file = join(folder, REPORT);
  const text = readUserText(file, { what: 'The report', advice: 'Name its folder with --report.' });
  return text.split('\n').flatMap((line, at) => {
    if (line === '') return [];
    return [schemas.parse('report', line, `${file}, line ${at + 1},`) as Line];
  });
}
