import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../cli/main.js';
import { suiteRoot } from '../../suite-root.js';
import { measuredMachine } from '../sweep/measured-machine.js';
import { parseSeries } from '../sweep/series.js';
import { skippedWithout } from '../../testing/skipped-without.js';
import { costChartSpec } from './cost-chart.js';
import { renderChart } from '../../chart/render-chart.js';
import { TIMED, timedFor, type CostLine, type CostRecord, type Timed } from './cost-record.js';
import { costText, quartilesOf, ratiosOf } from './ratios.js';
import { runCost } from './run-cost.js';

const root = suiteRoot();
const folder = mkdtempSync(join(tmpdir(), 'wsb-cost-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const time = (round: number, timed: Timed, microseconds: number): CostRecord => ({
  record: 'time',
  series: 's',
  round,
  timed,
  microseconds,
});

describe('ratiosOf', () => {
  it('compares each round with itself', () => {
    const [ratio, ...more] = ratiosOf([
      time(0, 'run, resident: delegate', 30),
      time(0, 'run, resident: TensorRT directly', 10),
      time(1, 'run, resident: delegate', 400),
      time(1, 'run, resident: TensorRT directly', 200),
      time(2, 'run, resident: delegate', 5),
      time(2, 'run, resident: TensorRT directly', 5),
      time(3, 'run, resident: delegate', 7),
    ]);
    expect(more).toEqual([]);
    expect(ratio).toMatchObject({
      pairs: 3,
      microseconds: [30, 10],
      ratio: { least: 1, median: 2, most: 3 },
    });
  });

  it('says nothing of what was not measured', () => {
    expect(ratiosOf([])).toEqual([]);
    expect(ratiosOf([time(0, 'run, resident: delegate', 30)])).toEqual([]);
  });
});

describe('timedFor', () => {
  it('takes all times, or those alone that stand beside TensorRT itself', () => {
    expect([...timedFor('all')].sort()).toEqual([...TIMED].sort());
    const alone = [...timedFor('tensorrt')];
    expect(alone).toHaveLength(8);
    expect(alone.every((timed) => /^(?:load|run)/.test(timed) && !timed.includes('without'))).toBe(true);
    expect(alone).toContain('load, streamed: delegate');
  });
});

describe('quartilesOf', () => {
  it('takes figures that are there', () => {
    expect(quartilesOf([5, 1, 4, 2, 3])).toEqual({ least: 1, lower: 2, median: 3, upper: 4, most: 5 });
    expect(quartilesOf([2])).toEqual({ least: 2, lower: 2, median: 2, upper: 2, most: 2 });
  });

  it('lies between two figures where none is in the middle, and leans to neither', () => {
    expect(quartilesOf([4, 1, 3, 2])).toEqual({ least: 1, lower: 1.75, median: 2.5, upper: 3.25, most: 4 });
    expect(quartilesOf([1, 2])).toEqual({ least: 1, lower: 1.25, median: 1.5, upper: 1.75, most: 2 });
  });
});

describe.skipIf(skippedWithout(existsSync(join(root, 'native/build/wsb-measure'))))('runCost', () => {
  it('takes every time once a round on the simulated TensorRT', async () => {
    const lines: CostLine[] = [];
    await runCost(
      {
        machine: await measuredMachine(root, null, null),
        series: [parseSeries('2x64b1')],
        timed: timedFor('all'),
        rounds: 3,
        runs: 3,
        // What matters here is that it is a delegate that loads.
        withoutRules: join(root, 'native/build/libtensorrt_delegate.so'),
        folder,
        isOver: () => false,
        write: (line) => void lines.push(line),
        progress: () => undefined,
      },
      'test',
    );
    const schema = JSON.parse(readFileSync(join(root, 'spec/schemas/cost.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ strict: true }).compile(schema);
    for (const line of lines) {
      validate(line);
      expect(validate.errors).toBeNull();
    }
    const [header, ...times] = lines;
    expect(header).toMatchObject({ record: 'header', simulated: true });
    for (const round of [0, 1, 2]) {
      const timed = times.flatMap((line) =>
        line.record === 'time' && line.round === round ? [line.timed] : [],
      );
      expect(timed.sort()).toEqual([...TIMED].sort());
    }
    expect(times).toContainEqual({ record: 'series', series: '2x64b1', streamable: '16640' });
    expect(costText(lines)).toMatch(/delegate against TensorRT, load .* 3 pairs/);
  }, 60_000);

  it.each([
    ['--time', '0s'],
    ['--pairs', '0'],
  ])('does not end well when nothing was timed: %s %s', async (...option) => {
    let said = '';
    const output = { out: (text: string) => void (said += text), err: { write: () => undefined } };
    expect(await main(['cost', '--series', '2x64b1', '--out', folder, ...option], output)).toBe(1);
    expect(said).toContain('Nothing was measured');
  });
});

describe('costChartSpec', () => {
  const series = (streamable: string): CostLine => ({ record: 'series', series: 's', streamable });
  const LINES: readonly CostLine[] = [
    series('2000000000'),
    time(0, 'load, streamed: delegate', 8_000_000),
    time(1, 'load, streamed: delegate', 6_000_000),
    time(0, 'run, streamed: TensorRT directly', 40_000),
  ];

  it('draws milliseconds for a gigabyte, of each round and their median', async () => {
    const spec = JSON.stringify(costChartSpec(LINES, 's'));
    const drawn = [...spec.matchAll(/"milliseconds":([\d.]+),"median":(true|false)/g)].map(
      ([, ms, median]) => [Number(ms), median],
    );
    expect(drawn).toEqual([
      [4000, 'false'],
      [3000, 'false'],
      [3500, 'true'],
      [20, 'false'],
      [20, 'true'],
    ]);
    const svg = await renderChart(costChartSpec(LINES, 's'));
    expect(svg).toContain('all streamed');
    expect(svg).not.toContain('all resident');
  });

  it.each([
    ['weights of less than a gigabyte', [series('999999999')], 's'],
    ['a series that is not there', LINES, 'other'],
  ])('refuses %s', (_, lines, name) => {
    expect(() => costChartSpec(lines, name)).toThrow(/nothing to draw for/);
  });

  it('tells times of a gigabyte in the table, too', () => {
    const both = [...LINES, time(0, 'load, streamed: TensorRT directly', 7_000_000)];
    expect(costText(both)).toContain('4000.00 ms against 3500.00 ms per GB');
    expect(costText([series('10'), ...both.slice(1)])).not.toContain('per GB');
  });
});
