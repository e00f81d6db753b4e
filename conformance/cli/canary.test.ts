import { mkdtempSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSuite } from '../api/run-suite.js';
import { EXIT } from '../run/exit-code.js';
import { CANARY, CanaryError, checkCanary } from './canary.js';
import { capturedMain } from './captured-main.js';
import { exitCodeOfError } from './exit-code-of-error.js';

describe('the canary', () => {
  it('is found to break its clause', async () => {
    await expect(checkCanary()).resolves.toBeUndefined();
  });

  it.each([
    ['reference', /found that it breaks nothing \(kept\)/],
    ['reference:leading-blank', /found that it breaks WSB-PARSE-\d\d \(does-not-conform\)/],
  ])('ends the run with 4 where the suite sees %s in it', async (seen, why) => {
    const error: unknown = await checkCanary((options) => runSuite({ ...options, subject: seen })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(CanaryError);
    let said = '';
    const err = { write: (text: string) => void (said += text) };
    expect(await exitCodeOfError(error, { out: () => undefined, err })).toBe(EXIT.infrastructure);
    expect(said).toMatch(why);
  });

  it('is a part of every whole run, and of none that a filter chose', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'canary-'));
    const run = ['run', '--subject', 'reference', '--cases', '0', '--decisions', '0', '--report', folder];
    const told = `Canary: ${CANARY.subject} was found to break ${CANARY.breaks}`;
    expect((await capturedMain(...run)).err).toContain(told);
    expect((await capturedMain(...run, '--filter', 'WSB-PREC-01')).err).not.toContain('Canary');
    expect(existsSync(join(folder, 'report.jsonl'))).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
