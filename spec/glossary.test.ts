import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');

/**
 * The text of the files of a folder, and of those in it, whose names match; the fetched and the
 * built ones left out.
 */
function sources(folder: string, name: RegExp): string {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file) && !/^(?:\.deps|build)\b/.test(file))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'))
    .join('\n');
}

const typescript = ['reference', 'conformance'].map((folder) => sources(folder, /\.ts$/)).join('\n');
const cpp = sources('native', /\.h$/);

/** The rows of the glossary: term, meaning, and the cells that name types. */
const rows = readFileSync(path.join(import.meta.dirname, 'glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:term|-)/.test(line))
  .map((line) => line.slice(2, -2).split(/ +\| +/));

/** The names in backticks of a cell. */
function names(cell = ''): readonly string[] {
  return [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
}

describe('the glossary', () => {
  it('has a meaning for each term, and names it once', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter((row) => row.length !== 4 || row[1] === '')).toEqual([]);
    expect(new Set(rows.map(([term]) => term)).size).toBe(rows.length);
  });

  it('names types of TypeScript that exist', () => {
    const missing = rows.flatMap((row) => names(row[2])).filter((name) => !declares(typescript, name));
    expect(missing).toEqual([]);
  });

  it('names types of C++ that exist', () => {
    const missing = rows
      .flatMap((row) => names(row[3]))
      .filter((name) => !new RegExp(String.raw`\b(?:class|struct|enum class)(?: \w+)? ${name}\b`).test(cpp));
    expect(missing).toEqual([]);
  });
});

function declares(text: string, name: string): boolean {
  return new RegExp(String.raw`^export (?:interface|type|class) ${name}\b`, 'm').test(text);
}
