import { visibleJson } from '../../model/visible-text.js';
import type { ToldReport } from '../told-report.js';
import type { Format } from './format.js';

/** How a badge says what a run came to, by its exit code. */
const SAID: Readonly<Record<number, { readonly message: string; readonly color: string }>> = {
  0: { message: 'conforms', color: 'brightgreen' },
  1: { message: 'does not conform', color: 'red' },
  3: { message: 'no verdict', color: 'lightgrey' },
  5: { message: 'incomplete', color: 'yellow' },
};
const UNKNOWN = { message: 'no verdict', color: 'lightgrey' };

/** The JSON from which shields.io, and what speaks its endpoint's format, draws a badge. */
export const BADGE: Format = {
  file: 'badge.json',
  help: 'the JSON of a badge, for the endpoint of shields.io',
  write: (report) => {
    const { message, color } = SAID[report.exitCode] ?? UNKNOWN;
    const badge = {
      schemaVersion: 1,
      label: labelOf(report),
      message: `${message}${shownOf(report)}`,
      color,
    };
    return `${visibleJson(badge, null, 2)}\n`;
  },
};

function labelOf({ header }: ToldReport): string {
  const part = header.filter === null ? '' : ' (a part)';
  return `weight streaming budget, ${header.profile} ${header.specification}${part}`;
}

function shownOf({ demonstrated }: ToldReport): string {
  if (demonstrated === null) return '';
  const { required, missing } = demonstrated;
  return ` · ${required - missing.length} of ${required} clauses`;
}
