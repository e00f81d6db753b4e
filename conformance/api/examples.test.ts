import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';

/*
 * The examples import the package by its name, as it was built last (npm test builds it first).
 */

const root = suiteRoot();
const EXAMPLES = join(root, 'conformance/api/examples');
const scratch = mkdtempSync(join(tmpdir(), 'examples-'));

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function example(name: string, ...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [join(EXAMPLES, name), ...args], {
    cwd: scratch,
    reject: false,
  });
  expect(stderr).toBe('');
  return { exitCode, stdout };
}

describe('the examples of the API', () => {
  it('explain a program, and say of a file that it is none', async () => {
    const file = join(root, 'golden/exporter/two_engines_budget_8192.pte');
    expect(await example('explain-program.mjs', file)).toEqual({
      exitCode: 0,
      stdout: 'forward, delegate 0: 8192 bytes\nforward, delegate 1: 8192 bytes',
    });
    const none = join(scratch, 'none.pte');
    writeFileSync(none, 'not a program');
    const { exitCode, stdout } = await example('explain-program.mjs', none);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^no program: /);
  });

  it('put cases to a delegate that breaks a rule, and to one that does not', async () => {
    const right = await example('judge-cases.mjs', 'reference');
    expect(right.stdout).toBe(
      'a number: pass\na sign before it: pass\nThe rule itself says: not-a-digit at byte 0.',
    );
    const { stdout } = await example('judge-cases.mjs', 'reference:accept-plus');
    expect(stdout).toMatch(/a number: pass\na sign before it: fail\n {2}\S.*, not /);
  });

  it('run a part of the suite and end as its verdict says', async () => {
    const right = await example('run-suite.mjs', 'reference');
    expect(right.exitCode).toBe(0);
    expect(right.stdout).toMatch(/^The subject keeps what was chosen of profile delegate/);
    const wrong = await example('run-suite.mjs', 'reference:accept-plus');
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toMatch(/^The subject does not conform.*\nWSB-PARSE-03, \d+ times: .*MUST/);
  });

  it('read a report, and refuse one that was cut', async () => {
    const script = join(root, 'scripts/trt-conformance.mjs');
    const args = ['run', '--subject', 'reference:accept-plus', '--filter', 'WSB-PARSE-03', '--cases', '0'];
    const folder = join(scratch, 'report');
    const run = await execa(process.execPath, [script, ...args, '--decisions', '0', '--report', folder], {
      reject: false,
    });
    expect(run.exitCode).toBe(1);
    const { stdout } = await example('read-report.mjs', folder);
    expect(stdout).toMatch(/^reference:accept-plus: The subject does not conform/);
    expect(stdout).toMatch(/\nWSB-PARSE-03: npx trt-conformance run --subject reference:accept-plus --case /);
    const file = join(folder, 'report.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\{"record":"footer".*\n/, ''));
    const cut = await example('read-report.mjs', folder);
    expect(cut.exitCode).toBe(1);
    expect(cut.stdout).toMatch(/^not to be trusted: .*incomplete/);
  });

  it('are all run here, and each is in the README', () => {
    const readme = readFileSync(join(root, 'conformance/api/README.md'), 'utf8');
    const own = readFileSync(import.meta.filename, 'utf8');
    const names = readdirSync(EXAMPLES);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      expect(readme).toContain(`examples/${name}`);
      expect(own).toContain(`'${name}'`);
    }
  });
});
