import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { capturedMain } from '../cli/captured-main.js';
import { WRONG_EXPORTS } from '../../reference/exporter/wrong-exports.js';

const report = mkdtempSync(join(tmpdir(), 'wsb-upstream-exporter-'));
afterAll(() => {
  rmSync(report, { recursive: true });
});

it("fails in upstream's released exporter what is listed, and nothing else, with any seed", async () => {
  for (const seed of ['1', '20261201']) {
    const words = ['run', '--exporter', 'upstream', '--seed', seed, '--report', report];
    const { code, out } = await capturedMain(...words);
    expect(out).toContain('The subject does as its list of expected failures says');
    expect(code).toBe(0);
  }
  const verified = await capturedMain('verify', join(report, 'report.jsonl'));
  expect(verified.code).toBe(0);
}, 240_000);

it.each(Object.entries(WRONG_EXPORTS))(
  'finds %s as one finding among many drawn cases, loaded by our delegate',
  async (name, { clause }) => {
    const words = ['run', '--exporter', `reference:${name}`, '--cases', '1000', '--report', report];
    const { out } = await capturedMain(...words);
    const found = [...out.matchAll(/^(WSB-EXPORT-\d\d) \((?:MUST|SHOULD)\)/gm)].map(([, id]) => id);
    expect(found).toEqual([clause]);
  },
  240_000,
);
