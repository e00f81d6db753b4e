import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Difference } from '../model/differences.js';
import type { Incident } from '../model/incident.js';
import type { Recurrence } from '../model/recurrence.js';
import type { Verdict } from '../model/verdict.js';
import type { CaseJson } from '../wire/json/json-case.js';
import type { OutcomeJson } from '../wire/json/json-outcome.js';
import type { ExportedJson } from '../wire/json/json-export.js';
import type { SequenceJson } from '../wire/json/json-sequence.js';

/** A finding in a report. */
export interface FindingLine {
  readonly record: 'finding';
  readonly fingerprint: string;
  readonly verdict: Verdict;
  readonly clause: ClauseId;
  readonly occurrences: number;
  readonly case: CaseJson;
  readonly expected: OutcomeJson;
  readonly observed: { readonly kind: 'outcome'; readonly outcome: OutcomeJson } | Incident;
  readonly also?: readonly ClauseId[];
  readonly differences: readonly Difference[];
  readonly recurrence?: Recurrence;
  readonly sequence?: SequenceJson;
  readonly exported?: ExportedJson;
}
