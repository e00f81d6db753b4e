import Builder from 'fast-xml-builder';
import type { DeviceCheckResult } from '../../model/device-check.js';
import { findingMessage } from '../../model/finding-message.js';
import { visibleLine, visibleLines } from '../../model/visible-text.js';
import type { Verdict } from '../../model/verdict.js';
import type { Clause } from '../../spec/clause.js';
import { findingText } from '../finding-text.js';
import type { ToldFinding, ToldReport } from '../told-report.js';
import { areasOfReport, type TestedArea, type TestedClause } from './areas-of-report.js';
import type { Format } from './format.js';

/**
 * JUnit's XML: a suite an area, in it a test case a clause, so that the same clause has the same
 * name in every run. What was found of a clause is one failure, in the area of the clause; where it
 * made cases of other clauses fail, these are skipped and name it. The first suite has the verdict
 * on the subject, which fails where the run ends with another exit code than 0.
 */
export const JUNIT: Format = {
  file: 'junit.xml',
  help: "JUnit's XML, a test case for each clause of each area",
  write: (report, clauses) => {
    const suites = [
      verdictSuite(report, clauses),
      ...areasOfReport(report).map((area) => suiteOf(area, report, clauses)),
    ];
    const sum = (name: keyof Counts): number => suites.reduce((total, suite) => total + suite[name], 0);
    const root = {
      ...attributes({
        name: `${report.header.tool.name}: ${report.header.subject.name}`,
        tests: sum('tests'),
        failures: sum('failures'),
        errors: sum('errors'),
        skipped: sum('skipped'),
        time: seconds(report.milliseconds),
      }),
      testsuite: suites.map(({ element }) => element),
    };
    return `<?xml version="1.0" encoding="UTF-8"?>\n${BUILDER.build({ testsuites: root })}`;
  },
};

const BUILDER = new Builder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  suppressEmptyNode: true,
});

/** Cases of a test suite in JUnit's terms. */
interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

interface SuiteElement extends Counts {
  readonly element: object;
}

/** What a test case ended with, in JUnit's terms; a pass has none. */
type Ending = { readonly failure: object } | { readonly error: object } | { readonly skipped: object };

interface TestCase {
  readonly name: string;
  readonly ending: Ending | null;
}

function verdictSuite(report: ToldReport, clauses: readonly Clause[]): SuiteElement {
  const { conclusion, exitCode, header } = report;
  const failure = { failure: { ...attributes({ message: conclusion, type: `exit code ${exitCode}` }) } };
  const ending = exitCode === 0 ? null : failure;
  const stray = strayFindings(report, clauses).map((one) => ({
    name: one.finding.clause,
    ending: brokenEnding([one], clauses),
  }));
  return suite('verdict', report, 0, [{ name: `conforms to profile ${header.profile}`, ending }, ...stray]);
}

function suiteOf(tested: TestedArea, report: ToldReport, clauses: readonly Clause[]): SuiteElement {
  const { area } = tested;
  if (area.name === DEVICE) return suite(area.name, report, area.milliseconds, report.checks.map(checkCase));
  const cases = tested.tested.map((each) => ({
    name: nameOf(each, clauses),
    ending: endingOf(each, findingsAt(each, area.name, report, clauses), report, clauses),
  }));
  return suite(area.name, report, area.milliseconds, cases);
}

/** The section of the device checks, which are told one by one. */
const DEVICE = 'device';

function checkCase({ name, verdict, message }: DeviceCheckResult): TestCase {
  if (verdict === 'pass' || verdict === 'recorded') return { name, ending: null };
  const body = attributes({ message, type: verdict });
  return { name, ending: verdict === 'fail' ? { failure: body } : { error: body } };
}

/** Findings of clauses that have no test case in their own area, as after a filter. */
function strayFindings(report: ToldReport, clauses: readonly Clause[]): readonly ToldFinding[] {
  const areas = areasOfReport(report);
  const told = areas.flatMap(({ area, tested }) =>
    tested.flatMap((each) => findingsAt(each, area.name, report, clauses)),
  );
  return unexpected(report).filter((one) => !told.includes(one));
}

