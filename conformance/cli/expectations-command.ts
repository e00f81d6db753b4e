import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Expectations } from '../expectations/expectations.js';
import type { ExpectedFailure } from '../expectations/expected-failure.js';
import { lineList, visible, visibleJson } from '../model/visible-text.js';
import { REPORT } from '../report/report-folder.js';
import { EXIT } from '../run/conclusion.js';
import { loadSchemas } from '../spec/schemas.js';
import { type Output, UsageError } from './output.js';

interface InitOptions {
  readonly report: string;
  readonly out?: string;
  readonly until?: string;
  readonly reason: string;
  readonly link: string;
}

/** Days for which a known failure is expected unless something else is said. */
const DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;
/** Bytes of a report that is read at most. */
const MOST_BYTES = 2 ** 28;

/** `trt-conformance expectations init`. */
export function expectationsCommand(root: string, output: Output, end: (code: number) => void): Command {
  const expectations = new Command('expectations').description('Lists of what a subject is known to fail.');
  expectations
    .command('init')
    .description('Write an entry for each clause that the run of a report found to be broken.')
    .option('--report <folder>', 'the folder of the report', 'conformance-report')
    .option('--out <file>', 'a new file to write; without it the list is printed')
    .option('--until <day>', `the last day on which they are expected (default: in ${DAYS} days)`)
    .option('--reason <text>', 'why the subject fails them', 'TODO: say why.')
    .option('--link <text>', 'where more is said', 'TODO: an address or a file.')
    .action((options: InitOptions) => {
      end(init(root, options, output));
    });
  return expectations;
}

/** Writes or prints the list; the exit code says whether there was anything to list. */
function init(root: string, options: InitOptions, { out, err }: Output): number {
  const list = listOf(root, options);
  const text = visibleJson(list, null, 2);
  if (options.out === undefined) out(lineList([text]));
  else {
    if (existsSync(options.out)) {
      throw new UsageError(`${JSON.stringify(options.out)} is there already. Give --out another name.`);
    }
    writeFileSync(options.out, `${text}\n`, { flag: 'wx' });
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

function listOf(root: string, { report, until, reason, link }: InitOptions): Expectations {
  const lines = reportLines(root, report);
  const header = lines.find((line) => line.record === 'header');
  if (header === undefined) throw new UsageError(`The report in ${JSON.stringify(report)} has no header.`);
  const broken = lines
    .filter((line) => line.record === 'finding')
    .filter(({ verdict }) => verdict !== 'expected-fail');
  const day = until ?? new Date(Date.now() + DAYS * DAY).toISOString().slice(0, 10);
  const entries = broken.map(({ clause, message }): ExpectedFailure => {
    return { clause, message: kindOf(clause, message), reason, link, until: day };
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

function reportLines(root: string, folder: string): readonly Line[] {
  const file = join(folder, REPORT);
  const text = readText(file);
  const schemas = loadSchemas(root);
  return text.split('\n').flatMap((line, at) => {
    if (line === '') return [];
    return [schemas.parse('report', line, `${file}, line ${at + 1},`) as Line];
  });
}

function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= MOST_BYTES) return bytes.toString('utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(
      `The report ${JSON.stringify(file)} cannot be read (${why}). Name its folder with --report.`,
      {
        cause,
      },
    );
  }
  throw new UsageError(`The report ${JSON.stringify(file)} has more than ${MOST_BYTES} bytes.`);
}
