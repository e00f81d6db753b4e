import { isDeepStrictEqual } from 'node:util';
import { demonstrate, type Demonstration } from '../coverage/demonstration.js';
import { requirementOf } from '../coverage/requirement.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import type { Finding } from '../model/finding.js';
import { addVerdicts, noVerdicts, type VerdictCounts } from '../model/verdict.js';
import { conclude } from '../run/conclusion.js';
import { filterOfRun } from '../run/header.js';
import { HOSTILE_FILES } from '../run/not-run.js';
import { EXPECTED_FAILURES } from '../run/plan/plan-digest.js';
import type { Clause } from '../spec/clause.js';
import type { Profiles } from '../spec/profiles.js';
import type { Schemas } from '../spec/schemas.js';
import { SPECIFICATION } from '../specification-version.js';
import { clauseLines, clauseResults } from './clause-results.js';
import { conclusionText } from './conclusion-text.js';
import { caseOf, type CaseLine } from './read-report.js';
import { ReportRefused, type ReportText, readReportText } from './report-text.js';

/** What a report is held against. */
export interface Specified {
  readonly schemas: Schemas;
  readonly clauses: readonly Clause[];
  readonly profiles: Profiles;
}

interface AreaLine {
  readonly area: string;
  readonly cases: number;
  readonly verdicts: VerdictCounts;
}

/**
 * Recomputes the verdict of a finished report from its lines alone.
 *
 * @returns what the run says of its subject
 * @throws ReportRefused when a line was changed, moved or taken out, when counts do not add up, or
 * when the verdict does not follow from them.
 */
export function verifyReport(text: string, specified: Specified): string {
  const read = readReportText(text, specified.schemas);
  checkCounts(read);
  checkNotRun(read);
  return checkConclusion(read, specified);
}

/** Whether the counts of cases, clauses, areas and the footer add up. */
function checkCounts({ footer, of }: ReportText): void {
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
  const told = of('clause');
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

/** Whether what was not run is what the plan of the header has and the areas have not. */
function checkNotRun({ header, footer: { notRun }, of }: ReportText): void {
  if (notRun === undefined) return;
  const areas = of('area') as readonly AreaLine[];
  const planned = (header.parts ?? []).filter(({ name }) => name !== EXPECTED_FAILURES);
  const left = planned
    .map(({ name, count }) => ({
      area: name,
      cases: Math.max(0, count - (areas.find(({ area }) => area === name)?.cases ?? 0)),
    }))
    .filter(({ cases }) => cases > 0);
  const told = notRun.areas.filter(({ area }) => area !== HOSTILE_FILES);
  const sum = notRun.areas.reduce((total, { cases }) => total + cases, 0);
  if (!isDeepStrictEqual(told, left) || sum !== notRun.cases) {
    throw new ReportRefused(
      'The cases that were not run do not follow from the plan and from those of the areas.',
    );
  }
}

function checkConclusion({ header, footer, of }: ReportText, specified: Specified): string {
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
  const text = conclusionText({
    conclusion,
    findings,
    stale: staleExpectations,
    notRun: footer.notRun ?? null,
  });
  const follows =
    conclusion.outcome === footer.outcome &&
    conclusion.exitCode === footer.exitCode &&
    text === footer.conclusion &&
    isDeepStrictEqual(footer.demonstration, toldDemonstration(demonstration));
  if (follows) return text;
  throw new ReportRefused(`The verdict does not follow from the report, from which this does: ${text}`);
}

/** What had to be demonstrated and was, by the cases of the report; null for a run of one case. */
function demonstrationOf({ header, footer, of }: ReportText, specified: Specified): Demonstration | null {
  const cases = (of('case') as readonly CaseLine[]).map(caseOf);
  if (footer.demonstration === undefined && cases.length <= 1) return null;
  const { clauses, profiles } = specified;
  const { profile, options } = header;
  const requirement = requirementOf({
    ...{ clauses, profiles, profile, require: options.require },
    filter: filterOfRun(header),
  });
  return demonstrate(requirement, clauses, cases, profiles, header.subject.untold);
}

/** A demonstration as the footer of a report tells it; nothing for a run of one case. */
function toldDemonstration(demonstration: Demonstration | null): object | undefined {
  if (demonstration === null) return undefined;
  const { clauses, ...others } = demonstration;
  return { ...others, required: clauses };
}
