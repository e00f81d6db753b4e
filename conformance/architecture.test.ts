import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');

interface Rules {
  readonly forbidden: readonly { readonly from: { readonly path?: unknown } }[];
}

/**
 * The folders that the linter knows, in its order: `from` of the rules that have one folder each.
 */
function layers(): readonly string[] {
  const { forbidden } = createRequire(import.meta.url)(path.join(root, '.dependency-cruiser.cjs')) as Rules;
  return forbidden.flatMap(({ from }) => {
    if (typeof from.path !== 'string') return [];
    const [, folder] = /^\^((?:conformance|reference)(?:\/[\w-]+)*)\//.exec(from.path) ?? [];
    return folder === undefined ? [] : [folder];
  });
}

/** The folders of the first column of the table, `a/{b,c}` taken apart. */
function tableOfThePage(): readonly string[] {
  const page = readFileSync(path.join(import.meta.dirname, 'ARCHITECTURE.md'), 'utf8');
  return page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, cell = '']) => cell))
    .flatMap((cell) => {
      const [, before = '', names = ''] = /^(.*)\{(.*)\}$/.exec(cell) ?? ['', '', cell];
      return names.split(',').map((name) => (before + name).replace(/\/$/, ''));
    })
    .map((folder) => (folder.startsWith('reference') ? folder : `conformance/${folder}`));
}

describe('the architecture page', () => {
  it('has the folders in the order in which the linter lets them import', () => {
    const expected = layers().filter((folder) => folder !== 'conformance');
    expect(expected.length).toBeGreaterThan(40);
    expect(tableOfThePage()).toEqual(expected);
  });
});
