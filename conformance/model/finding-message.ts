import type { Finding } from './finding.js';

/** A finding in one sentence: the clause, and the first way in which the outcomes differ. */
export function findingMessage({
  clause,
  differences,
  incident,
}: Pick<Finding, 'clause' | 'differences' | 'incident'>): string {
  if (incident !== undefined) {
    return `A case of ${clause} has no outcome (${incident.kind}): ${incident.message}.`;
  }
  const [first] = differences;
  if (first === undefined) return `${clause} is broken.`;
  return `${clause} is broken: ${first.path} is "${first.observed}" and should be "${first.expected}".`;
}
