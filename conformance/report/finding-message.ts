import type { Finding } from '../run/finding.js';

/** A finding in one sentence: the clause, and the first way in which the outcomes differ. */
export function findingMessage({ clause, differences }: Finding): string {
  const [first] = differences;
  if (first === undefined) return `${clause} is broken.`;
  return `${clause} is broken: ${first.path} is "${first.observed}" and should be "${first.expected}".`;
}
