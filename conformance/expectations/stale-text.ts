import type { StaleEntry } from './apply-expectations.js';
import { expectationsFile } from './expectations.js';

const WHY = {
  passes: 'every case that it names passes',
  'matches-nothing': 'no finding matches it',
  expired: 'its last day is over',
} as const;

/** What is to be done about entries that no longer say what is; empty when there are none. */
export function staleText(subject: string, stale: readonly StaleEntry[]): string {
  if (stale.length === 0) return '';
  const edits = stale.map(({ entry, why }) => {
    const text = JSON.stringify(entry, null, 2).replaceAll('\n', '\n-     ');
    return `${entry.clause}: ${WHY[why]}. Take it out:\n-     ${text}\n`;
  });
  return (
    `${expectationsFile(subject)} does not hold any more (--update-expectations takes these entries out):\n` +
    `${edits.join('')}\n`
  );
}
