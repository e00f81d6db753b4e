import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';

const out = mkdtempSync(join(tmpdir(), 'api-'));

afterAll(() => {
  rmSync(out, { recursive: true });
});

it('the reference of the API is made from the doc comments, without a warning', async () => {
  const root = suiteRoot();
  const made = await execa(
    join(root, 'node_modules/.bin/typedoc'),
    ['--options', 'conformance/api/typedoc.json', '--out', out],
    { cwd: root, all: true, reject: false },
  );
  expect(made.all).not.toMatch(/warning\]/);
  expect(made.exitCode).toBe(0);
  const page = join(out, 'functions/explainFile.html');
  expect(existsSync(page)).toBe(true);
  expect(readFileSync(page, 'utf8')).toContain('where the budget of each engine comes from');
});
