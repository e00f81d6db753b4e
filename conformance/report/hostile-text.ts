import type { HostileResult } from '../run/run-hostile.js';
import type { IsolatedEnd } from '../subjects/isolated/isolated-end.js';

/** How the hostile cases ended, to read; they are counted apart from the verdicts. Ends without a newline. */
export function hostileText(results: readonly HostileResult[]): string {
  const counts = new Map<string, number>();
  for (const { end } of results) counts.set(endText(end), (counts.get(endText(end)) ?? 0) + 1);
  const ends = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, count]) => `${count} ${text}`);
  return (
    `Hostile files, each in a process of its own: ${ends.join(', ')}.\n` +
    'No clause demands an outcome of them, and none of them counts as passed.'
  );
}

/** A line for each, beside the report (spec/schemas/report.schema.json). */
export function hostileLines(results: readonly HostileResult[]): readonly object[] {
  return results.map(({ case: { id, title }, end }) => ({
    record: 'hostile',
    id,
    title,
    ended: end instanceof Uint8Array ? 'answered' : end.kind,
    ...(end instanceof Uint8Array || end.signal === null ? {} : { signal: end.signal }),
  }));
}

function endText(end: IsolatedEnd): string {
  if (end instanceof Uint8Array) return 'answered';
  const kind = end.kind.replace('-', ' ');
  return end.signal === null ? kind : `${kind} (${end.signal})`;
}
