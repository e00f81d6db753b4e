import { findingText } from '../report/finding-text.js';
import type { Header } from '../report/header.js';
import { hostileText } from '../report/hostile-text.js';
import { countText, resultTable } from '../report/table.js';
import type { Finding } from '../run/finding.js';
import type { HostileResult } from '../run/run-hostile.js';
import type { RunResult } from '../run/run-result.js';
import { DEVICE } from '../tensorrt/run-tier.js';
import { conforms } from '../compare/verdict.js';
import { type ClauseCoverage, coverageText } from '../spec/clause-coverage.js';
import type { Clause } from '../spec/clause.js';

/** What is said when a run starts: what runs, and what has to be given to run the same again. */
export function startText({
  tool,
  specification,
  subject,
  seed,
  generated,
  decisions,
  filter,
}: Header): string {
  const versions = Object.entries(subject.versions).map(([name, version]) => `${name} ${version}`);
  const chosen = filter === null ? '' : `, filter ${filter}`;
  return (
    `${tool.name} ${tool.version}, specification ${specification}\n` +
    `subject ${subject.name} (${versions.join(', ')}), oracle reference\n` +
    `seed ${seed}, ${countText(generated)} generated programs, ${countText(decisions)} decisions${chosen}\n\n`
  );
}

/** What is said when a run has ended: the table, the findings, `notes` (lines, if any), and where the report is. */
export function resultText(
  result: RunResult,
  clauses: readonly Clause[],
  replay: (finding: Finding) => string,
  coverage: ClauseCoverage | null,
  hostile: readonly HostileResult[],
  report: string,
  notes = '',
): string {
  const unexpected = result.findings.filter(({ verdict }) => verdict !== 'expected-fail');
  const findings = unexpected.map((finding) => {
    const clause = clauses.find(({ id }) => id === finding.clause);
    return `${findingText(finding, clause, replay(finding))}\n\n`;
  });
  const covered = coverage === null ? '' : `${coverageText(coverage)}\n`;
  const ended = hostile.length === 0 ? '' : `${hostileText(hostile)}\n`;
  return `${resultTable(result)}\n\n${findings.join('')}${covered}${ended}${notes}${conclusion(result)}\nReport: ${report}/report.jsonl\n`;
}

function conclusion({ sections, findings, verdicts }: RunResult): string {
  if (sections.length === 0) return 'Nothing was demanded of the subject.';
  if (conforms(verdicts)) return 'The subject conforms.';
  if (findings.length > 0) {
    return `The subject does not conform: ${findings.length === 1 ? '1 finding' : `${findings.length} findings`}.`;
  }
  const device = sections.find(({ name }) => name === DEVICE);
  if (device !== undefined && !conforms(device.verdicts)) {
    return 'What was seen on the device is not what has to be: see its checks above.';
  }
  return 'Nothing can be said of the subject: the suite judged a program otherwise than it was written for.';
}
