import { existsSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';

import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

const ENGINE_BUILDER = path.join(packagePaths.nativeBuild, 'engine-builder');
const SIMULATED = path.join(packagePaths.nativeBuild, 'libnvinfer.so');
const GOOD = {
  tensorrt: packagePaths.nativeBuild,
  layers: '2',
  dim: '64',
  batch: '1',
  output: path.join(packagePaths.nativeBuild, 'never-written.plan'),
};

async function run(options: Partial<typeof GOOD>, flags: readonly string[] = []) {
  const values = Object.entries({ ...GOOD, ...options }).flatMap(([name, value]) => [`--${name}`, value]);
  return execa(ENGINE_BUILDER, [...values, ...flags], { reject: false, stdin: 'ignore' });
}

// What it builds is only known where there is a GPU; here, what it refuses.
describe.skipIf(skippedWithout(existsSync(SIMULATED)))('engine-builder', () => {
  beforeAll(() => buildNative({ say: () => undefined, targets: ['engine-builder'] }), 240_000);

  test('says how it is used', async () => {
    const { exitCode, stdout } = await execa(ENGINE_BUILDER, ['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^usage: engine-builder --tensorrt DIR/);
  });

  test.each([
    ['no layers', { layers: '0' }],
    ['too many layers', { layers: '1025' }],
    ['a sign', { dim: '+64' }],
    ['more than digits', { dim: '64k' }],
    ['a dim above the limit', { dim: '65537' }],
    ['an empty batch', { batch: '' }],
    ['no output', { output: '' }],
  ])('refuses %s', async (_, options) => {
    const { exitCode, stderr } = await run(options);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`--${Object.keys(options).join()} can't be`);
  });

  test.each([
    [['--fast'], 'there is no option --fast'],
    [['--seed'], '--seed needs a value'],
    [['--seed', '18446744073709551616'], `--seed can't be "18446744073709551616"`],
    [['--workspace', '0'], `--workspace can't be "0"`],
  ])('refuses %j', async (flags, message) => {
    const { exitCode, stderr } = await run({}, flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('needs every option that has no default', async () => {
    const { exitCode, stderr } = await execa(ENGINE_BUILDER, ['--layers', '1'], { reject: false });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('have to be given');
  });

  test('says that a folder has no TensorRT', async () => {
    const { exitCode, stderr } = await run({ tensorrt: packagePaths.dependencies });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('cannot load TensorRT from');
  });

  test('does not take the simulated TensorRT for one that builds', async () => {
    const { exitCode, stderr } = await run({});
    expect(exitCode).toBe(4);
    expect(stderr).toContain('builds no engines');
    expect(existsSync(GOOD.output)).toBe(false);
  });
});
