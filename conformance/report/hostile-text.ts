import { type HostileEnds, hostileFaults } from '../run/run-hostile.js';
import type { Answer } from '../process/answers.js';
import type { IncidentKind } from '../model/incident.js';
import { briefly, lineList, visible, type VisibleText } from '../model/visible-text.js';

/** How the hostile cases ended, apart from the verdicts. */
export function hostileText(ended: HostileEnds): VisibleText {
  const { results, control } = ended;
  if (control !== null) {
    return lineList([
      visible`Hostile files were not run: a valid program got no answer in a process of its own: ${briefly(control.message)}.`,
      visible`Run that program alone: trt-conformance run --filter WSB-PROG-11.`,
    ]);
  }
  const counts = new Map<string, number>();
  for (const { end } of results) counts.set(endText(end), (counts.get(endText(end)) ?? 0) + 1);
  const ends = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, count]) => `${count} ${text}`);
  return lineList([
    visible`Hostile files, each in a process of its own: ${ends.join(', ')}.`,
    visible`No clause requires an outcome for them, and none of them counts as passed.`,
    ...(hostileFaults(ended) === 0
      ? []
      : [
          visible`A subject that stays alive has to follow the protocol with them, too: see hostile.jsonl for what it wrote.`,
        ]),
  ]);
}

/** A line for each, beside the report (spec/schemas/report.schema.json). */
export function hostileLines({ results }: HostileEnds): readonly object[] {
  return results.map(({ case: { id, title }, end }) => ({
    record: 'hostile',
    id,
    title,
    ...(end instanceof Uint8Array
      ? { ended: 'answered' }
      : { ended: end.kind, ...(end.signal === null ? {} : { signal: end.signal }), message: end.message }),
  }));
}

const KINDS: Readonly<Record<IncidentKind, string>> = {
  crashed: 'crashed',
  'timed-out': 'timed out',
  'protocol-error': 'broke the protocol',
  unsupported: 'unsupported',
  inconclusive: 'inconclusive',
};

function endText(end: Answer): string {
  if (end instanceof Uint8Array) return 'answered';
  return end.signal === null ? KINDS[end.kind] : `${KINDS[end.kind]} (${end.signal})`;
}
