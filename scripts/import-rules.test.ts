import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';

/*
 * The linter holds the directions of imports. Here it is given small trees with one forbidden
 * import each.
 */

const root = path.join(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'import-rules-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** What the linter says of a tree of these files; empty when it finds nothing. */
async function lint(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(path.join(scratch, 'tree-'));
  for (const [name, text] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const { all, exitCode } = await execa(
    process.execPath,
    [
      path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', path.join(root, '.dependency-cruiser.cjs'), 'conformance'],
    ],
    { cwd: folder, reject: false, all: true },
  );
  expect(exitCode === 0, all).toBe(!all.includes('error'));
  return exitCode === 0 ? '' : all;
}

const CASE = `export type Case = string;\n`;

describe('the linter', () => {
  it('accepts an import of a folder below', async () => {
    const run = `import type { Case } from '../model/case.js';\nexport type Run = Case;\n`;
    expect(await lint({ 'conformance/model/case.ts': CASE, 'conformance/run/run.ts': run })).toBe('');
  });

  it('refuses an import of a folder above', async () => {
    const model = `import type { Run } from '../run/run.js';\nexport type Case = Run;\n`;
    const found = await lint({
      'conformance/model/case.ts': model,
      'conformance/run/run.ts': 'export type Run = string;\n',
    });
    expect(found).toContain('conformance/model/case.ts → conformance/run/run.ts');
  });

  it('refuses files that import each other, if for types alone', async () => {
    const found = await lint({
      'conformance/model/a.ts': `import type { B } from './b.js';\nexport type A = B | 1;\n`,
      'conformance/model/b.ts': `import type { A } from './a.js';\nexport type B = A | 2;\n`,
    });
    expect(found).toContain('no file imports itself through others');
  });

  it('refuses folders that import each other through different files', async () => {
    const found = await lint({
      'conformance/model/case.ts': CASE,
      'conformance/model/other.ts': `import type { Run } from '../run/other.js';\nexport type Other = Run;\n`,
      'conformance/run/run.ts': `import type { Case } from '../model/case.js';\nexport type Run = Case;\n`,
      'conformance/run/other.ts': 'export type Run = string;\n',
    });
    expect(found).toContain('no folder imports itself through others');
  });

  it('refuses a folder that has no place', async () => {
    const found = await lint({
      'conformance/model/case.ts': CASE,
      'conformance/attic/old.ts': `import type { Case } from '../model/case.js';\nexport type Old = Case;\n`,
    });
    expect(found).toContain('every folder has its place in LAYERS');
  });
});
