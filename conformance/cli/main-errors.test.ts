import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { main } from './main.js';

const folder = mkdtempSync(join(tmpdir(), 'main-errors-'));
const program = join(suiteRoot(), 'golden/exporter/two_engines_budget_8192.pte');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const SMALL = ['--filter', 'WSB-PARSE-03', '--cases', '0', '--decisions', '0', '--report', folder];

/** Every command that writes what it found, each with an error in the middle of its work. */
it.each([
  ['list', 'clauses'],
  ['list', 'cases'],
  ['explain', program],
  ['run', '--subject', 'reference', ...SMALL],
  ['smoke', '--subject', 'reference'],
  ['golden', 'check'],
  ['spec', 'check'],
])(
  'an error of the suite in %s %s ends with 4, as no verdict does',
  async (...argv) => {
    let said = '';
    const out = (): void => {
      throw new TypeError('injected');
    };
    const err = {
      write: (text: string) => {
        said += text;
        return true;
      },
    };
    expect(await main(argv, { out, err })).toBe(4);
    expect(said).toContain('the suite itself failed, which says nothing of a subject');
    expect(said).toContain('injected');
  },
  60_000,
);
