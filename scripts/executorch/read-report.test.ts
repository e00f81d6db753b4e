import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isLeftFrom, readReport } from './read-report.mjs';

const folder = mkdtempSync(join(tmpdir(), 'read-report-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const HEADER = JSON.stringify({
  record: 'header',
  started: '2026-11-30T03:00:00.000Z',
  subject: { versions: { executorch: '1.5.1' } },
});
const FOOTER = JSON.stringify({ record: 'footer', outcome: 'conforms' });

async function told(...lines: readonly string[]): ReturnType<typeof readReport> {
  const file = join(folder, 'report.jsonl');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return readReport(file);
}

describe('the report of a run', () => {
  it('tells its ExecuTorch and its outcome, and nothing where it is cut, damaged or missing', async () => {
    expect(await told(HEADER, FOOTER)).toMatchObject({ loaded: '1.5.1', outcome: 'conforms' });
    expect(await told(HEADER)).toMatchObject({ loaded: '1.5.1', outcome: null });
    expect(await told(HEADER, FOOTER.slice(0, 9))).toMatchObject({ loaded: '1.5.1', outcome: null });
    expect((await readReport(join(folder, 'none'))).outcome).toBeNull();
  });

  it('is that of an earlier run where it was finished before and is the same', async () => {
    const finished = await told(HEADER, FOOTER);
    const unfinished = await told(HEADER);
    expect(isLeftFrom(finished, finished)).toBe(true);
    // Continued to its end, and begun anew.
    expect(isLeftFrom(finished, unfinished)).toBe(false);
    expect(isLeftFrom({ ...finished, started: '2026-11-30T03:00:01.000Z' }, finished)).toBe(false);
  });
});
