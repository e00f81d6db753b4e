import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainedLines } from '../report/line-chain.js';
import { capturedMain as cli } from './captured-main.js';

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let lines: readonly string[] = [];
beforeAll(async () => {
  const chosen = ['--filter', 'WSB-PREC-0*', '--subject', 'reference:no-clamp', '--report', folder];
  await cli('run', ...chosen);
  lines = readFileSync(join(folder, 'report.jsonl'), 'utf8').trimEnd().split('\n');
}, 60_000);

async function verify(changed: readonly string[], end = '\n'): Promise<{ code: number; out: string }> {
  const file = join(folder, 'changed.jsonl');
  writeFileSync(file, changed.join('\n') + end);
  return cli('verify', file);
}

/** The lines with another chain, as somebody who knows how it is made would leave them. */
function forged(change: (line: string) => string): readonly string[] {
  return chainedLines(lines.map((line) => change(line.replace(/,"chain":"[0-9a-f]+"\}$/, '}'))));
}

describe('verify', () => {
  it('says what a report says that is as the run left it', async () => {
    const { code, out } = await verify(lines);
    expect(out).toMatch(/^Verified\. The subject keeps what was chosen of profile delegate \(9 of 9 clauses/);
    expect(code).toBe(0);
  });

  it('refuses a report in which any line was changed, and names the line', async () => {
    const { length } = lines;
    for (const at of [0, 1, Math.floor(length / 2), length - 2, length - 1]) {
      const changed = lines.map((line, place) => (place === at ? line.replace(/[a-z]{3}/, 'xyz') : line));
      const { code, out } = await verify(changed);
      expect(out).toMatch(new RegExp(`Refused: .*: Line ${at + 1} `));
      expect(code).toBe(1);
    }
  });

  it('refuses one that was cut, and one with lines taken out, moved or added', async () => {
    const without = (at: number): readonly string[] => lines.filter((_, place) => place !== at);
    for (const changed of [
      without(1),
      without(lines.length - 2),
      without(lines.length - 1),
      [...lines.slice(0, 2), ...lines.slice(3, 4), ...lines.slice(2, 3), ...lines.slice(4)],
      [...lines, lines.at(-1) ?? ''],
      lines.slice(0, 5),
    ]) {
      expect((await verify(changed)).code).toBe(1);
    }
    expect((await verify(lines, '')).out).toMatch(/is cut/);
    expect((await verify([], '')).code).toBe(1);
  });

  it.each<[string, (line: string) => string, RegExp]>([
    [
      'a verdict of a case',
      (line) =>
        line.replace(/("record":"case","id":"WSB-PREC-01\/control.*"verdict":)"pass"/, '$1"unsupported"'),
      /do not add up to its verdicts/,
    ],
    [
      'counts in area and footer',
      (line) => (/"record":"(?:area|footer)"/.test(line) ? line.replace(/"pass":\d/, '"pass":9') : line),
      /and verdicts of|do not add up/,
    ],
    [
      'a count of a clause',
      (line) => line.replace(/("record":"clause".*"answered":)\d+/, '$199'),
      /lines of the clauses do not follow/,
    ],
    [
      'the verdict of the footer',
      (line) => line.replace('"outcome":"kept"', '"outcome":"conforms"'),
      /The verdict does not follow/,
    ],
    ['the filter', (line) => line.replace('"filter":"WSB-PREC-0*"', '"filter":null'), /does not follow/],
    ['what was required', (line) => line.replace('"require":[]', '"require":["-WSB-PREC-01"]'), /not follow/],
  ])('refuses one in which %s was changed and the chain made anew', async (_, change, why) => {
    const changed = forged(change);
    expect(changed).not.toEqual(lines);
    const { code, out } = await verify(changed);
    expect(out).toMatch(why);
    expect(code).toBe(1);
  });

  it('ends with 2 where there is no report', async () => {
    expect((await cli('verify', join(folder, 'none.jsonl'))).code).toBe(2);
    // It is read neither for ever nor into all of the memory.
    const device = await cli('verify', '/dev/zero');
    expect([device.code, device.err]).toEqual([2, expect.stringContaining('is not a plain file')]);
  });
});
