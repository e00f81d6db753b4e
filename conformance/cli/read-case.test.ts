import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import { caseToJson } from '../wire/json/json-case.js';
import { main } from './main.js';

const folder = mkdtempSync(join(tmpdir(), 'read-case-'));
const dynamic = ALL_CASES.filter(({ id }) => id.startsWith('WSB-LIFE-14/control'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Ends a command with what it says and its code. */
async function ended(...argv: readonly string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const write = (text: string): boolean => {
    said += text;
    return true;
  };
  return { code: await main([...argv], { out: write, err: { write } }), said };
}

/** The case with another text in its engine. */
function changed(from: RegExp, to: string): string {
  const text = JSON.stringify(dynamic.map(caseToJson)[0]);
  expect(text).toMatch(from);
  return text.replace(from, to);
}

describe('a case that no file can hold', () => {
  it.each([
    ['bounds of another rank', /"min":\["1","4"\]/, '"min":["1"]', /need the rank of its shape, 2/],
    [
      'a name that is too long as bytes',
      /"name":"input_0"/,
      `"name":"${'é'.repeat(600)}"`,
      /cannot be read as a case/,
    ],
  ] as const)('with %s ends with 2 and says why', async (_, from, to, words) => {
    const file = join(folder, 'case.json');
    writeFileSync(file, changed(from, to));
    const { code, said } = await ended('run', '--subject', 'reference', '--case', file, '--report', folder);
    expect(said).toMatch(words);
    expect(code).toBe(2);
  });
});

describe('a report of 600 MB in the folder', () => {
  it('is moved aside, and neither continued nor verified', async () => {
    const report = join(folder, 'report.jsonl');
    const chosen = ['--subject', 'reference', '--filter', 'WSB-PARSE-10/control*', '--cases', '0'];
    const run = ['run', ...chosen, '--decisions', '0', '--report', folder];
    writeFileSync(report, '');
    truncateSync(report, 600 << 20);
    const refused = { code: 2, said: expect.stringMatching(/more than 268435456 bytes/) as string };
    expect(await ended(...run, '--resume')).toMatchObject(refused);
    expect(await ended('verify', report)).toMatchObject(refused);
    const { code, said } = await ended(...run);
    expect(said).toMatch(/is damaged[\s\S]*It was moved to/);
    expect(code).not.toBe(1);
  });
});
