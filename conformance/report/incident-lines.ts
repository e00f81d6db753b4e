import type { Incident } from '../model/incident.js';
import { visibleText } from '../model/visible-text.js';

/** Lines of standard error that are shown; the report has more of them. */
const SHOWN_LINES = 12;

/** An incident to read: what happened, and the end of what the subject wrote to standard error. */
export function incidentLines({ kind, message, stderr }: Incident): readonly string[] {
  const said = visibleText(stderr).trimEnd().split('\n').slice(-SHOWN_LINES);
  return [`${kind}: ${visibleText(message)}`, ...(stderr.trim() === '' ? [] : ['standard error:', ...said])];
}
