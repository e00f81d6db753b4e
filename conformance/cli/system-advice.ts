/** An error of the operating system, as Node tells it. */
export interface SystemError extends Error {
  readonly syscall: unknown;
  readonly code?: unknown;
}

/** What to do about an error of the operating system, in one sentence or two; empty where that is not known. */
export function systemAdvice({ syscall, code }: SystemError): string {
  if (syscall === 'mkdtemp') return 'Set TMPDIR to a folder that can be written.';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'Make room there. A run that was cut short goes on with --resume.';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'Give a folder that can be written; that of a report is told by --report.';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'A file is where a folder has to be. Give another place; that of a report is told by --report.';
    default:
      return '';
  }
}
