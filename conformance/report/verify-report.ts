import { isDeepStrictEqual } from 'node:util';
import { demonstrate, type Demonstration } from '../coverage/demonstration.js';
import { requirementOf } from '../coverage/requirement.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import { filterOf } from '../model/filter.js';
import type { Finding } from '../model/finding.js';
import { addVerdicts, noVerdicts, type VerdictCounts } from '../model/verdict.js';
import { conclude } from '../run/conclusion.js';
import type { Header } from '../run/header.js';
import type { Clause } from '../spec/clause.js';
import type { Profiles } from '../spec/profiles.js';
import type { Schemas } from '../spec/schemas.js';
import { SPECIFICATION } from '../specification-version.js';
import { clauseLines, clauseResults } from './clause-results.js';
import { conclusionText } from './conclusion-text.js';
import { brokenLink } from './line-chain.js';
import { caseOf, type CaseLine } from './read-report.js';

/** What a report is held against. */
export interface Specified {
  readonly schemas: Schemas;
  readonly clauses: readonly Clause[];
  readonly profiles: Profiles;
}

/** A report that is not as a run left it. */
export class ReportRefused extends Error {
  override readonly name = 'ReportRefused';
}

interface AreaLine {
  readonly area: string;
  readonly cases: number;
  readonly verdicts: VerdictCounts;
}

interface FooterLine {
  readonly cases: number;
  readonly verdicts: VerdictCounts;
  readonly findings: number;
  readonly outcome: string;
  readonly exitCode: number;
  readonly conclusion?: string;
  readonly demonstration?: object;
  readonly hostileFaults?: number;
  readonly staleExpectations?: number;
}

/** The lines of a report by their kind. */
interface Read {
  readonly header: Header;
  readonly footer: FooterLine;
  readonly of: (record: string) => readonly unknown[];
}

/**
 * Recomputes the verdict of a finished report from its lines alone.
 *
 * @returns what the run says of its subject
 * @throws ReportRefused when a line was changed, moved or taken out, when counts do not add up, or
 * when the verdict does not follow from them.
 */
export function verifyReport(text: string, specified: Specified): string {
  const read = readLines(text, specified.schemas);
  checkCounts(read);
  return checkConclusion(read, specified);
}

function readLines(text: string, schemas: Schemas): Read {
  const lines = text.split('\n');
  const end = lines.pop();
  if (end !== '' || lines.length === 0) throw refused(lines.length + 1, 'is cut: the report has no end');
  const parsed = lines.map((line, at) => parsedLine(line, at + 1, schemas));
  const broken = brokenLink(lines);
  if (broken !== null) {
    throw refused(
      broken + 1,
      'does not follow from the lines before it: it was changed, moved or added, or a line before it was taken out',
    );
  }
  const [header, footer] = [parsed[0], parsed.at(-1)];
  if (header?.['record'] !== 'header') throw refused(1, 'is no header');
  if (footer?.['record'] !== 'footer') throw refused(lines.length, 'is no footer: the report is incomplete');
  return {
    header: header as unknown as Header,
    footer: footer as unknown as FooterLine,
    of: (record) => parsed.filter((line) => line['record'] === record),
  };
}

function parsedLine(line: string, number: number, schemas: Schemas): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refused(number, 'is not JSON');
  }
  const [fault] = schemas.faults('report', value);
  if (fault !== undefined) throw refused(number, `breaks the schema of reports: ${fault}`);
  return value as Readonly<Record<string, unknown>>;
}

/** Whether the counts of cases, clauses, areas and the footer add up. */
function checkCounts({ footer, of }: Read): void {
  const areas = of('area') as readonly AreaLine[];
  const cases = (of('case') as readonly CaseLine[]).map(caseOf);
  for (const { area, cases: count, verdicts } of areas) {
    const told = Object.values(verdicts).reduce((sum, each) => sum + each, 0);
    if (told !== count)
      throw new ReportRefused(`The area ${area} has ${count} cases, and verdicts of ${told}.`);
    const own = cases.filter(({ section }) => section === area);
    const counted = noVerdicts();
    for (const { verdict } of own) counted[verdict]++;
    if (own.length > 0 && !isDeepStrictEqual(counted, { ...noVerdicts(), ...verdicts })) {
      throw new ReportRefused(`The cases of the area ${area} do not add up to its verdicts.`);
    }
  }
  const sum = areas.map(({ verdicts }) => verdicts).reduce(addVerdicts, noVerdicts());
  if (!isDeepStrictEqual(sum, { ...noVerdicts(), ...footer.verdicts })) {
    throw new ReportRefused('The verdicts of the areas do not add up to those of the footer.');
  }
  const findings = of('finding') as readonly Finding[];
  const clauses = clauseLines(clauseResults({ cases, findings }));
  const told = (of('clause') as readonly object[]).map(withoutLink);
  if (!isDeepStrictEqual(told, JSON.parse(JSON.stringify(clauses)))) {
    throw new ReportRefused('The lines of the clauses do not follow from those of the cases.');
  }
  if (
    findings.length !== footer.findings ||
    areas.reduce((total, one) => total + one.cases, 0) !== footer.cases
  ) {
    throw new ReportRefused('The cases or findings of the report do not add up to those of the footer.');
  }
}

function checkConclusion({ header, footer, of }: Read, specified: Specified): string {
  if (header.specification !== SPECIFICATION) {
    throw new ReportRefused(
      `The report is of specification ${header.specification}; this is ${SPECIFICATION}. Verify it with the version that wrote it.`,
    );
  }
  const findings = of('finding') as readonly Finding[];
  const demonstration = demonstrationOf({ header, footer, of }, specified);
  const { hostileFaults = 0, staleExpectations = 0 } = footer;
  const conclusion = conclude({
    ...{
      verdicts: { ...noVerdicts(), ...footer.verdicts },
      findings,
      clauses: specified.clauses,
      demonstration,
    },
    ...{
      checks: of('device-check') as readonly DeviceCheckResult[],
      hostile: hostileFaults,
      stale: staleExpectations,
    },
  });
  const text = conclusionText({ conclusion, findings, stale: staleExpectations });
  const follows =
    conclusion.outcome === footer.outcome &&
    conclusion.exitCode === footer.exitCode &&
    text === footer.conclusion &&
    isDeepStrictEqual(footer.demonstration, toldDemonstration(demonstration));
  if (follows) return text;
  throw new ReportRefused(`The verdict does not follow from the report, from which this does: ${text}`);
}

/** What had to be demonstrated and was, by the cases of the report; null for a run of one case. */
function demonstrationOf({ header, footer, of }: Read, specified: Specified): Demonstration | null {
  const cases = (of('case') as readonly CaseLine[]).map(caseOf);
  if (footer.demonstration === undefined && cases.length <= 1) return null;
  const { clauses, profiles } = specified;
  const { profile, filter, options } = header;
  const requirement = requirementOf({
    ...{ clauses, profiles, profile, require: options.require },
    filter: filter === null ? null : filterOf(filter),
  });
  return demonstrate(requirement, clauses, cases, profiles, header.subject.untold);
}

/** A demonstration as the footer of a report tells it; nothing for a run of one case. */
function toldDemonstration(demonstration: Demonstration | null): object | undefined {
  if (demonstration === null) return undefined;
  const { clauses, ...others } = demonstration;
  return { ...others, required: clauses };
}

function withoutLink(line: object): object {
  return Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'chain'));
}

function refused(line: number, why: string): ReportRefused {
  return new ReportRefused(`Line ${line} ${why}.`);
}
