import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startRecord } from '../../reference/engine/engine-record.js';
import { SimulatedDevice } from '../../reference/engine/simulated-device.js';
import { SimulatedEngine } from '../../reference/engine/simulated-engine.js';
import { scriptedPlan } from '../../reference/plan/plan.js';
import { suiteRoot } from '../suite-root.js';
import { levelClaims } from '../hardware/sweep/claims.js';
import { readSweep } from '../hardware/sweep/sweep-file.js';
import type { Ask, AttemptRecord, SeriesRecord } from '../hardware/sweep/sweep-record.js';

const recorded = join(suiteRoot(), 'golden/recorded');
const records = readSweep(join(recorded, 'h200/sweep.jsonl'));
const series = records.filter((record): record is SeriesRecord => record.record === 'series');
const attempts = records.filter((record): record is AttemptRecord => record.record === 'attempt');

/** What a plan holds from its load on, before a budget is asked for: one granule. */
const LOADED = 2n << 20n;

/**
 * What the README says of both sweeps: so many bytes is the fitting policy below the largest budget
 * that loads, at most.
 */
const SHORT = 5_100_000;

describe.each(['sweep.jsonl', 'sweep-fresh.jsonl'])('the fitting policy in %s', (file) => {
  const all = readSweep(join(recorded, 'h200', file));
  const claims = levelClaims(all);

  it('loads wherever a budget of 0 does, and ends no process', () => {
    expect(claims.filter(({ zeroLoads }) => zeroLoads).length).toBeGreaterThan(50);
    expect(claims.filter(({ zeroLoads, fittingLoads }) => zeroLoads && !fittingLoads)).toEqual([]);
    const ended = all.filter((one) => one.record === 'attempt' && one.outcome === 'crashed');
    expect(ended.filter((one) => one.record === 'attempt' && one.ask === 'fitting')).toEqual([]);
  });

  it('keeps within three granules of the most that loads', () => {
    const totals = new Map(
      all.flatMap((one) =>
        one.record === 'series' ? [[one.series, Number(one.streamable) * one.engines] as const] : [],
      ),
    );
    const short = claims.flatMap(({ series: name, fitting, largest }) =>
      fitting === null || largest === null ? [] : [(largest - fitting) * (totals.get(name) ?? NaN)],
    );
    expect(short.length).toBeGreaterThan(50);
    expect(Math.max(...short)).toBeLessThan(SHORT);
  });
});

describe('the sweep on an H200', () => {
  it('was measured on a real TensorRT', () => {
    expect(records[0]).toMatchObject({ gpu: 'NVIDIA H200', tensorrt: '10.6.0', simulated: false });
  });

  it.each(series)('has at least 24 levels of free memory for $series', ({ series: name }) => {
    const levels = attempts.filter((attempt) => attempt.series === name).map(({ level }) => level);
    expect(new Set(levels).size).toBeGreaterThanOrEqual(24);
  });

  it.each(series)("has upstream's automatic budgets as the modelled engine has them: $series", (of) => {
    const [streamable, activations] = [BigInt(of.streamable), BigInt(of.activations)];
    const first = attempts.flatMap(({ series: name, ask, free, budgets }) =>
      name === of.series && ask === 'upstream' && free !== null && budgets[0] !== undefined
        ? [{ free: BigInt(free), budget: BigInt(budgets[0]) }]
        : [],
    );
    expect(first.length).toBeGreaterThan(12);
    for (const { free, budget } of first) {
      const left = free > LOADED ? free - LOADED : 0n;
      const device = new SimulatedDevice({ totalBytes: free, freeBytes: left, faults: [] });
      const plan = scriptedPlan({ kind: 'modelled', streamable, activations, scratch: BigInt(of.scratch) });
      const engine = new SimulatedEngine(plan, device, startRecord(0));
      const automatic = engine.getWeightStreamingAutomaticBudget();
      // All weights may be refused at the set; upstream then sets 0.
      expect(automatic === streamable ? [automatic, 0n] : [automatic]).toContain(budget);
    }
  });

  it('is counted in the table of the README', () => {
    const readme = readFileSync(join(recorded, 'README.md'), 'utf8').replace(/ +/g, ' ');
    const loaded = (name: string, ask: Ask): number =>
      attempts.filter((one) => one.series === name && one.ask === ask && one.outcome === 'loaded').length;
    for (const { series: name } of series) {
      const levels = new Set(attempts.filter((one) => one.series === name).map(({ level }) => level)).size;
      const counts = (['0', 'fitting', 'upstream'] as const).map((ask) => loaded(name, ask));
      expect(readme).toContain(`| ${[name, levels, ...counts].join(' | ')} |`);
    }
  });
});