/** What was found of a clause is told once: in the area of the clause. */
function findingsAt(
  { clause }: TestedClause,
  area: string,
  report: ToldReport,
  clauses: readonly Clause[],
): readonly ToldFinding[] {
  const own = clauses.find(({ id }) => id === clause);
  return own?.area !== area ? [] : unexpected(report).filter(({ finding }) => finding.clause === clause);
}

function unexpected({ findings }: ToldReport): readonly ToldFinding[] {
  return findings.filter(({ finding }) => finding.verdict !== 'expected-fail');
}

function suite(
  name: string,
  { header }: ToldReport,
  milliseconds: number,
  cases: readonly TestCase[],
): SuiteElement {
  const count = (kind: string): number =>
    cases.filter(({ ending }) => ending !== null && kind in ending).length;
  const counts = {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  const timestamp = header.started.replace(/(?:\.\d+)?Z$/, '');
  const element = {
    ...attributes({ name, ...counts, time: seconds(milliseconds), timestamp }),
    testcase: cases.map((one) => ({
      ...attributes({ name: one.name, classname: `${header.tool.name}.${name}` }),
      ...one.ending,
    })),
  };
  return { ...counts, element };
}

function nameOf({ clause, cases }: TestedClause, clauses: readonly Clause[]): string {
  if (clause === null) return `${cases} cases`;
  const title = clauses.find(({ id }) => id === clause)?.title;
  return title === undefined ? clause : `${clause} ${title}`;
}

/** Verdicts of cases that had no outcome. */
const ERRORS: readonly Verdict[] = ['crashed', 'timed-out', 'protocol-error'];

function endingOf(
  tested: TestedClause,
  found: readonly ToldFinding[],
  report: ToldReport,
  clauses: readonly Clause[],
): Ending | null {
  const { verdict, reasons, cases } = tested;
  if (found.length > 0) return brokenEnding(found, clauses);
  if (verdict === 'pass' || verdict === 'self-check') return null;
  if (verdict === 'unsupported' || verdict === 'inconclusive') {
    return { skipped: attributes({ message: [verdict, ...reasons].join(': ') }) };
  }
  const through = throughClauses(tested, report);
  if (verdict === 'expected-fail') {
    return { skipped: attributes({ message: `expected fail: ${through.join(', ')} is known to be broken` }) };
  }
  if (through.length > 0) {
    return { skipped: attributes({ message: `fails through ${through.join(', ')}, told in its own area` }) };
  }
  const what = `some of ${cases === 1 ? '1 case' : `${cases} cases`} ended with ${verdict}`;
  return { failure: attributes({ message: what, type: verdict }) };
}

function brokenEnding(found: readonly ToldFinding[], clauses: readonly Clause[]): Ending {
  const [first] = found;
  const text = found
    .map(({ finding, replay }) =>
      findingText(
        finding,
        clauses.find(({ id }) => id === finding.clause),
        replay,
      ),
    )
    .join('\n');
  const type = first?.finding.verdict ?? 'fail';
  const message = first === undefined ? '' : findingMessage(first.finding);
  const body = { ...attributes({ message, type }), '#text': visibleLines(`\n${text}`) };
  return ERRORS.includes(type) ? { error: body } : { failure: body };
}

/** The clauses that were found broken in those cases; all, of cases that are only counted. */
function throughClauses({ clause, findings, verdict }: TestedClause, report: ToldReport): readonly string[] {
  const known = verdict === 'expected-fail';
  const found = report.findings.filter(({ finding }) =>
    clause === null
      ? (finding.verdict === 'expected-fail') === known
      : findings.includes(finding.fingerprint),
  );
  return [...new Set(found.map(({ finding }) => finding.clause))].sort();
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** XML knows no control characters, and an attribute is one line. */
function attributes(values: Readonly<Record<string, string | number>>): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`@${name}`, visibleLine(String(value))]),
  );
}
