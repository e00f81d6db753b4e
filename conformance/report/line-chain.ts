import { createHash } from 'node:crypto';

const DIGITS = 32;
const LINK = new RegExp(`,"chain":"([0-9a-f]{${DIGITS}})"\\}$`);

/**
 * The lines of a finished report, each with a member `chain` at its end: a hash of the line and of
 * all lines before it. Whoever edits, moves or takes out a line breaks the chain there.
 */
export function chainedLines(lines: readonly string[]): readonly string[] {
  let before = '';
  return lines.map((line) => {
    before = linkOf(before, line);
    return `${line.slice(0, -1)},"chain":"${before}"}`;
  });
}

/**
 * Where the chain of a report is broken: the place of the first line that is wrong; null if
 * nowhere.
 */
export function brokenLink(lines: readonly string[]): number | null {
  let before = '';
  const at = lines.findIndex((line) => {
    const told = LINK.exec(line)?.[1];
    before = linkOf(before, line.replace(LINK, '}'));
    return told !== before;
  });
  return at < 0 ? null : at;
}

function linkOf(before: string, line: string): string {
  return createHash('sha256').update(`${before}\n${line}`).digest('hex').slice(0, DIGITS);
}

/** A line as it was before it was linked to those before it. */
export function withoutLink<Line extends object>(line: Line): Omit<Line, 'chain'> {
  return Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'chain')) as Omit<Line, 'chain'>;
}
