import { expectationsFile } from './expectations.js';
import type { StaleEntry } from './stale-entries.js';

const HINT = '--update-expectations removes what is marked';

const WHY = {
  passes: 'every case that it names passes',
  'matches-nothing': 'no failure matches it',
  expired: 'its last day has passed',
} as const;

const WHY_CASES = {
  passes: 'these of its cases pass',
  'matches-nothing': 'there are no such cases',
  expired: 'its last day has passed',
} as const;

/**
 * What is to be done about entries that no longer say what is; empty when there are none.
 *
 * @param mended whether it was done, and the file is as told
 */
export function staleText(subject: string, stale: readonly StaleEntry[], mended = false): string {
  if (stale.length === 0) return '';
  const how = mended ? 'no longer held; what is marked was removed' : `no longer holds (${HINT})`;
  return `${expectationsFile(subject)} ${how}:\n` + `${stale.map(editText).join('')}\n`;
}

function editText({ entry, why, cases }: StaleEntry): string {
  if (cases.length === 0) {
    return `${entry.clause}: ${WHY[why]}. Remove it:\n${marked(JSON.stringify(entry, null, 2))}`;
  }
  const lines = cases.map((query) => marked(JSON.stringify(query))).join('');
  return `${entry.clause}: ${WHY_CASES[why]}. Remove them:\n${lines}`;
}

function marked(text: string): string {
  return `-     ${text.replaceAll('\n', '\n-     ')}\n`;
}
