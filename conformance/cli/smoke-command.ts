import { Command } from 'commander';
import { ALL_CASES } from '../cases/all-cases.js';
import { isDamaged } from '../model/case.js';
import type { Finding } from '../model/finding.js';
import { findingMessage } from '../model/finding-message.js';
import { EXIT } from '../run/exit-code.js';
import { conclude } from '../run/conclusion.js';
import { packageOf } from '../package-of.js';
import { run } from '../run/run.js';
import { bulkPool } from '../run/run-suite.js';
import { loadClauses } from '../spec/load-clauses.js';
import type { RunResult } from '../model/run-result.js';
import type { Section } from '../run/plan/section.js';
import { generatedSection } from '../run/plan/bulk-section.js';
import { openSubject, SUBJECT_HELP, SUBJECT_NAMES, type OpenSubject } from '../subjects/open-subject.js';
import { SubjectError } from '../model/subject-error.js';
import type { Output } from './output.js';
import { type ChosenSubject, withSubjectOptions } from './subject-options.js';
import { briefly, lineList, visible, visibleLines, type VisibleText } from '../model/visible-text.js';

/** Milliseconds to wait, so that all of it takes less than 5 s, and one fault is enough. */
const LIMITS = { hello: 3_000, case: 700, exit: 700, incidents: 1 };

/** Cases at program depth: some of each area, so that a delegate that is wrong in general shows. */
const EVERY = 12;
const DECISIONS = 512;
const SEED = 1;
const SHOWN = 3;

/** `trt-conformance smoke`. */
export function smokeCommand(root: string, output: Output, end: (code: number) => void): Command {
  const command = new Command('smoke').requiredOption('--subject <name>', SUBJECT_NAMES);
  return withSubjectOptions(command)
    .addHelpText('after', `\nSubjects:\n${SUBJECT_HELP}`)
    .action(async (options: ChosenSubject) => {
      end(await smoke(root, options, output));
    });
}

async function smoke(root: string, options: ChosenSubject, { out }: Output): Promise<number> {
  try {
    const { version } = packageOf(root);
    const opened = await openSubject(options.subject, root, version, { ...options, limits: LIMITS });
    const result = await runSome(root, version, opened);
    const { exitCode } = conclude({ ...result, clauses: loadClauses(root), demonstration: null });
    out(conclusionText(result, exitCode));
    return exitCode;
  } catch (error) {
    if (!(error instanceof SubjectError) || error.fault !== 'broken') throw error;
    out(visibleLines(`The adapter is broken. ${error.message}\n`));
    return EXIT.subjectBroken;
  }
}

async function runSome(root: string, version: string, opened: OpenSubject): Promise<RunResult> {
  const { subject } = opened;
  const cases = ALL_CASES.filter((_, at) => at % EVERY === 0).map((one) => ({
    case: one,
    expected: null,
    perCaseProcess: isDamaged(one),
  }));
  const sections: Section[] = [];
  if (subject.capabilities.program) sections.push({ kind: 'fixed', name: 'programs', cases });
  if (subject.capabilities.decision) {
    sections.push(generatedSection('decision', DECISIONS));
  }
  const pool = bulkPool(subject, { root, version, seed: SEED }, 1);
  return run(opened, sections, { pool });
}

function conclusionText({ findings, sections }: RunResult, exitCode: number): VisibleText {
  const cases = sections.reduce((sum, section) => sum + section.cases, 0);
  const list = [
    ...findings.slice(0, SHOWN).map((finding) => visible`  ${shownFinding(finding)}`),
    ...(findings.length > SHOWN ? [visible`  and ${findings.length - SHOWN} more`] : []),
  ];
  switch (exitCode) {
    case EXIT.subjectBroken:
      return lineList([visible`The adapter is broken: it does not follow spec/protocol.md.`, ...list]);
    case EXIT.incomplete:
      return lineList([
        visible`incomplete: the subject answered none of the cases of this test. Its hello says what it can do: see spec/protocol.md.`,
      ]);
    case EXIT.conforms:
      return lineList(
        findings.length === 0
          ? [
              visible`The adapter works, and the delegate is right in ${cases} cases. trt-conformance run tries them all.`,
            ]
          : [visible`The adapter works; the delegate breaks only SHOULD clauses.`, ...list],
      );
    default:
      return lineList([visible`The adapter works; the delegate is wrong.`, ...list]);
  }
}

function shownFinding(finding: Finding): VisibleText {
  return visible`${briefly(findingMessage(finding))} (${finding.case.id})`;
}
