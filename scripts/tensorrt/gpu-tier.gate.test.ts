import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';

const script = fileURLToPath(new URL('gpu-tier.sh', import.meta.url));
const build = fileURLToPath(new URL('../../native/build/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gpu-rehearsal-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('gpu-tier.sh', () => {
  it.skipIf(skippedWithout(existsSync(join(build, 'device-check'))))(
    'rehearses on the simulated libraries, and leaves all that is to be kept in one folder',
    async () => {
      const out = join(folder, 'out');
      const engines = join(folder, 'engines');
      const args = [
        script,
        '--node',
        process.execPath,
        '--tensorrt',
        build,
        '--out',
        out,
        '--engines',
        engines,
      ];
      const { exitCode, all } = await execa('bash', args, { reject: false, all: true });
      expect(all).toMatch(/incomplete: \d+ MUST clauses of profile delegate not demonstrated/);
      expect(all).toContain('all steps ended well');
      expect(exitCode).toBe(0);
      expect(readdirSync(out).sort()).toEqual(['gpu-tier.log', 'report.jsonl']);
      expect(readFileSync(join(out, 'gpu-tier.log'), 'utf8')).toContain('tier ended with 5');
    },
  );
});
