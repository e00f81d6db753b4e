import type { Finding } from './finding.js';
import { recurrenceText } from './recurrence.js';

/** A finding in one sentence: the clause, and the first way in which the outcomes differ. */
export function findingMessage({
  clause,
  differences,
  incident,
  recurrence,
}: Pick<Finding, 'clause' | 'differences' | 'incident' | 'recurrence'>): string {
  if (incident !== undefined) {
    return `A case of ${clause} has no outcome (${incident.kind}): ${incident.message}.`;
  }
  const again = recurrenceText(recurrence);
  const when = again === null ? '' : ` (${again})`;
  const [first] = differences;
  if (first === undefined) return `${clause} is broken${when}.`;
  return `${clause} is broken${when}: ${first.path} is "${first.observed}" and should be "${first.expected}".`;
}
