import type { TopLevelSpec } from 'vega-lite';
import type { DeviceCheckResult } from '../../model/device-check.js';
import { CHART_CONFIG, COLOURS } from './chart-style.js';

/** A load on a device, with so much memory free. Sizes in MiB. */
export interface MemoryPoint {
  readonly free: number;
  /** The largest budget that the load set; 0 where it set none. */
  readonly budget: number;
  readonly asked: string;
  readonly end: 'loaded' | 'refused';
}

/** The loads of device checks of which is known how much memory was free. */
export function memoryPoints(checks: readonly DeviceCheckResult[]): readonly MemoryPoint[] {
  return checks.flatMap(({ name, observed }) =>
    observed.flatMap((line): readonly MemoryPoint[] => {
      const { step, free, load, set = '0' } = line;
      if (step !== 'load' || typeof free !== 'string' || typeof load !== 'string') return [];
      const end = load === '0' ? 'loaded' : 'refused';
      return [{ free: mebibytes(free), budget: mebibytes(set), asked: name.split('/').at(-1) ?? name, end }];
    }),
  );
}

function mebibytes(bytes: string | boolean): number {
  return typeof bytes === 'string' && /^\d{1,19}$/.test(bytes) ? Number(bytes) / 2 ** 20 : 0;
}

/** Free memory against what loaded, by what was asked for. */
export function memoryChart(points: readonly MemoryPoint[]): TopLevelSpec {
  const ends = { domain: ['loaded', 'refused'], range: [COLOURS.good, COLOURS.bad] };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 420,
    height: { step: 26 },
    data: { values: points },
    mark: { type: 'point', size: 70, strokeWidth: 1.8, filled: false },
    encoding: {
      x: {
        field: 'free',
        type: 'quantitative',
        title: 'free device memory, MiB',
        scale: { zero: false },
      },
      y: { field: 'asked', type: 'nominal', title: null },
      stroke: { field: 'end', type: 'nominal', scale: ends, title: null },
      shape: {
        field: 'end',
        type: 'nominal',
        scale: { domain: ends.domain, range: ['circle', 'cross'] },
        title: null,
      },
    },
    config: CHART_CONFIG,
  } as unknown as TopLevelSpec;
}
