import { countText } from '../../report/table.js';
import type { DeviceCheckResult } from '../../model/device-check.js';

/** Why cases were not run, the most frequent reason first. Empty when all were; ends with a newline else. */
export function unsupportedText(reasons: ReadonlyMap<string, number>): string {
  if (reasons.size === 0) return '';
  const sorted = [...reasons].sort(([a, m], [b, n]) => (m === n ? (a < b ? -1 : 1) : n - m));
  const lines = sorted.map(([reason, count]) => `  ${countText(count).padStart(5)}  ${reason}`);
  return `Not run, because no real engine does that on demand:\n${lines.join('\n')}\n`;
}

/** A line for each device check. Empty without any; ends with a newline else. */
export function checksText(checks: readonly DeviceCheckResult[]): string {
  if (checks.length === 0) return '';
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(
    ({ name, clause, verdict, message }) =>
      `  ${verdict.padEnd(9)}  ${name.padEnd(width)}  ${message}${clause === null ? '' : ` (${clause})`}`,
  );
  return `On the device:\n${lines.join('\n')}\n`;
}
