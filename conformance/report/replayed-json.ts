import type { Finding } from '../model/finding.js';
import { caseToJson } from '../wire/json/json-case.js';
import { exportCaseToJson } from '../wire/json/json-export.js';
import { sequenceToJson } from '../wire/json/json-sequence.js';

/** What shows a finding again, as JSON: its case, what an exporter
 * is asked, or the sequence that brings it back. */
export function replayedJson({
  case: one,
  sequence,
  exported,
}: Pick<Finding, 'case' | 'sequence' | 'exported'>): object {
  if (exported !== undefined) return exportCaseToJson(exported.case);
  return sequence === undefined ? caseToJson(one) : { sequence: sequenceToJson(sequence) };
}
