import type { IncidentKind } from '../../model/incident.js';
import type { Mismatch } from '../../model/mismatch.js';
import { Allowance } from '../../process/allowance.js';
import type { Subject } from '../../subjects/subject.js';

/** How many cases broke the subject, by how. */
export type Faults = Readonly<Partial<Record<IncidentKind, number>>>;

/**
 * What a block may have of faults: none once the run has had too many, else as many as a run. So
 * what comes of a block depends on whether it is run, and on nothing else that came before it.
 * Undefined for a subject in this process, of which nothing is counted.
 */
export function blockAllowance(subject: Subject): Allowance | undefined {
  if (subject.kind === 'in-process') return undefined;
  const { isSpent, most } = subject.allowance;
  return new Allowance(isSpent ? 0 : most);
}

/** The faults that the cases of a block had, as a member of its step; none without any. */
export function toldFaults(mismatches: readonly Mismatch[]): { readonly faults?: Faults } {
  const faults: Partial<Record<IncidentKind, number>> = {};
  for (const { incident } of mismatches) {
    if (incident === undefined || incident.kind === 'unsupported' || incident.kind === 'inconclusive')
      continue;
    faults[incident.kind] = (faults[incident.kind] ?? 0) + 1;
  }
  return Object.keys(faults).length === 0 ? {} : { faults };
}

/** Counts faults against what the run may have. */
export function spendFaults(allowance: Allowance, faults: Faults): void {
  for (const [kind, count] of Object.entries(faults)) allowance.spend(kind as IncidentKind, count);
}
