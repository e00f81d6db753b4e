import { describe, expect, it } from 'vitest';
import { chartPoints, outcomeSpans } from './chart-points.js';
import { chartSpec } from './chart.js';
import { levelClaims } from './claims.js';
import { renderChart } from '../../chart/render-chart.js';
import { ASKS, type Ask, type AttemptRecord, type SweepRecord } from './sweep-record.js';
import { hasLoads, isMissed, sweepText } from './sweep-text.js';

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

  it('compares only with loads that had no more memory free, whatever the level', () => {
    const had = (record: AttemptRecord, mebibytes: number): AttemptRecord => ({
      ...record,
      free: String(mebibytes * MIB),
    });
    const fitting = had(attempt(20, 'fitting', null, null), 18);
    const lucky = had(attempt(20, '0', 0, 1), 20);
    expect(levelClaims([fitting, lucky])[0]).toMatchObject({
      zeroLoads: true,
      refused: false,
      largest: null,
    });
    expect(levelClaims([fitting, had(lucky, 18)])[0]).toMatchObject({ refused: true, largest: 0 });
    const kept = had(attempt(20, 'fitting', 0.5, 1), 18);
    const more = attempt(20, 'all', 1, 1);
    expect(levelClaims([kept, had(more, 19)])[0]).toMatchObject({ largest: 0.5, short: false });
    expect(levelClaims([kept, had(more, 18)])[0]).toMatchObject({ largest: 1, short: true });
  });

  it('counts what loads at a lower level, or with the other policy, against the fitting policy', () => {
    const lower = [attempt(20, 'fitting', 0.4, 1), attempt(20, 'search', 0.6, null)];
    const [, higher] = levelClaims([...lower, attempt(30, 'fitting', 0.5, 1)]);
    expect(higher).toMatchObject({ largest: 0.6, short: true });
    const [claim] = levelClaims([attempt(20, 'fitting', 0.5, 1), attempt(20, 'upstream', 0.6, 1)]);
    expect(claim?.short).toBe(true);
  });

  it('compares with all loads of the level when the process died of the fitting policy', () => {
    const died: AttemptRecord = { ...attempt(20, 'fitting', null, null), outcome: 'crashed', free: null };
    expect(levelClaims([died, attempt(20, '0', 0, 1)])[0]?.refused).toBe(true);
  });

  it('takes nine tenths of the largest for enough', () => {
    const [claim] = levelClaims([attempt(20, 'fitting', 0.54, 1), attempt(20, 'all', 0.6, 1)]);
    expect(claim?.short).toBe(false);
  });
});

describe('sweepText', () => {
  it.each([
    ['of no levels', RECORDS.filter(({ record }) => record !== 'attempt')],
    [
      'in which nothing loaded',
      RECORDS.map((one) => (one.record === 'attempt' ? { ...one, resident: null } : one)),
    ],
  ])('says of a sweep %s that it shows nothing', (_, records) => {
    expect(hasLoads(levelClaims(records))).toBe(false);
    expect(sweepText(records)).toContain('Nothing was shown of the fitting policy');
    expect(sweepText(records)).not.toContain('wherever');
  });

  it('names the levels at which the fitting policy falls short', () => {
    const text = sweepText(RECORDS);
    expect(text).toContain('falls short at 2 of 3 levels');
    expect(text).toContain('8x4096b1 with 41943040 bytes free: 50.0 % resident, while 60.0 % resident loads');
    expect(text).toContain('8x4096b1 with 10485760 bytes free: refused, while 0.0 % resident loads');
  });
});

/**
 * How many elements stay open when all tags of an SVG are counted; an end tag that ends another
 * element throws.
 */
function leftOpen(svg: string): number {
  const open: string[] = [];
  for (const [tag, end, name = ''] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^>]*>/g)) {
    if (end === '') {
      if (!tag.endsWith('/>')) open.push(name);
    } else if (open.pop() !== name) {
      throw new Error(`${tag} ends another element`);
    }
  }
  return open.length;
}

/** What a sweep of `count` series with 24 levels looks like, with every line there is. */
function wholeSweep(count: number): SweepRecord[] {
  return Array.from({ length: count }, (_, n) => `${n + 1}x1024b1`).flatMap((name) => [
    { record: 'series', series: name, layers: 8, dim: 1024, batch: 1, engines: 1, ...sizes } as const,
    ...Array.from({ length: 24 }, (_, level) =>
      ASKS.map((ask, at) => ({
        ...attempt(10 + level * 3, ask, (level + at) % 9 === 0 ? null : level / 23, 137 * (level + at + 1)),
        series: name,
      })),
    ).flat(),
  ]);
}

describe('the chart of a sweep', () => {
  it('has a bar for neighbouring levels that ended the same', () => {
    const spans = outcomeSpans(chartPoints(RECORDS)).filter(({ ask }) => ask === 'budget 0');
    expect(spans).toMatchObject([{ outcome: 'loaded', from: 10, to: 20 }]);
    const ended = [attempt(8, '0', null, null), attempt(10, '0', 0, 1), attempt(14, '0', 0, 1)];
    expect(outcomeSpans(chartPoints(ended))).toMatchObject([
      { outcome: 'refused', from: 8, to: 9 },
      { outcome: 'loaded', from: 9, to: 14 },
    ]);
  });

  it('is the same bytes for the same records, and small enough to be kept', async () => {
    const records = wholeSweep(14);
    const svg = await renderChart(chartSpec(records));
    expect(await renderChart(chartSpec(records))).toBe(svg);
    expect(svg.length).toBeLessThan(200_000);
    expect(leftOpen(svg)).toBe(0);
  });

  it('marks the load that keeps more and runs slower', () => {
    const marked = chartPoints(RECORDS).filter(({ slower }) => slower);
    expect(marked).toMatchObject([{ ask: 'fitting policy', mebibytes: 20, microseconds: 6479 }]);
  });

  it('is an SVG with a row for each series and one legend', async () => {
    const svg = await renderChart(chartSpec(RECORDS));
    expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(svg).toContain('TensorRT 10.6.0, NVIDIA H100, driver 580');
    expect(svg).toContain('8x4096b1: 1 engine of 8 layers 4096 × 4096, batch 1, 100 MB of weights');
    for (const title of ['asked by', 'outcome']) expect(svg.split(`>${title}<`).length).toBe(2);
  });
});
