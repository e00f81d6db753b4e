import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

/** What native/cmake/apply-mutation.cmake reads of an entry. */
interface Mutant {
  readonly name: string;
  /** Below native/delegate. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const { native } = packagePaths;
const listed = ['mutants.json', 'baselines.json'].flatMap(
  (list) => JSON.parse(readFileSync(join(native, 'mutants', list), 'utf8')) as Mutant[],
);

describe('native/mutants', () => {
  it('has names of their own for mutants and baselines', () => {
    expect(new Set(listed.map(({ name }) => name)).size).toBe(listed.length);
  });

  it.each(listed)('$name fits the source that it changes', ({ file, find, replace }) => {
    const source = readFileSync(join(native, 'delegate', file), 'utf8');
    expect(find).not.toBe('');
    expect(source.split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  });
});
