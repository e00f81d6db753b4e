import { agreementText, clauseResults } from '../report/clause-results.js';
import { findingText } from '../report/finding-text.js';
import type { Header } from '../run/header.js';
import { hostileText } from '../report/hostile-text.js';
import { countText, resultTable, timeText } from '../report/table.js';
import type { Finding } from '../model/finding.js';
import { type HostileEnds, hostileFaults } from '../run/run-hostile.js';
import type { RunResult } from '../model/run-result.js';
import { DEVICE } from '../hardware/tensorrt/run-tier.js';
import { conforms } from '../model/verdict.js';
import { type ClauseCoverage, coverageText } from '../coverage/clause-coverage.js';
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
  hostile: HostileEnds,
  report: string,
  notes = '',
): string {
  const unexpected = result.findings.filter(({ verdict }) => verdict !== 'expected-fail');
  const findings = unexpected.map((finding) => {
    const clause = clauses.find(({ id }) => id === finding.clause);
    return `${findingText(finding, clause, replay(finding))}\n\n`;
  });
  const covered = coverage === null ? '' : `${coverageText(coverage)}\n`;
  const ended = hostile.results.length === 0 && hostile.control === null ? '' : `${hostileText(hostile)}\n`;
  return `${resultTable(result)}\n\n${findings.join('')}${covered}${agreementText(clauseResults(result))}${ended}${notes}${rateText(result)}${conclusion(result, hostileFaults(hostile))}\nReport: ${report}/report.jsonl\n`;
}

/** Sections whose cases are no programs that a subject loads. */
const NO_LOADS: readonly string[] = ['export', 'decisions', 'exhaustive'];

/** Fewer cases tell nothing of speed. */
const LEAST_RATED = 10_000;

/** How fast the cases at program depth were run and judged; empty when they were too few to tell. */
export function rateText({ sections }: Pick<RunResult, 'sections'>): string {
  const loaded = sections.filter(({ name }) => !NO_LOADS.includes(name));
  const cases = loaded.reduce((sum, section) => sum + section.cases, 0);
  const milliseconds = loaded.reduce((sum, section) => sum + section.milliseconds, 0);
  if (cases < LEAST_RATED || milliseconds === 0) return '';
  const rate = countText(Math.round((cases * 1000) / milliseconds));
  return `Program cases: ${countText(cases)} in ${timeText(milliseconds)}, ${rate} a second.\n`;
}

function conclusion(
  { sections, findings, verdicts, demanded = verdicts, stale = 0 }: RunResult,
  hostile: number,
): string {
  if (sections.length === 0 && hostile === 0) return 'Nothing was demanded of the subject.';
  const unexpected = findings.filter(({ verdict }) => verdict !== 'expected-fail').length;
  if (conforms(demanded) && stale > 0) {
    return 'The run fails: the list of expected failures does not hold any more, see below.';
  }
  if (
    sections.length > 0 &&
    verdicts.pass + verdicts['expected-fail'] + unexpected === 0 &&
    conforms(demanded)
  ) {
    return 'The subject supports none of these cases: nothing was demanded of it.';
  }
  if (conforms(demanded)) {
    const advice =
      unexpected === 0 ? '' : ` What is found above (${unexpected}) breaks only clauses that say SHOULD.`;
    return `The subject conforms.${advice}`;
  }
  if (unexpected > 0) {
    return `The subject does not conform: ${unexpected === 1 ? '1 finding' : `${unexpected} findings`}.`;
  }
  if (hostile > 0) {
    return 'The subject is broken: see above what it did at hostile files.';
  }
  if (verdicts['unexpected-pass'] > 0) {
    return 'The subject does not conform to its expectations: it passes what it is expected to fail.';
  }
  const device = sections.find(({ name }) => name === DEVICE);
  if (device !== undefined && !conforms(device.verdicts)) {
    return 'What was seen on the device is not what has to be: see its checks above.';
  }
  return 'Nothing can be said of the subject: the suite judged a program otherwise than it was written for.';
}
