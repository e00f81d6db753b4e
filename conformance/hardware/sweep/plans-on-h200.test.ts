import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineLoad } from '../../planning/engine-need.js';
import { largestOne } from '../../planning/one-budget.js';
import { suiteRoot } from '../../suite-root.js';
import { readSweep } from './sweep-file.js';
import type { AttemptRecord, SeriesRecord } from './sweep-record.js';
import { streamingRate } from './streaming-rate.js';

const recorded = (name: string): string => join(suiteRoot(), 'golden/recorded/h200', name);

/** An attempt with an explicit budget, and what would have been planned for its free memory. */
interface Planned {
  readonly attempt: AttemptRecord;
  readonly budget: bigint;
  readonly planned: bigint;
  readonly streamable: bigint;
}

function plannedAttempts(name: string): readonly Planned[] {
  const records = readSweep(recorded(name));
  const series = new Map(
    records.filter((one): one is SeriesRecord => one.record === 'series').map((one) => [one.series, one]),
  );
  return records
    .filter((one): one is AttemptRecord => one.record === 'attempt')
    .flatMap((attempt) => {
      const of = series.get(attempt.series);
      if (of === undefined || attempt.budget === null || attempt.free === null) return [];
      const engine: EngineLoad = {
        streamable: BigInt(of.streamable),
        scratch: BigInt(of.scratch),
        activations: BigInt(of.activations),
        ...{ fixed: 0n, runs: 1n },
      };
      const engines = Array.from({ length: of.engines }, () => engine);
      const planned = largestOne(engines, BigInt(attempt.free));
      return planned === null
        ? []
        : [{ attempt, budget: BigInt(attempt.budget), planned, streamable: engine.streamable }];
    });
}

describe.each(['sweep.jsonl', 'sweep-fresh.jsonl', 'large-sweep.jsonl', 'plan-sweep.jsonl'])(
  'the budgets planned for %s',
  (name) => {
    const all = plannedAttempts(name);

    it('are none that a real device refused, nor above one', () => {
      const below = all.filter(({ budget, planned }) => budget <= planned);
      expect(below.length).toBeGreaterThan(5);
      const refused = below.filter(({ attempt }) => attempt.outcome !== 'loaded');
      expect(
        refused.map(({ attempt, planned }) => [attempt.series, attempt.level, attempt.budget, planned]),
      ).toEqual([]);
    });

    it('are at most 6 MiB for each engine below one that loaded', () => {
      const above = all.filter(
        ({ attempt, budget, planned, streamable }) =>
          attempt.outcome === 'loaded' && budget > planned && budget < streamable,
      );
      const most = above.map(({ budget, planned }) => budget - planned).reduce((a, b) => (a > b ? a : b), 0n);
      expect(most).toBeLessThanOrEqual(6n << 20n);
    });
  },
);

describe('the rate at which weights are streamed', () => {
  it('is that of the largest engines, without what a resident run takes', () => {
    const rate = streamingRate(readSweep(recorded('large-sweep.jsonl')));
    expect(rate).toMatchObject({ series: '16x16384b1', gpu: 'NVIDIA H200', tensorrt: '10.6.0' });
    expect(Number(rate?.bytesPerSecond) / 1e9).toBeCloseTo(55, 0);
  });

  it('is not known where nothing ran', () => {
    const records = readSweep(recorded('large-sweep.jsonl'));
    expect(streamingRate([])).toBeNull();
    expect(streamingRate(records.filter(({ record }) => record !== 'attempt'))).toBeNull();
  });
});
