import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../../suite-root.js';
import { skippedWithout } from '../../testing/skipped-without.js';
import { levelClaims } from './claims.js';
import { freeMemoryLevels, largestBudget } from './measure-level.js';
import { measuredMachine } from './measured-machine.js';
import { modelledSizes } from './modelled-plan.js';
import { runSweep } from './run-sweep.js';
import { parseSeries, seriesName } from './series.js';
import type { AttemptRecord, Isolation, SweepRecord } from './sweep-record.js';
import { sweepText } from './sweep-text.js';

const root = suiteRoot();
const folder = mkdtempSync(join(tmpdir(), 'wsb-sweep-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const MARGIN = 10n * 2n ** 20n;
const PIECE = 2n * 2n ** 20n;

async function sweep(names: readonly string[], isolation: Isolation, levels: number): Promise<SweepRecord[]> {
  const records: SweepRecord[] = [];
  const setup = {
    machine: await measuredMachine(root, null, null),
    series: names.map((name) => parseSeries(name)),
    levels,
    runs: 2,
    search: true,
    isolation,
    folder,
    isOver: () => false,
    write: (record: SweepRecord) => void records.push(record),
    progress: () => undefined,
  };
  await runSweep(setup, 'test');
  return records;
}

const attemptsOf = (records: readonly SweepRecord[]): AttemptRecord[] =>
  records.filter((record) => record.record === 'attempt');

const isBuilt = existsSync(join(root, 'native/build/wsb-measure'));

describe.skipIf(skippedWithout(isBuilt))('a sweep on the simulated TensorRT', () => {
  const NAMES = ['16x1024b1', '16x1024b1*2', '8x2048b2048'];

  it('loads with the fitting policy wherever a budget of 0 loads, and leaves no more than the margin', async () => {
    const records = await sweep(NAMES, 'series', 24);
    const claims = levelClaims(records);
    expect(claims.length).toBe(NAMES.length * 24);
    expect(claims.filter(({ zeroLoads, fittingLoads }) => zeroLoads && !fittingLoads)).toEqual([]);
    // Both sides of where the program begins to load, and where all of it is resident, are in each
    // series.
    for (const name of NAMES) {
      const { network, engines } = parseSeries(name);
      const of = claims.filter(({ series }) => series === name);
      expect(of.at(0)?.zeroLoads).toBe(false);
      expect(of.at(-1)).toMatchObject({ fittingLoads: true, upstreamLoads: true, largest: 1 });
      const { streamable, scratch } = modelledSizes(network);
      const total = streamable * BigInt(engines);
      // An engine that is all resident needs no scratch: just below that level the margin costs the
      // scratch too.
      const slack = (MARGIN + scratch + 2n * PIECE) * BigInt(engines);
      for (const { fitting, largest } of of) {
        if (fitting === null || largest === null) continue;
        expect(BigInt(Math.round((largest - fitting) * Number(total)))).toBeLessThanOrEqual(slack);
      }
    }
  }, 60_000);

  it('shows what the facts show of the automatic budget: small batches that have to stream do not load', async () => {
    const claims = levelClaims(await sweep(['16x1024b1'], 'series', 24));
    const streaming = claims.filter(
      ({ zeroLoads, largest }) => zeroLoads && largest !== null && largest < 0.9,
    );
    expect(streaming.length).toBeGreaterThan(3);
    expect(streaming.filter(({ upstreamLoads }) => upstreamLoads)).toEqual([]);
  }, 60_000);

  it('says the same whichever loads share a process', async () => {
    const withoutTime = (records: readonly SweepRecord[]): object[] =>
      attemptsOf(records).map((record) => ({ ...record, time: null }));
    const together = withoutTime(await sweep(['4x512b1'], 'series', 4));
    expect(together.length).toBeGreaterThan(16);
    expect(withoutTime(await sweep(['4x512b1'], 'level', 4))).toEqual(together);
    expect(withoutTime(await sweep(['4x512b1'], 'attempt', 4))).toEqual(together);
  }, 60_000);

  it('has the same memory free for all loads of a level, at most a piece below it', async () => {
    const frees = new Map<string, Set<string | null>>();
    for (const { level, free } of attemptsOf(await sweep(['16x1024b1'], 'series', 24))) {
      frees.set(level, (frees.get(level) ?? new Set()).add(free));
    }
    expect(frees.size).toBe(24);
    for (const [level, of] of frees) {
      expect([...of].length).toBe(1);
      const below = BigInt(level) - BigInt([...of][0] ?? 0);
      expect(below >= 0n && below < PIECE).toBe(true);
    }
  }, 60_000);

  it('writes records of the schema, the header first and the end last', async () => {
    const records = await sweep(['4x512b1'], 'series', 3);
    const schema = JSON.parse(readFileSync(join(root, 'spec/schemas/sweep.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ strict: true }).compile(schema);
    for (const record of records) {
      validate(JSON.parse(JSON.stringify(record)));
      expect(validate.errors).toBeNull();
    }
    expect(validate({ ...records[2], outcome: 'fine' })).toBe(false);
    expect(records.map(({ record }) => record)).toEqual(
      expect.arrayContaining(['header', 'series', 'attempt', 'end']),
    );
    expect(records.at(0)).toMatchObject({ record: 'header', simulated: true, isolation: 'series' });
    expect(records.at(-1)).toMatchObject({ record: 'end', crashes: 0, cut: false });
    expect(sweepText(records)).toContain('4x512b1');
  }, 60_000);
});

describe('the largest budget that loads', () => {
  const MIB = 2n ** 20n;
  const search = async (
    low: bigint,
    high: bigint,
    most: bigint,
  ): Promise<{ found: bigint; tries: number }> => {
    let tries = 0;
    const found = await largestBudget(low, high, (budget) => {
      tries++;
      return Promise.resolve(budget <= most);
    });
    return { found, tries };
  };

  it('is found to within 2 MiB or a tenth, whichever is more', async () => {
    const { found } = await search(0n, 64n * MIB, 9n * MIB);
    expect(found).toBeLessThanOrEqual(9n * MIB);
    expect(found).toBeGreaterThan(7n * MIB);
    const large = await search(100n * MIB, 200n * MIB, 155n * MIB);
    expect(large.found).toBeLessThanOrEqual(155n * MIB);
    expect(large.found * 11n).toBeGreaterThan(155n * MIB * 10n);
  });

  it('takes no try where nothing within reach is a tenth more', async () => {
    expect(await search(100n * MIB, 110n * MIB, 105n * MIB)).toEqual({ found: 100n * MIB, tries: 0 });
    expect((await search(100n * MIB, 111n * MIB, 105n * MIB)).tries).toBe(1);
  });
});

describe('levels of free memory', () => {
  const MIB = 2n ** 20n;
  const sizes = { streamable: 32n * MIB, scratch: 4n * MIB, activations: 6n * MIB };

  it('go from below the least need to above the largest', () => {
    const levels = freeMemoryLevels(sizes, 2, 24);
    expect(levels.length).toBe(24);
    expect(levels.at(0)).toBe(12n * MIB);
    expect(levels.at(-1)).toBe(100n * MIB);
    expect(new Set(levels).size).toBe(24);
    expect(levels.every((level) => level % PIECE === 0n)).toBe(true);
  });

  it('are never 0, which would mean all memory, and never closer than the device can tell', () => {
    const levels = freeMemoryLevels({ ...sizes, scratch: 0n, activations: 0n }, 1, 40);
    expect(levels.at(0)).toBe(PIECE);
    expect(levels.at(-1)).toBe(40n * PIECE);
  });
});

describe('a series', () => {
  it('is named for what it loads', () => {
    for (const name of ['8x4096b1', '16x1024b1024*2']) expect(seriesName(parseSeries(name))).toBe(name);
    for (const name of ['8x4096', '0x1b1', '8x4096b1*5', '8x4096b1*0', ' 8x4096b1']) {
      expect(() => parseSeries(name)).toThrow(RangeError);
    }
  });
});
