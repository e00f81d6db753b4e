import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { filesBelow } from '../files/files-below.js';
import { nativeBuild } from '../native-home.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { inputsOf, keptCorpus } from './corpus.js';
import { judgeInputs } from './judge-inputs.js';
import { type NativeReader, openNativeReader } from './native-reader.js';
import { READER_TARGETS } from './targets/reader-targets.js';
import { REFUSED } from './targets/reader-target.js';

const root = suiteRoot();
const CORPUS = join(root, 'conformance/fuzz/corpus');
const MOST_BYTES = 1 << 20;
const isBuilt = existsSync(join(nativeBuild(root), 'libtensorrt_delegate.so'));

it('the corpus is small, and every folder of it is that of a target', () => {
  const files = filesBelow(CORPUS, '');
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
  const folders = new Set(files.map((file) => file.slice(CORPUS.length + 1).split('/')[0]));
  expect(folders.size).toBeGreaterThan(3);
  expect([...folders].filter((name) => !READER_TARGETS.some((target) => target.name === name))).toEqual([]);
});

describe.skipIf(skippedWithout(isBuilt))('the readers', () => {
  const opened = new Map<string, NativeReader>();

  beforeAll(async () => {
    await buildNative({ say: () => undefined, targets: ['readers'] });
    for (const { name, twin } of READER_TARGETS) {
      const reader = twin !== 'none' ? openNativeReader(root, name) : null;
      if (reader !== null) opened.set(name, reader);
    }
  }, 480_000);

  afterAll(async () => {
    for (const reader of opened.values()) await reader.close();
  });

  it.each(READER_TARGETS.map((target) => [target.name, target] as const))(
    'of %s take the corpus alike, and take some of it',
    async (name, target) => {
      const native = opened.get(name) ?? null;
      expect(native !== null).toBe(target.twin !== 'none');
      const inputs = [...target.seeds(), ...inputsOf(keptCorpus(root, name))];
      const faults = await judgeInputs({ target, native }, inputs);
      expect(faults.filter((fault) => fault !== null)).toEqual([]);
      expect(
        inputs.some((input) =>
          target
            .read(input)
            .split(/\s/)
            .some((word) => word !== REFUSED),
        ),
      ).toBe(true);
    },
  );
});
