import { Command } from 'commander';
import { checkCoverage } from '../coverage/check-coverage.js';
import { checkReviewed } from '../coverage/check-reviewed.js';
import { checkSpec, specFindingText, loadSpec } from '../coverage/check-spec.js';
import { type CaseFile, loadCaseFiles } from '../coverage/load-case-files.js';
import type { Clause } from '../spec/clause.js';
import { clauseCoverage, coverageText } from '../coverage/clause-coverage.js';
import { acceptClauses, loadReviewed, writeReviewed, type Reviewed } from '../spec/reviewed.js';
import { loadSchemas } from '../spec/schemas.js';
import { countText } from '../model/count-text.js';
import { exitCodeOf } from '../run/conclusion.js';
import { type Output, UsageError } from './output.js';
import { lineList, visible, visibleLine, visibleLines } from '../model/visible-text.js';

interface CheckOptions {
  readonly accept?: readonly string[];
  readonly acceptAll?: true;
}

/** `trt-conformance spec check`. */
export function specCommand(root: string, output: Output, end: (code: number) => void): Command {
  const spec = new Command('spec');
  spec
    .command('check')
    .description('Check clauses, rulings and links, and that the cases cover every clause as it stands.')
    .option('--accept <clause...>', 'first record that the cases of these clauses were reviewed')
    .option('--accept-all', 'first record that the cases of all clauses were reviewed')
    .action((options: CheckOptions) => {
      end(check(root, options, output));
    });
  return spec;
}

function check(root: string, options: CheckOptions, { out, err }: Output): number {
  const spec = loadSpec(root);
  const reviewed = reviewedNow(root, spec.clauses, options);
  const files = loadCaseFiles();
  const findings = [
    ...checkSpec(spec),
    ...checkCoverage(spec.clauses, files),
    ...checkReviewed(spec.clauses, reviewed),
  ];
  for (const finding of findings) err.write(lineList([visible`${specFindingText(finding)}`]));
  out(visibleLines(`${summary(spec.clauses, files, findings.length)}\n`));
  return exitCodeOf(findings.length === 0);
}

/** What was looked at, with what the options accept written down. */
function reviewedNow(
  root: string,
  clauses: readonly Clause[],
  { accept = [], acceptAll }: CheckOptions,
): Reviewed {
  const reviewed = loadReviewed(root, loadSchemas(root));
  const known = new Set<string>([...reviewed.keys(), ...clauses.map(({ id }) => id)]);
  const unknown = accept.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no clause ${visibleLine(unknown)}. trt-conformance list clauses shows what there is.`,
    );
  }
  const accepted = acceptAll === true ? known : new Set(accept);
  if (accepted.size === 0) return reviewed;
  const after = acceptClauses(reviewed, clauses, accepted);
  writeReviewed(root, after);
  return after;
}

function summary(clauses: readonly Clause[], files: readonly CaseFile[], findings: number): string {
  const cases = files.flatMap((file) => file.cases);
  const coverage = clauseCoverage(
    clauses,
    cases.map((one) => ({ case: one, verdict: 'pass' })),
  );
  const counts = `${clauses.length} clauses, ${countText(cases.length)} cases`;
  const state = findings === 0 ? 'is in order' : findings === 1 ? 'has 1 fault' : `has ${findings} faults`;
  return `The specification ${state}: ${counts}.\n${coverageText(coverage)}`;
}
