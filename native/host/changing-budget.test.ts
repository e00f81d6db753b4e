import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildProgram } from '../../conformance/model/build-request.js';
import type { Scenario } from '../../conformance/model/scenario/scenario.js';
import { scenarioRequest } from '../../conformance/model/scenario/scenario-request.js';
import { LARGE } from '../../conformance/model/scenario/vocabulary.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

const build = packagePaths.nativeBuild;
const isBuilt = existsSync(path.join(build, 'libtensorrt_delegate.so'));

/** The calls behind which a budget is set, by their numbers in native/simulator/control.h. */
const CALLS = { deserialize: 0, set: 2, context: 3, enqueue: 4 } as const;
const AMPLE = 2n ** 40n;
const { streamable: S, activations: A, scratch: X } = LARGE;

describe.skipIf(skippedWithout(isBuilt))('a budget that is set on another thread', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'changing-'));
    await buildNative({ say: () => undefined, targets: ['changing-budget'] });
  }, 240_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Behind the nth such call of a load and an execution; what came of it, by lines. */
  async function setBehind(
    call: keyof typeof CALLS,
    occurrence: number,
    budget: string,
    scenario: Scenario,
  ): Promise<string[]> {
    const file = path.join(folder, `${call}-${occurrence}.pte`);
    await writeFile(file, buildProgram(scenarioRequest(scenario).program));
    const names = ['libtensorrt_delegate.so', 'libnvinfer.so', 'libcudart.so', 'libtrtsim.so'];
    const libraries = names.map((name) => path.join(build, name));
    const free = String(scenario.free ?? AMPLE);
    const args = [...libraries, file, free, String(CALLS[call]), String(occurrence), budget];
    const { stdout } = await execa(path.join(build, 'changing-budget'), args, { cwd: suiteRoot() });
    return stdout.split('\n');
  }

  it('waits for an execution that is under way', async () => {
    expect(await setBehind('enqueue', 1, '5', { spec: '100' })).toEqual([
      'set waits',
      'load 0, execute 0, set 0',
      'engine 0: deserialize, set 100, context, enqueue, set 5, context,',
      'violations 0, contexts 0',
    ]);
  });

  it('changes the engines of a load that goes on, those that are there and those that come', async () => {
    const engines = [{ spec: '100' }, { spec: '200' }, { spec: '300' }];
    const changed = (budget: number): string =>
      `deserialize, set ${budget}, context, set 5, context, enqueue,`;
    expect(await setBehind('set', 2, '5', { engines })).toEqual([
      'set ends at once',
      'load 0, execute 0, set 0',
      `engine 0: ${changed(100)}`,
      `engine 1: ${changed(200)}`,
      'engine 2: deserialize, set 5, context, enqueue,',
      'violations 0, contexts 0',
    ]);
  });

  it('ends a load whose engine cannot have it', async () => {
    const engines = [{ spec: '100' }, { spec: '200', answers: [true, false] }];
    expect(await setBehind('context', 2, '5', { engines })).toEqual([
      'set ends at once',
      // MemoryAllocationFailed, and InvalidState for a method that is not there
      'load 33, execute 2, set 0',
      'engine 0: deserialize, set 100, context, set 5, context,',
      'engine 1: deserialize, set 200, context, set 5 refused, context,',
      'violations 0, contexts 0',
    ]);
  });

  it('is not released to an engine that comes after', async () => {
    const budget = String(S / 2n);
    const free = S + A + X + 2n ** 25n;
    const engines = [LARGE, LARGE];
    const [, ends, first, second] = await setBehind('deserialize', 2, budget, { engines, free });
    // InvalidProgram: the second engine finds no room for its context.
    expect(ends).toBe('load 35, execute 2, set 0');
    expect(first).toMatch(new RegExp(`, set ${budget}, context,$`));
    expect(second).toBe(`engine 1: deserialize, set ${budget}, context refused,`);
  });
});
