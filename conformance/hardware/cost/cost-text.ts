import type { CostLine, CostRecord } from './cost-record.js';
import { ratiosOf, type Ratio } from './ratios.js';

/** A table of ratios for each series. */
export function costText(lines: readonly CostLine[]): string {
  const times = lines.filter((line): line is CostRecord => line.record === 'time');
  const series = [...new Set(times.map((time) => time.series))];
  const tables = series
    .map((name) => {
      const ratios = ratiosOf(times.filter((time) => time.series === name));
      return `${name}\n${ratios.map(ratioLine).join('')}`;
    })
    .join('\n');
  const simulated = lines.some((line) => line.record === 'header' && line.simulated);
  return simulated
    ? `${tables}\nOn the simulated TensorRT, where calls cost nothing: a rehearsal.\n`
    : tables;
}

function ratioLine({ what, pairs, microseconds: [measured, base], ratio }: Ratio): string {
  const spread = `${times(ratio.lower)} to ${times(ratio.upper)}, all ${times(ratio.least)} to ${times(ratio.most)}`;
  return [
    `  ${what.padEnd(54)}`,
    times(ratio.median).padStart(8),
    `  (middle half ${spread}; ${pairs} pairs;`,
    ` ${duration(measured)} against ${duration(base)})\n`,
  ].join('');
}

const times = (ratio: number): string => `${ratio.toFixed(3)} x`;
const duration = (microseconds: number): string =>
  microseconds >= 1000 ? `${(microseconds / 1000).toFixed(2)} ms` : `${microseconds.toFixed(1)} us`;
