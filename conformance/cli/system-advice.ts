/** An error of the operating system, as Node tells it. */
export interface SystemError extends Error {
  readonly syscall: unknown;
  readonly code?: unknown;
}

/**
 * What to do about an error of the operating system, in one sentence or two; empty where that is
 * not known.
 */
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
