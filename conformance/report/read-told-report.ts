import { noVerdicts } from '../model/verdict.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import type { SectionResult } from '../model/run-result.js';
import type { Schemas } from '../spec/schemas.js';
import type { FindingLine } from './finding-line.js';
import { caseOf, type CaseLine, findingOf } from './read-report.js';
import { readReportText } from './report-text.js';
import type { ToldReport } from './told-report.js';

interface ToldDemonstration {
  readonly required: readonly string[];
  readonly missing: readonly string[];
}

/**
 * A finished report as the formats take it.
 *
 * @param root the folder of the suite, below which cases name files
 * @throws ReportRefused when it is not finished or was changed, or its findings name files that are
 * not there.
 */
export function readToldReport(text: string, root: string, schemas: Schemas): ToldReport {
  const { header, footer, of } = readReportText(text, schemas);
  const demonstration = footer.demonstration as ToldDemonstration | undefined;
  const areas = of('area') as readonly (Omit<SectionResult, 'name'> & { readonly area: string })[];
  return {
    header,
    cases: (of('case') as readonly CaseLine[]).map(caseOf),
    areas: areas.map(({ area, verdicts, ...rest }) => ({
      ...rest,
      name: area,
      verdicts: { ...noVerdicts(), ...verdicts },
    })),
    findings: (of('finding') as readonly (FindingLine & { readonly replay: string })[]).map((line) => ({
      finding: findingOf(line, root),
      replay: line.replay,
    })),
    checks: of('device-check') as readonly DeviceCheckResult[],
    exitCode: footer.exitCode,
    conclusion: footer.conclusion ?? '',
    demonstrated:
      demonstration === undefined
        ? null
        : { required: demonstration.required.length, missing: demonstration.missing },
    notRun: footer.notRun ?? null,
    milliseconds: footer.milliseconds,
  };
}
