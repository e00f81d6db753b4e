/** What came of a case that gave no outcome. Only a runner says so; no delegate does. */
export type IncidentKind = 'crashed' | 'timed-out' | 'protocol-error' | 'unsupported' | 'inconclusive';

/** Why a case has no outcome, as it is reported. */
export interface Incident {
  readonly kind: IncidentKind;
  /** In one sentence, without a full stop at its end. */
  readonly message: string;
  /** How the process ended; null when it had not, or not by itself. */
  readonly signal: string | null;
  readonly exitCode: number | null;
  /** The end of what it wrote to standard error. */
  readonly stderr: string;
  /**
   * Cases that a fresh process has to run for it to happen, this one included: 1 when it happens
   * alone, null when it did not come back, or was not tried again.
   */
  readonly cases: number | null;
}

/** An incident that no process had a part in. */
export function quietIncident(kind: IncidentKind, message: string): Incident {
  return { kind, message, signal: null, exitCode: null, stderr: '', cases: null };
}
