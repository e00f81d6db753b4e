import type { Explanation, MethodExplanation } from '../../reference/index.js';

/** What an explanation finds. */
export type ExplainedFinding = MethodExplanation['findings'][number];

/** A finding, and which part of a program it is about. */
export interface PlacedFinding {
  readonly finding: ExplainedFinding;
  /** Such as `forward/delegate 0`; empty for the file as a whole. */
  readonly place: string;
}

/** Everything that an explanation finds, in the order of the program. */
export function explainedFindings(explanation: Explanation): readonly PlacedFinding[] {
  if (explanation.kind === 'unreadable') {
    const { clause, message } = explanation.fault;
    return [{ finding: { level: 'error', clause, message }, place: '' }];
  }
  const at = (place: string, findings: readonly ExplainedFinding[]): readonly PlacedFinding[] =>
    findings.map((finding) => ({ finding, place }));
  return [
    ...at('', explanation.findings),
    ...explanation.methods.flatMap(({ name, findings, delegates }) => [
      ...at(name, findings),
      ...delegates.flatMap((delegate, index) => at(`${name}/delegate ${index}`, delegate.findings)),
    ]),
  ];
}
