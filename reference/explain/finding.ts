import type { ClauseId } from '../outcome/clause-id.js';

/**
 * Something to know about a program.
 * - `error`: the program, method or delegate does not load.
 * - `warning`: it loads, but breaks a clause or does not do what was asked for.
 * - `note`: all is well, and worth knowing.
 */
export interface Finding {
  readonly level: 'error' | 'warning' | 'note';
  /** The clause that says so; null when none does. */
  readonly clause: ClauseId | null;
  /** A sentence without its full stop. */
  readonly message: string;
}

/** An error. */
export function error(clause: ClauseId | null, message: string): Finding {
  return { level: 'error', clause, message };
}

/** A warning. */
export function warning(clause: ClauseId | null, message: string): Finding {
  return { level: 'warning', clause, message };
}

/** A note. */
export function note(clause: ClauseId | null, message: string): Finding {
  return { level: 'note', clause, message };
}

/** A finding that does not keep anything from loading, since the load ends before it. */
export function asWarning(finding: Finding): Finding {
  return finding.level === 'error' ? { ...finding, level: 'warning' } : finding;
}
