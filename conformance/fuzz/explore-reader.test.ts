import { describe, expect, it } from 'vitest';
import { Random } from '../generators/random.js';
import { BlockCoverage } from './block-coverage.js';
import { exploreReader, type Explored } from './explore-reader.js';
import { deepReader } from '../testing/deep-reader.js';
import type { NativeReader } from './native-reader.js';
import { BUDGET_TARGET } from './targets/budget-target.js';
import type { ReaderTarget } from './targets/reader-target.js';

interface Settings {
  readonly coverage?: BlockCoverage | null;
  readonly native?: Reader | null;
  readonly isEnough?: () => boolean;
  readonly seed?: number;
}

/** More than it takes with any luck. */
const MOST_BATCHES = 400;

/** Explores for some batches. */
function explore(
  target: ReaderTarget,
  batches: number,
  { coverage = null, native = null, isEnough = () => false, seed = 1 }: Settings = {},
): Promise<Explored> {
  let left = batches;
  return exploreReader({
    readers: { target, native },
    corpus: target.seeds(),
    random: new Random(seed),
    coverage,
    isOver: () => isEnough() || left-- <= 0,
  });
}

type Reader = Pick<NativeReader, 'read'>;

/** What the reader in TypeScript says, but for inputs that are `odd`. */
function twin(target: ReaderTarget, odd: (input: Uint8Array) => string | null): Reader {
  return {
    read: (inputs) => Promise.resolve(inputs.map((input) => ({ said: odd(input) ?? target.read(input) }))),
  };
}

describe('exploring a reader', () => {
  it('finds nothing where both readers are right', async () => {
    const native = twin(BUDGET_TARGET, () => null);
    expect((await explore(BUDGET_TARGET, 20, { native })).findings).toEqual([]);
  });

  it('finds an input that the readers read differently, and makes it small', async () => {
    const native = twin(BUDGET_TARGET, (input) => (input.includes(0x2b) ? '5' : null));
    const { findings } = await explore(BUDGET_TARGET, 20, { native });
    expect(findings.map(({ input }) => Buffer.from(input).toString())).toContain('+');
    expect(findings[0]?.what).toMatch(/^read as not-a-digit at \d+ in TypeScript, and as 5 in C\+\+$/);
  });

  it('finds an input that ends the reader in C++', async () => {
    const native: Reader = {
      read: (inputs) =>
        Promise.resolve(
          inputs.map((input) =>
            input[0] === 0x30 ? { ended: 'it ended by SIGABRT' } : { said: BUDGET_TARGET.read(input) },
          ),
        ),
    };
    const { findings } = await explore(BUDGET_TARGET, 5, { native });
    expect(findings.map(({ what, input }) => [what, Buffer.from(input).toString()])).toEqual([
      ['the reader in C++ breaks: it ended by SIGABRT', '0'],
    ]);
  });

  it('finds an error behind three checks, and sooner where it is guided', async () => {
    const target: ReaderTarget = {
      ...{ name: 'deep', what: 'three letters', twin: 'none', seeds: () => [Buffer.from('...')] },
      read: (input) => {
        isFound ||= Buffer.from(input).toString('latin1', 0, 3) === 'FUZ';
        return deepReader(input);
      },
    };
    let isFound = false;
    const coverage = new BlockCoverage((url) => url.includes('deep-reader'));
    const guided = await explore(target, MOST_BATCHES, { coverage, isEnough: () => isFound, seed: 12 });
    expect(guided.findings.map(({ what }) => what)).toEqual([
      'the reader in TypeScript throws RangeError: as deep as it gets',
    ]);
    expect(Buffer.from(guided.findings[0]?.input ?? []).toString()).toBe('FUZ');
    expect(guided.fresh.length).toBeGreaterThanOrEqual(2);
    const blind = await explore(target, 2 * Math.ceil(guided.executions / 512), { seed: 12 });
    expect(blind.findings).toEqual([]);
  });
});
