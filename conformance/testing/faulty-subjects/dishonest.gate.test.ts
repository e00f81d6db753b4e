import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../../suite-root.js';
import { DISHONEST } from './dishonest.js';

const root = suiteRoot();
const folder = mkdtempSync(join(tmpdir(), 'dishonest-'));
const subject = join(root, 'dist/conformance/testing/faulty-subjects/main.js');

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A run of the cases of a clause, at one depth, through the real command line. */
async function run(
  name: string,
  depth: string,
  clause: string,
): Promise<{ code: number | undefined; last: string }> {
  const report = join(folder, name);
  const { exitCode } = await execa(
    process.execPath,
    [
      ...[join(root, 'scripts/trt-conformance.mjs'), 'run', '--report', report],
      ...['--subject', `exec:${process.execPath} ${subject} ${name}`, '--depth', depth],
      ...['--cases', '0', '--decisions', '0', '--filter', clause],
    ],
    { reject: false, stdin: 'ignore' },
  );
  const footer = readFileSync(join(report, 'report.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? '';
  return { code: exitCode, last: (JSON.parse(footer) as { conclusion: string }).conclusion };
}

describe('a subject without a delegate behind it', () => {
  it.concurrent.each([
    ['answers-nothing', 'decision', 1, /does not conform.*answered none of the cases that it was sent/],
    ['supports-nothing', 'program', 5, /^incomplete: of the 1 chosen, 1 clause .* not demonstrated/],
    ['tells-less', 'program', 5, /^incomplete: .*\(WSB-FAIL-05\).* not tell: leaks;/, 'WSB-FAIL-05'],
    ['says-unsupported', 'decision', 3, /^The subject broke the protocol/],
    ['answers-another', 'decision', 1, /does not conform.*broken in \d+ cases \([^;]*\)\.$/],
    ['answers-half', 'decision', 1, /does not conform.*cases; \d+ of them ended without an answer \(/],
  ] as const)(
    '%s, at %s depth: exit code %i',
    async (name, depth, code, words, clause?: string) => {
      expect(Object.keys(DISHONEST)).toContain(name);
      const ended = await run(name, depth, clause ?? 'WSB-PREC-01');
      expect(ended.last).toMatch(words);
      expect(ended.code).toBe(code);
    },
    120_000,
  );
});
