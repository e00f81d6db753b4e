import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyMutation } from './apply-mutation.mjs';
import { readMutants } from './build-mutants.mjs';
import { packagePaths } from './package-paths.mjs';

const listed = [...(await readMutants('mutants.json')), ...(await readMutants('baselines.json'))];

describe('native/mutants', () => {
  it('has names of their own for mutants and baselines', () => {
    expect(new Set(listed.map(({ name }) => name)).size).toBe(listed.length);
  });

  it.each(listed)('$name fits the source that it changes', (mutant) => {
    const source = readFileSync(join(packagePaths.native, 'delegate', mutant.file), 'utf8');
    expect(applyMutation(mutant, source)).not.toBe(source);
  });
});
