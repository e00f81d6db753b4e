import { describe, expect, it } from 'vitest';
import { lineList, visible } from '../model/visible-text.js';
import { COLUMNS, foldLines } from './fold-lines.js';

const folded = (line: string): readonly string[] =>
  foldLines(lineList([visible`${line}`]))
    .trimEnd()
    .split('\n');

describe('foldLines', () => {
  it('leaves what fits, and commands, as they are', () => {
    const command = `  replay    npx trt-conformance run --case ${'x'.repeat(90)}`;
    const inline = `            without that file: --case inline:${'x'.repeat(90)}`;
    for (const line of ['x'.repeat(COLUMNS), command, inline]) expect(folded(line)).toEqual([line]);
  });

  it('goes on below the text of a label, and below a line of its own a little further in', () => {
    const words = 'word '.repeat(30).trim();
    expect(folded(`  expected  ${words}`)[1]).toMatch(/^ {12}word/);
    expect(folded(words)[1]).toMatch(/^ {2}word/);
    expect(folded(`            ${words}`)[1]).toMatch(/^ {14}word/);
  });

  it.each([
    ['words', 'word '.repeat(99)],
    ['one word', 'x'.repeat(999)],
    ['the id of a case', `  case      WSB-PARSE-03/violation/${'"0"*400+'.repeat(40)}`],
    ['characters of two halves', '𝛑'.repeat(300)],
    ['blanks alone before a word', `${' '.repeat(300)}x`],
    ['nothing but blanks', ' '.repeat(300)],
  ])('keeps %s within the columns, and every character of it', (_, line) => {
    const lines = folded(line);
    expect(Math.max(...lines.map((one) => one.length))).toBeLessThanOrEqual(COLUMNS);
    expect(lines.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
    expect(lines.join('')).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});
