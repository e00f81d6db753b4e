import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const MOST_COLUMNS = 100;

const root = path.dirname(import.meta.dirname);

const SOURCE = /\.(?:ts|mjs|cjs|js|cpp|h)$/;
/** Fetched, built or generated. */
const FOREIGN = /^(?:native\/(?:\.deps|build)|reference\/program\/generated)\//;

/** The source files of the project, relative to its folder. */
function sourceFiles(): readonly string[] {
  const inFolders = ['conformance', 'golden', 'native', 'reference', 'scripts', 'spec'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    ),
  );
  return [...readdirSync(root), ...inFolders].filter((file) => SOURCE.test(file) && !FOREIGN.test(file));
}

/**
 * The lines that hold nothing but a comment and end beyond the column; one long word, such as an
 * address, may.
 */
function longComments(text: string): readonly string[] {
  return text.split('\n').filter((line) => {
    const [, words] = /^\s*(?:\/\/|\/\*|\*)(.*)$/.exec(line) ?? [];
    return words !== undefined && Array.from(line).length > MOST_COLUMNS && /\S\s+\S/.test(words);
  });
}

describe('comments', () => {
  it('are told from code', () => {
    const long = 'word '.repeat(20);
    expect(longComments(`// ${long}`)).toHaveLength(1);
    expect(longComments(`  /** ${long} */`)).toHaveLength(1);
    expect(longComments(`   * ${long}`)).toHaveLength(1);
    expect(longComments(`call(${long}); // short`)).toEqual([]);
    expect(longComments(`// https://example.org/${'x'.repeat(90)}`)).toEqual([]);
  });

  it(`end at column ${MOST_COLUMNS}`, () => {
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) =>
      longComments(readFileSync(path.join(root, file), 'utf8')).map((line) => `${file}: ${line}`),
    );
    expect(found).toEqual([]);
  });
});
