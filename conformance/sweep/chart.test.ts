import { describe, expect, it } from 'vitest';
import { chartPoints } from './chart-points.js';
import { chartSpec } from './chart.js';
import { levelClaims } from './claims.js';
import { renderChart } from './render-chart.js';
import type { Ask, AttemptRecord, SweepRecord } from './sweep-record.js';
import { isMissed, sweepText } from './sweep-text.js';

const MIB = 2 ** 20;

/** A load with `resident` of the weights kept, which takes `median`; null: it was refused. */
function attempt(level: number, ask: Ask, resident: number | null, median: number | null): AttemptRecord {
  const budget = ask === 'fitting' || ask === 'upstream' ? null : '1';
  const time = median === null ? null : { median, least: median, most: median, runs: 1 };
  const outcome = resident === null ? 'refused' : 'loaded';
  const bytes = String(level * MIB);
  const rest = { level: bytes, free: bytes, error: 0, budgets: [], message: '' };
  return { record: 'attempt', series: '8x4096b1', ask, budget, outcome, resident, time, ...rest };
}

const sizes = { streamable: '100000000', scratch: '10', activations: '10' };
const RECORDS: readonly SweepRecord[] = [
  {
    record: 'header',
    version: '0',
    tensorrt: '10.6.0',
    gpu: 'NVIDIA H100',
    driver: '580',
    simulated: false,
    isolation: 'level',
  },
  { record: 'series', series: '8x4096b1', layers: 8, dim: 4096, batch: 1, engines: 1, ...sizes },
  // A quarter resident is slower than none; upstream is refused.
  attempt(20, 'fitting', 0.25, 6479),
  attempt(20, 'upstream', null, null),
  attempt(20, '0', 0, 5344),
  attempt(20, 'search', 0.27, null),
  // Fitting keeps less than nine tenths of the largest.
  attempt(40, 'fitting', 0.5, 3261),
  attempt(40, 'search', 0.6, null),
  // Only 0 loads.
  attempt(10, 'fitting', null, null),
  attempt(10, '0', 0, 5344),
  { record: 'end', attempts: 8, crashes: 0, cut: false },
];

describe('levelClaims', () => {
  it('judges each level: what loads, what the largest budget is, and where more resident is slower', () => {
    const [first, second, third] = levelClaims(RECORDS);
    expect(first).toMatchObject({ fittingLoads: true, upstreamLoads: false, zeroLoads: true, largest: 0.27 });
    expect(first).toMatchObject({ short: false, slower: { more: { ask: 'fitting' }, less: { ask: '0' } } });
    expect(second).toMatchObject({ largest: 0.6, fitting: 0.5, short: true, slower: null });
    expect(third).toMatchObject({ fittingLoads: false, zeroLoads: true, largest: 0 });
    expect(levelClaims(RECORDS).map(isMissed)).toEqual([false, true, true]);
  });

  it('takes nine tenths of the largest for enough', () => {
    const [claim] = levelClaims([attempt(20, 'fitting', 0.54, 1), attempt(20, 'all', 0.6, 1)]);
    expect(claim?.short).toBe(false);
  });
});

describe('sweepText', () => {
  it('names the levels at which the fitting policy falls short', () => {
    const text = sweepText(RECORDS);
    expect(text).toContain('falls short at 2 of 3 levels');
    expect(text).toContain('8x4096b1 with 41943040 bytes free: 50.0 % resident, while 60.0 % resident loads');
    expect(text).toContain('8x4096b1 with 10485760 bytes free: refused, while 0.0 % resident loads');
  });
});

describe('the chart of a sweep', () => {
  it('marks the load that keeps more and runs slower', () => {
    const marked = chartPoints(RECORDS).filter(({ slower }) => slower);
    expect(marked).toMatchObject([{ ask: 'fitting policy', mebibytes: 20, microseconds: 6479 }]);
  });

  it('is an SVG with a row for each series and one legend', async () => {
    const svg = await renderChart(chartSpec(RECORDS));
    expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(svg).toContain('TensorRT 10.6.0, NVIDIA H100, driver 580');
    expect(svg).toContain('8x4096b1: 1 engine of 8 layers 4096 × 4096, batch 1, 100 MB each');
    for (const title of ['asked by', 'what became of it']) expect(svg.split(`>${title}<`).length).toBe(2);
  });
});
