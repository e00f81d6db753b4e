import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('gpu-tier.sh', import.meta.url));
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
});
