import type { Finding } from '../model/finding.js';
import { caseToJson } from '../wire/json/json-case.js';
import { sequenceToJson } from '../wire/json/json-sequence.js';

/** What shows a finding again, as JSON: its case, or the sequence that brings it back. */
export function replayedJson({ case: one, sequence }: Pick<Finding, 'case' | 'sequence'>): object {
  return sequence === undefined ? caseToJson(one) : { sequence: sequenceToJson(sequence) };
}
