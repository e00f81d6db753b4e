import { Command, CommanderError } from 'commander';
import { UndefinedBehaviourError, UnmodelledProgramError } from '../../reference/index.js';
import { packageOf } from '../run/header.js';
import { DocumentError } from '../spec/schemas.js';
import { SpecificationError } from '../spec/paragraphs.js';
import { suiteRoot } from '../suite-root.js';
import { SubjectError } from '../model/subject-error.js';
import { SweepFileError } from '../hardware/sweep/sweep-file.js';
import { costCommand } from './cost-command.js';
import { doctorCommand, doctorReport } from './doctor-command.js';
import { EXIT } from '../run/conclusion.js';
import { expectationsCommand } from './expectations-command.js';
import { explainCommand } from './explain-command.js';
import { goldenCommand } from './golden-command.js';
import { listCommand } from './list-command.js';
import { STANDARD_OUTPUT, type Output, UsageError } from './output.js';
import { runCommand } from './run-command.js';
import { smokeCommand } from './smoke-command.js';
import { specCommand } from './spec-command.js';
import { sweepCommand } from './sweep-command.js';
import { verifyCommand } from './verify-command.js';
import { visibleLine, visibleLines } from '../model/visible-text.js';

/**
 * The command trt-conformance.
 *
 * @param argv the arguments, without node and the script
 * @returns the exit code: 0 conforms, 1 does not, 2 usage, 3 the subject or the protocol failed, 4
 * infrastructure, 5 incomplete
 */
export async function main(argv: readonly string[], output: Output = STANDARD_OUTPUT): Promise<number> {
  const root = suiteRoot();
  const ended: { code: number } = { code: EXIT.conforms };
  const end = (code: number): void => {
    ended.code = code;
  };
  const program = new Command('trt-conformance')
    .description('Conformance of TensorRT delegates for ExecuTorch with the weight streaming budget.')
    .version(packageOf(root).version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        output.out(visibleLines(text));
      },
      writeErr: (text) => void output.err.write(visibleLines(text)),
      outputError: (text, write) => {
        write(argv.reduce((shown, word) => shown.replaceAll(word, visibleLine(word)), text));
      },
    })
    .showSuggestionAfterError()
    .addHelpText('after', EXIT_HELP);
  for (const command of [
    runCommand,
    smokeCommand,
    listCommand,
    explainCommand,
    goldenCommand,
    specCommand,
    sweepCommand,
    costCommand,
    verifyCommand,
    expectationsCommand,
    doctorCommand,
  ]) {
    program.addCommand(inherit(command(root, output, end), program));
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return ended.code;
  } catch (error) {
    return exitCodeOf(error, root, output);
  }
}

/** Gives commands the settings of the program: else a wrong option would end the process. */
function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from);
  for (const below of command.commands) inherit(below, command);
  return command;
}

const EXIT_HELP = `
Exit codes: 0 conforms, 1 does not, 2 usage, 3 the subject or the protocol failed, 4 something is missing,
5 incomplete: nothing failed, but not all that is required was demonstrated.`;

async function exitCodeOf(error: unknown, root: string, { err }: Output): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conforms : EXIT.usage;
  if (error instanceof UsageError) {
    err.write(visibleLines(`error: ${error.message}\n`));
    return EXIT.usage;
  }
  if (isInfrastructure(error)) {
    err.write(visibleLines(`error: ${error.message}\n`));
    return EXIT.infrastructure;
  }
  if (isSystemError(error)) {
    err.write(visibleLines(`error: ${error.message}\n${systemAdvice(error)}\n`));
    return EXIT.infrastructure;
  }
  if (!(error instanceof SubjectError)) throw error;
  err.write(visibleLines(`error: ${error.message}\n`));
  switch (error.fault) {
    case 'unknown':
      return EXIT.usage;
    case 'broken':
      return EXIT.subjectBroken;
    case 'missing':
      err.write(visibleLines(`\n${await doctorReport(root)}`));
      return EXIT.infrastructure;
  }
}

/**
 * Errors that say that a run cannot be made here: a damaged installation, a case beyond this host.
 */
function isInfrastructure(error: unknown): error is Error {
  return (
    error instanceof DocumentError ||
    error instanceof SpecificationError ||
    error instanceof UndefinedBehaviourError ||
    error instanceof UnmodelledProgramError ||
    error instanceof SweepFileError
  );
}

/** Such as a folder that cannot be written. */
function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error;
}

/** An error of the operating system, as Node tells it. */
export interface SystemError extends Error {
  readonly syscall: unknown;
  readonly code?: unknown;
}

/** What to do about an error of the operating system; empty where that is not known. */
export function systemAdvice({ syscall, code }: SystemError): string {
  if (syscall === 'mkdtemp') return 'Set TMPDIR to a folder that can be written.';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'Make room there. Continue a run that was cut short with --resume.';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'Give a folder that can be written; for a report, use --report.';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'There is a file where a folder is needed. Give another place; for a report, use --report.';
    default:
      return '';
  }
}
