import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { costChartSpec } from '../hardware/cost/cost-chart.js';
import { readCost } from '../hardware/cost/cost-file.js';
import type { CostRecord } from '../hardware/cost/cost-record.js';
import { ratiosOf } from '../hardware/cost/ratios.js';
import { chartSpec } from '../hardware/sweep/chart.js';
import { levelClaims } from '../hardware/sweep/claims.js';
import { renderChart } from '../chart/render-chart.js';
import { readSweep } from '../hardware/sweep/sweep-file.js';
import type { Ask, AttemptRecord, SeriesRecord } from '../hardware/sweep/sweep-record.js';
import { suiteRoot } from '../suite-root.js';

const recorded = join(suiteRoot(), 'golden/recorded');
const readme = readFileSync(join(recorded, 'README.md'), 'utf8').replace(/ +/g, ' ');
const sweep = readSweep(join(recorded, 'h200/large-sweep.jsonl'));
const attempts = sweep.filter((one): one is AttemptRecord => one.record === 'attempt');
const series = sweep.filter((one): one is SeriesRecord => one.record === 'series');
const cost = readCost(join(recorded, 'h200/large-cost.jsonl'));
const times = cost.filter((line): line is CostRecord => line.record === 'time');

describe('the engines of 8.6 GB on an H200', () => {
  it('were measured on a real TensorRT, with more weights than memory was free', () => {
    for (const [header] of [sweep, cost]) {
      expect(header).toMatchObject({ gpu: 'NVIDIA H200', tensorrt: '10.6.0', simulated: false });
    }
    expect(series.map(({ streamable, engines }) => [streamable, engines])).toEqual([
      ['8589934848', 1],
      ['8589934848', 2],
    ]);
    const short = attempts.filter(({ level, series: name }) => {
      const engines = name.endsWith('*2') ? 2n : 1n;
      return BigInt(level) < engines * 8589934848n;
    });
    expect(short.length).toBeGreaterThan(attempts.length / 2);
  });

  it('load with the fitting policy wherever they do with a budget of 0, and no process ended', () => {
    const claims = levelClaims(sweep);
    expect(claims.filter(({ zeroLoads }) => zeroLoads)).toHaveLength(7);
    expect(claims.filter(({ zeroLoads, fittingLoads }) => zeroLoads && !fittingLoads)).toEqual([]);
    expect(attempts.filter(({ outcome }) => outcome === 'crashed')).toEqual([]);
  });

  it('are counted in the table of the README', () => {
    for (const { series: name } of series) {
      const own = attempts.filter((one) => one.series === name);
      const loaded = (ask: Ask): number =>
        own.filter((one) => one.ask === ask && one.outcome === 'loaded').length;
      const levels = new Set(own.map(({ level }) => level)).size;
      const counts = (['0', 'fitting', 'upstream'] as const).map(loaded);
      expect(readme).toContain(`| ${[name, levels, ...counts].join(' | ')} |`);
    }
  });

  it('ran as fast as the README says, at each level at which the fitting policy loaded', () => {
    const rows = attempts.flatMap((one) => {
      if (one.ask !== 'fitting' || one.time === null) return [];
      const zero = attempts.find(
        ({ series: name, level, ask }) => name === one.series && level === one.level && ask === '0',
      );
      const ms = (time: AttemptRecord['time'] | undefined): string => ((time?.median ?? 0) / 1000).toFixed(1);
      const resident = `${((one.resident ?? 0) * 100).toFixed(0)} %`;
      const free = (Number(one.free) / 1e9).toFixed(2);
      return [`| ${[one.series, free, resident, ms(one.time), ms(zero?.time)].join(' | ')} |`];
    });
    expect(rows).toHaveLength(7);
    for (const row of rows) expect(readme).toContain(row);
  });

  it('cost what the README says, against TensorRT called directly', () => {
    const gigabytes = 8.589934848;
    for (const { what, pairs, ratio, microseconds } of ratiosOf(times)) {
      expect(pairs).toBe(5);
      const [median, least, most] = [ratio.median, ratio.least, ratio.most].map((one) => one.toFixed(2));
      const perGigabyte = microseconds.map((time) => (time / 1000 / gigabytes).toPrecision(3));
      expect(readme).toContain(`| ${what} | ${median} | ${least} to ${most} | ${perGigabyte.join(' | ')} |`);
    }
  });

  it('are drawn', async () => {
    const charts = { 'large-sweep': chartSpec(sweep), 'large-cost': costChartSpec(cost, '16x16384b1') };
    for (const [name, spec] of Object.entries(charts)) {
      const file = join(recorded, 'h200', `${name}.svg`);
      expect(existsSync(file), name).toBe(true);
      expect(readFileSync(file, 'utf8')).toBe(await renderChart(spec));
      expect(readme).toContain(`](h200/${name}.svg)`);
    }
  });
});
