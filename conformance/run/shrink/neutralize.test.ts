import { describe, expect, it } from 'vitest';
import { generatedBlocks } from '../../generators/blocks.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { neutralize } from './neutralize.js';

const DRAWN = [...generatedBlocks(3, 4000)].flat();

describe('neutralize', () => {
  it('leaves out of the ordinary what the failure needs, and nothing else', async () => {
    const fails = ({ engines, minimal }: GeneratedCase): boolean =>
      minimal && engines.some(({ streamable, specs }) => streamable === 0n && specs.length === 1);
    const large = DRAWN.find((generated) => generated.engines.length > 3 && fails(generated));
    expect(large).toBeDefined();
    if (large === undefined) return;
    const bare = await neutralize(large, (candidate) => Promise.resolve(fails(candidate)));
    expect(bare).toMatchObject({ minimal: true, options: null, module: null, fault: null, script: 'load' });
    expect(bare.engines).toHaveLength(1);
    expect(bare.engines[0]).toMatchObject({ streamable: 0n, automatic: 512n, answers: [], trouble: 'none' });
    expect(bare.engines[0]?.specs).toHaveLength(1);
  });

  it('takes single options away', async () => {
    const fails = ({ options }: GeneratedCase): boolean =>
      options?.some((entry) => entry.options.length > 0) === true;
    const large = DRAWN.find(
      ({ options }) => options !== null && options.flatMap((entry) => entry.options).length > 3,
    );
    expect(large).toBeDefined();
    if (large === undefined) return;
    const bare = await neutralize(large, (candidate) => Promise.resolve(fails(candidate)));
    expect(bare.options?.flatMap((entry) => entry.options)).toHaveLength(1);
  });
});
