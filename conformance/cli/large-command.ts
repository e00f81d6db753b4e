import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { LARGE_PROGRAMS, largeRequest, type LargeCase } from '../cases/large-programs.js';
import { programOnDisk } from '../files/program-on-disk.js';
import { hasSparseFiles } from '../files/sparse-files.js';
import { writeSource } from '../files/write-source.js';
import { lineList, visible, type VisibleText } from '../model/visible-text.js';
import { EXIT } from '../run/exit-code.js';
import { packageOf } from '../package-of.js';
import { programVerdict, type ProgramVerdict } from '../run/program-verdict.js';
import { openSubject, SUBJECT_HELP, SUBJECT_NAMES, type OpenSubject } from '../subjects/open-subject.js';
import type { Output } from './output.js';
import { VERDICT_EXITS, verdictLines } from './program-command.js';
import { type ChosenSubject, withSubjectOptions } from './subject-options.js';

/** Of several exit codes the first of these counts. */
const WORST = [EXIT.subjectBroken, EXIT.doesNotConform, EXIT.incomplete];

/** `trt-conformance large`. */
export function largeCommand(root: string, output: Output, end: (code: number) => void): Command {
  const command = new Command('large').requiredOption('--subject <name>', SUBJECT_NAMES);
  return withSubjectOptions(command)
    .addHelpText('after', `\nSubjects:\n${SUBJECT_HELP}`)
    .action(async (options: ChosenSubject) => {
      end(await runLarge(root, options, output));
    });
}

async function runLarge(root: string, options: ChosenSubject, { out }: Output): Promise<number> {
  if (!hasSparseFiles()) {
    out(
      lineList([
        visible`Nothing was loaded: where temporary files are (${tmpdir()}) a hole of a file takes room. Set TMPDIR to a folder of a file system with sparse files.`,
      ]),
    );
    return EXIT.infrastructure;
  }
  const opened = await openSubject(options.subject, root, packageOf(root).version, options);
  const folder = mkdtempSync(join(tmpdir(), 'large-'));
  const codes: number[] = [];
  try {
    for (const one of LARGE_PROGRAMS) {
      const verdict = await verdictOf(opened, one, join(folder, 'large.pte'));
      codes.push(VERDICT_EXITS[verdict.verdict]);
      out(lineList(caseLines(one, verdict)));
    }
  } finally {
    rmSync(folder, { recursive: true });
    await opened.subject.close().catch(() => undefined);
  }
  const agreeing = codes.filter((code) => code === EXIT.conforms).length;
  out(lineList([visible`${agreeing} of ${codes.length} large programs are loaded as the reference says.`]));
  return WORST.find((code) => codes.includes(code)) ?? EXIT.conforms;
}

async function verdictOf(opened: OpenSubject, one: LargeCase, file: string): Promise<ProgramVerdict> {
  writeSource(file, one.program());
  return programVerdict(opened, largeRequest(one, programOnDisk(file)));
}

function caseLines({ title, clauses }: LargeCase, verdict: ProgramVerdict): VisibleText[] {
  const head = visible`${verdict.verdict.padEnd(14)} ${title} (${clauses.join(', ')})`;
  if (verdict.verdict === 'agree') return [head];
  return [head, ...verdictLines(verdict).map((line) => visible`  ${line}`)];
}
