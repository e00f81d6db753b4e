import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCost } from '../hardware/cost/cost-file.js';
import type { CostRecord } from '../hardware/cost/cost-record.js';
import { costText, ratiosOf } from '../hardware/cost/ratios.js';
import { suiteRoot } from '../suite-root.js';

const recorded = join(suiteRoot(), 'golden/recorded');
const lines = readCost(join(recorded, 'h200/cost.jsonl'));
const times = lines.filter((line): line is CostRecord => line.record === 'time');
const series = [...new Set(times.map((time) => time.series))];

describe('the costs on an H200', () => {
  it('were measured on a real TensorRT', () => {
    expect(lines[0]).toMatchObject({ gpu: 'NVIDIA H200', tensorrt: '10.6.0', simulated: false });
    expect(costText(lines)).not.toContain('simulated');
  });

  it('are of three networks, 40 rounds of everything that is timed', () => {
    expect(series).toEqual(['2x64b1', '16x1024b1', '8x2048b512']);
    const timed = new Set(times.map((time) => time.timed));
    expect(timed.size).toBeGreaterThanOrEqual(10);
    expect(times).toHaveLength(series.length * timed.size * 40);
    expect(new Set(times.map(({ series: name, round, timed }) => `${name} ${round} ${timed}`)).size).toBe(
      times.length,
    );
  });

  it('stand in the table of the README', () => {
    const readme = readFileSync(join(recorded, 'README.md'), 'utf8').replace(/ +/g, ' ');
    for (const name of series) {
      for (const { what, pairs, ratio } of ratiosOf(times.filter((time) => time.series === name))) {
        expect(pairs).toBe(40);
        const [median, lower, upper] = [ratio.median, ratio.lower, ratio.upper].map((one) => one.toFixed(2));
        expect(readme).toContain(`| ${name} | ${what} | ${median} | ${lower} to ${upper} |`);
      }
    }
  });
});
