import type { TopLevelSpec } from 'vega-lite';
import { chartPoints, LEGEND, TRIED, type ChartPoint } from './chart-points.js';
import { seriesOf } from './claims.js';
import type { SeriesRecord, SweepRecord } from './sweep-record.js';

const WIDTH = 330;
const HEIGHT = 130;
const ASK_COLOURS = {
  domain: [...TRIED, LEGEND.largest],
  range: ['#0b6bcb', '#e07b00', '#7a7a7a', '#2e9e5b', '#8e44ad', '#000000'],
};
const OUTCOMES = {
  domain: ['loaded', 'refused', 'not-run', 'crashed', 'unreached'],
  range: ['#2e9e5b', '#f2c14e', '#e07b00', '#c0152f', '#d0d0d0'],
};

const FREE = {
  field: 'mebibytes',
  type: 'quantitative',
  title: 'free device memory, MiB',
  scale: { zero: false },
} as const;

/**
 * The chart of a sweep in the terms of Vega-Lite: a row a series; in it, over the free device memory, what loads, how much
 * stays resident, and what a run takes. Red rings mark loads that keep notably more resident and yet run slower than another at
 * the same level.
 */
export function chartSpec(records: readonly SweepRecord[]): TopLevelSpec {
  const points = chartPoints(records);
  const header = records.find((record) => record.record === 'header');
  const machine =
    header?.simulated === false
      ? `${header.gpu ?? 'a GPU'}, driver ${header.driver ?? 'unknown'}`
      : 'simulated';
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: {
      text: `Weight streaming over free device memory: TensorRT ${header?.tensorrt ?? ''}, ${machine}`,
      subtitle: 'Red rings: more weights resident than another load at this level, and slower.',
      anchor: 'start',
    },
    vconcat: seriesOf(records).map((series) =>
      row(
        series,
        points.filter((point) => point.series === series.series),
      ),
    ),
    resolve: { scale: { color: 'shared', fill: 'shared' } },
    config: { axis: { gridColor: '#eeeeee' }, point: { size: 22 } },
  } as TopLevelSpec;
}

function row(series: SeriesRecord, points: readonly ChartPoint[]): object {
  const { layers, dim, batch, engines, streamable } = series;
  const size = (Number(streamable) / 1e6).toFixed(0);
  return {
    title: {
      text: `${series.series}: ${engines} engine${engines === 1 ? '' : 's'} of ${layers} layers ${dim} × ${dim}, batch ${batch}, ${size} MB each`,
      anchor: 'start',
      fontSize: 12,
    },
    data: { values: points },
    hconcat: [outcomes(), shares(), times()],
    resolve: { scale: { x: 'shared' } },
  };
}

/** Which ways to ask load, a line each. */
function outcomes(): object {
  return {
    width: WIDTH,
    height: HEIGHT,
    mark: { type: 'square', size: 70 },
    encoding: {
      x: FREE,
      y: { field: 'ask', type: 'nominal', sort: ASK_COLOURS.domain, title: null },
      fill: { field: 'outcome', type: 'nominal', scale: OUTCOMES, title: 'what became of it' },
    },
  };
}

/** How much of the weights stays on the device: what the policies choose, and the most that can be had. */
function shares(): object {
  return {
    width: WIDTH,
    height: HEIGHT,
    transform: [
      { filter: { field: 'ask', oneOf: [LEGEND.fitting, LEGEND.upstream, LEGEND.largest] } },
      { filter: 'isValid(datum.resident)' },
    ],
    mark: { type: 'line', point: true, interpolate: 'linear' },
    encoding: {
      x: FREE,
      y: { field: 'resident', type: 'quantitative', title: 'resident, %', scale: { domain: [0, 100] } },
      color: colour(),
      strokeDash: {
        condition: { test: `datum.ask === '${LEGEND.largest}'`, value: [4, 3] },
        value: [1, 0],
      },
    },
  };
}

function times(): object {
  const y = {
    field: 'microseconds',
    type: 'quantitative',
    title: 'a run, µs (log)',
    scale: { type: 'log', nice: false },
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    transform: [{ filter: { field: 'ask', oneOf: TRIED } }, { filter: 'isValid(datum.microseconds)' }],
    layer: [
      {
        mark: { type: 'line', point: true, strokeWidth: 1.2 },
        encoding: { x: FREE, y, color: colour() },
      },
      {
        transform: [{ filter: 'datum.slower' }],
        mark: {
          type: 'point',
          shape: 'circle',
          size: 130,
          color: '#c0152f',
          filled: false,
          strokeWidth: 1.6,
        },
        encoding: { x: FREE, y },
      },
    ],
  };
}

function colour(): object {
  return { field: 'ask', type: 'nominal', scale: ASK_COLOURS, title: 'asked by', sort: ASK_COLOURS.domain };
}
