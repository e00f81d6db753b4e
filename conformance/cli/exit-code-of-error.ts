import { UndefinedBehaviourError, UnmodelledProgramError } from '../../reference/index.js';
import { FileError } from '../files/file-error.js';
import { MeasurementFileError } from '../hardware/sweep/measurement-file.js';
import { SubjectError } from '../model/subject-error.js';
import { visible, visibleLine, visibleLines } from '../model/visible-text.js';
import { EXIT } from '../run/exit-code.js';
import { SpecificationError } from '../spec/paragraphs.js';
import { DocumentError } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { CanaryError } from './canary.js';
import { doctorReport } from './doctor-command.js';
import { type Output, UsageError } from './output.js';

/**
 * How the command ends for an error: the only place where an exit code follows from one. It is 2, 3
 * or 4, never that of a verdict: what goes wrong in the suite says nothing of a subject.
 */
export async function exitCodeOfError(error: unknown, { err }: Output): Promise<number> {
  if (error instanceof UsageError) {
    err.write(visibleLines(`error: ${error.message}\n`));
    return EXIT.usage;
  }
  // The messages are one line, with a path as it is.
  if (error instanceof FileError) {
    err.write(visible`error: ${visibleLine(error.message)}\n`);
    return EXIT.infrastructure;
  }
  if (isInfrastructure(error)) {
    err.write(visibleLines(`error: ${error.message}\n`));
    return EXIT.infrastructure;
  }
  if (isSystemError(error)) {
    err.write(visible`error: ${visibleLine(error.message)}\n${systemAdvice(error)}\n`);
    return EXIT.infrastructure;
  }
  if (!(error instanceof SubjectError)) {
    err.write(visibleLines(`${unexpectedText(error)}\n`));
    return EXIT.infrastructure;
  }
  err.write(visibleLines(`error: ${error.message}\n`));
  switch (error.fault) {
    case 'unknown':
      return EXIT.usage;
    case 'broken':
      return EXIT.subjectBroken;
    case 'missing':
      err.write(visibleLines(`\n${await doctorReport(suiteRoot())}`));
      return EXIT.infrastructure;
    case 'absent':
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
    error instanceof MeasurementFileError ||
    error instanceof CanaryError
  );
}

/** An error of the suite itself, with where it was thrown. */
function unexpectedText(error: unknown): string {
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    'error: the suite itself failed, which says nothing of a subject.',
    shown,
    'Report this with the command that you gave.',
  ].join('\n');
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
  if (syscall === 'mkdtemp' && code !== 'EMFILE') return 'Set TMPDIR to a folder that can be written.';
  switch (code) {
    case 'EIO':
      return 'Look after that disk; a run that was cut short is continued with --resume.';
    case 'EMFILE':
    case 'ENFILE':
      return 'Allow more open files, such as with ulimit -n 1024, or run fewer jobs with --jobs.';
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
