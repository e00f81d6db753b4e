import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../../suite-root.js';

/*
 * One seed, one report: also of a subject that talks on standard error from its start, each process
 * in its own words.
 */

const root = suiteRoot();
const main = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
const folder = mkdtempSync(join(tmpdir(), 'same-report-'));
/** Some pass and some crash it, behind one that passed, too. */
const CASES = 'WSB-PARSE-10/*/option=*';
/** What is told of time, or of the folder. */
const CHANCE = /"(?:milliseconds|started|replay|chain)":(?:"(?:[^"\\]|\\.)*"|[0-9.e+-]+)/g;

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function report(name: string, framing: string): Promise<string> {
  const place = join(folder, name);
  const subject = `exec:${process.execPath} ${main} noisy-crash ${framing}`;
  const options = ['--subject', subject, '--filter', CASES, '--cases', '0', '--report', place];
  await execa(process.execPath, ['scripts/trt-conformance.mjs', 'run', ...options], {
    cwd: root,
    reject: false,
  });
  return readFileSync(join(place, 'report.jsonl'), 'utf8').replace(CHANCE, '');
}

describe.each(['json-lines', 'binary'])('the report on a noisy subject that speaks %s', (framing) => {
  it('is the same in every run, and tells what the case wrote alone', async () => {
    const first = await report(`${framing}-1`, framing);
    expect(await report(`${framing}-2`, framing)).toBe(first);
    const lines = first.trim().split('\n');
    expect(lines.at(-1)).toContain('"record":"footer"');
    const texts = [...first.matchAll(/"stderr":"([^"]*)"/g)].map(([, text]) => text);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text).toMatch(/^a case with an answer of \d+ bytes\\nabout to crash\\n$/);
    }
  });
});
