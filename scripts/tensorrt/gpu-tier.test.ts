import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';

const script = fileURLToPath(new URL('gpu-tier.sh', import.meta.url));
const build = fileURLToPath(new URL('../../native/build/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gpu-tier-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function gpuTier(...args: readonly string[]): Promise<{ code: number | undefined; all: string }> {
  const { exitCode, all } = await execa('bash', [script, '--node', process.execPath, ...args], {
    reject: false,
    all: true,
  });
  return { code: exitCode, all };
}

describe('gpu-tier.sh', () => {
  it.each([
    [['--help'], 0, 'usage: bash scripts/tensorrt/gpu-tier.sh'],
    [['--steps', 'tier,dance'], 2, 'there is no step dance'],
    [['--steps', ''], 2, '--steps names no step'],
    [['--steps', ','], 2, '--steps names no step'],
    [['--pieces'], 2, '--pieces needs a value'],
    [['--quick'], 2, '--quick is no option'],
    [['--out', join(folder, 'none'), '--node', '/nowhere/node'], 4, 'there is no Node'],
  ])('ends with a message for %j', async (args, code, message) => {
    const ended = await gpuTier(...args);
    expect(ended.all).toContain(message);
    expect(ended.code).toBe(code);
  });

  it.skipIf(skippedWithout(existsSync(join(build, 'device-check'))))(
    'rehearses on the simulated libraries, and leaves all that is to be kept in one folder',
    async () => {
      const out = join(folder, 'out');
      const engines = join(folder, 'engines');
      const { code, all } = await gpuTier('--tensorrt', build, '--out', out, '--engines', engines);
      expect(all).toMatch(/incomplete: \d+ MUST clauses of profile delegate not demonstrated/);
      expect(all).toContain('all steps ended well');
      expect(code).toBe(0);
      expect(readdirSync(out).sort()).toEqual(['gpu-tier.log', 'report.jsonl']);
      expect(readFileSync(join(out, 'gpu-tier.log'), 'utf8')).toContain('tier ended with 5');
    },
    120_000,
  );
});
