import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildProgram } from '../../conformance/model/build-request.js';
import type { BlobBinding } from '../../reference/index.js';
import { metadata } from '../../conformance/model/scenario/blob-change.js';
import { onDevice, tensorsOf } from '../../conformance/model/scenario/planned.js';
import type { Scenario } from '../../conformance/model/scenario/scenario.js';
import { scenarioRequest } from '../../conformance/model/scenario/scenario-request.js';
import { input, LARGE, output } from '../../conformance/model/scenario/vocabulary.js';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

const build = packagePaths.nativeBuild;
const isBuilt = existsSync(path.join(build, 'libtensorrt_delegate.so'));
/** It errs where there is no memory, and nowhere else. */
const LEAKING = 'leaks-when-memory-is-short';

const { streamable: S, activations: A, scratch: X } = LARGE;
const AMPLE = 2n ** 40n;
/** Room for one engine of two with all its weights: the second makes the first release some. */
const TIGHT = S + 2n * (A + X) + 2n ** 25n;

const TENSORS = tensorsOf(1, [1, 4], [1, 4]);

interface Tried {
  readonly program: Scenario;
  readonly free?: bigint;
  /** What set_option() is given between load and execution. */
  readonly budget?: string;
  /** Allocations of device memory that an execution needs. */
  readonly device: number;
}

function named(name: string, isInput: boolean): BlobBinding {
  return { name, dtype: 'float16', shape: [1, 4], is_input: isInput };
}

const PROGRAMS: Readonly<Record<string, Tried>> = {
  'one engine, with tensors in host memory': {
    program: { spec: '5', bindings: [input('input_0'), output('output_0')], planned: TENSORS },
    device: 2,
  },
  'one engine, whose output is written over its input': {
    program: {
      bindings: [input('x0'), output('y0')],
      planned: onDevice(),
      blob: metadata('y0=x0', {
        io_bindings: [named('x0', true), named('y0', false)],
        aliased_io: [{ output: 'y0', input: 'x0', kind: 'user' }],
      }),
    },
    device: 1,
  },
  'engines that release memory for each other': {
    program: { engines: [LARGE, LARGE] },
    free: TIGHT,
    device: 0,
  },
  'engines whose budgets are set': {
    program: { engines: [{ spec: '100' }, { spec: '200' }, {}] },
    budget: '5',
    device: 0,
  },
  'automatic budgets that are set': {
    program: { engines: [LARGE, LARGE] },
    free: TIGHT,
    budget: '4096',
    device: 0,
  },
};

describe.skipIf(skippedWithout(isBuilt))('a delegate that runs out of memory', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'failing-'));
    await buildNative({ say: () => undefined, targets: ['failing-allocations', `mutant-${LEAKING}`] });
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function fileOf({ program }: Tried): Promise<string> {
    const file = path.join(folder, 'program.pte');
    await writeFile(file, buildProgram(scenarioRequest(program).program));
    return file;
  }

  /** Lets each of a kind fail; how many there were, and how it ended. */
  async function failEach(tried: Tried, kind: string, delegate = 'libtensorrt_delegate.so') {
    const names = [delegate, 'libnvinfer.so', 'libcudart.so', 'libtrtsim.so'];
    const libraries = names.map((name) => path.join(build, name));
    const budget = tried.budget === undefined ? [] : [tried.budget];
    const args = [...libraries, await fileOf(tried), String(tried.free ?? AMPLE), kind, ...budget];
    const program = path.join(build, 'failing-allocations');
    const { exitCode, all } = await execa(program, args, { reject: false, all: true });
    return { code: exitCode, all, count: Number(/^(\d+) tried$/m.exec(all)?.[1] ?? 'NaN') };
  }

  describe.each(Object.entries(PROGRAMS))('%s', (_, tried) => {
    it.each(['one', 'rest'])('says so, leaves nothing and goes on: %s', async (kind) => {
      const { code, all, count } = await failEach(tried, kind);
      expect(all).toMatch(/^\d+ tried$/m);
      expect(code, all).toBe(0);
      expect(count).toBeGreaterThan(20);
    });

    it('says so of device memory', async () => {
      const { code, all, count } = await failEach(tried, 'device');
      expect(code, all).toBe(0);
      expect(count).toBe(tried.device);
    });
  });

  it('is found when it leaks only then', async () => {
    const [tried] = Object.values(PROGRAMS);
    if (tried === undefined) throw new Error('There is no program.');
    const { code, all } = await failEach(tried, 'one', `mutants/${LEAKING}/libtensorrt_delegate.so`);
    expect(all).toMatch(/^number \d+: ended with 1$/m);
    expect(code).toBe(1);
  });
});
