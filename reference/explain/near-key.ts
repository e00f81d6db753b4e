import { BUDGET_KEY } from '../rules/budget-key.js';
import { cText } from '../rules/c-string.js';

/** Bytes of a key beyond which it is taken for another one, however it begins. */
const LONGEST = 64;
const LETTERS = lettersOf(BUDGET_KEY);
/** What the exporter's own argument, and other tools, add to the name. */
const ENDINGS = ['', 's', 'perengine', 'bytes', 'inbytes', 'perenginebytes'];
/** Letters added, lost or changed by a slip of the hand. */
const SLIPS = 2;

/**
 * Whether someone who gives this key surely means {@link BUDGET_KEY}, which it is not: another
 * case, other separators, the name of the exporter's argument, one or two wrong letters. Such a key
 * has no effect on the budget (WSB-OPT-11, WSB-PREC-08).
 */
export function isNearKey(key: string): boolean {
  const text = cText(key);
  if (text === BUDGET_KEY || text.length > LONGEST) return false;
  const letters = lettersOf(text);
  return ENDINGS.some((ending) => letters === LETTERS + ending) || distance(letters, LETTERS) <= SLIPS;
}

function lettersOf(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** How many letters have to be added, removed or changed to come from one text to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let down = 0; down < from.length; down++) {
    const next = [down + 1];
    for (let at = 1; at <= to.length; at++) {
      const changed = (row[at - 1] ?? 0) + (from[down] === to[at - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
