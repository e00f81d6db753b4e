import type { TopLevelSpec } from 'vega-lite';
import {
  chartPoints,
  LEGEND,
  outcomeSpans,
  TRIED,
  type ChartPoint,
  type OutcomeSpan,
} from './chart-points.js';
import { seriesOf } from './claims.js';
import type { SeriesRecord, SweepRecord } from './sweep-record.js';

const WIDTH = 300;
const HEIGHT = 96;
const ASK_COLOURS = {
  domain: [...TRIED, LEGEND.largest],
  range: ['#0b6bcb', '#e07b00', '#7a7a7a', '#2e9e5b', '#8e44ad', '#000000'],
};
const OUTCOMES = {
  domain: ['loaded', 'refused', 'not-run', 'crashed', 'unreached'],
  range: ['#2e9e5b', '#f2c14e', '#e07b00', '#c0152f', '#d0d0d0'],
};
const LINE = { type: 'line', strokeWidth: 1.4, strokeCap: 'round', strokeJoin: 'round' } as const;

/**
 * The chart of a sweep in the terms of Vega-Lite: a row a series; in it, over the free device
 * memory, what loads, how much stays resident, and what a run takes. Red rings mark loads that keep
 * notably more resident and yet run slower than another at the same level.
 */
export function chartSpec(records: readonly SweepRecord[]): TopLevelSpec {
  const points = chartPoints(records);
  const spans = outcomeSpans(points);
  const rows = seriesOf(records);
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
      offset: 14,
    },
    spacing: 22,
    vconcat: rows.map((series, at) =>
      row(
        series,
        at === rows.length - 1,
        points.filter((point) => point.series === series.series),
        spans.filter((span) => span.series === series.series),
      ),
    ),
    resolve: { scale: { color: 'shared', fill: 'shared' } },
    config: {
      aria: false,
      axis: { gridColor: '#e6e6e6', tickCount: 5, ticks: false, labelPadding: 4, titleFontWeight: 'normal' },
    },
  } as TopLevelSpec;
}

function row(
  series: SeriesRecord,
  isLast: boolean,
  points: readonly ChartPoint[],
  spans: readonly OutcomeSpan[],
): object {
  const { layers, dim, batch, engines, streamable } = series;
  const size = (Number(streamable) / 1e6).toFixed(0);
  const levels = points.map(({ mebibytes }) => mebibytes);
  const x = {
    type: 'quantitative',
    title: isLast ? 'free device memory, MiB' : null,
    scale: { domain: [Math.min(...levels), Math.max(...levels)], nice: false },
  };
  return {
    title: {
      text: `${series.series}: ${engines} engine${engines === 1 ? '' : 's'} of ${layers} layers ${dim} × ${dim}, batch ${batch}, ${size} MB of weights${engines === 1 ? '' : ' each'}`,
      anchor: 'start',
      fontSize: 12,
    },
    bounds: 'flush',
    spacing: 74,
    hconcat: [outcomes(x, spans), shares(x, points), times(x, points)],
  };
}

/** Which ways to ask load, a bar each. */
function outcomes(x: object, spans: readonly OutcomeSpan[]): object {
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: spans },
    mark: { type: 'bar', height: 11 },
    encoding: {
      x: { ...x, field: 'from' },
      x2: { field: 'to' },
      y: { field: 'ask', type: 'nominal', sort: ASK_COLOURS.domain, title: null },
      fill: { field: 'outcome', type: 'nominal', scale: OUTCOMES, title: 'outcome' },
    },
  };
}

/** Which part of the weights stays on the device: what the policies choose, and the most. */
function shares(x: object, points: readonly ChartPoint[]): object {
  const shown: readonly string[] = [LEGEND.largest, LEGEND.fitting, LEGEND.upstream];
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: points.filter(({ ask, resident }) => resident !== null && shown.includes(ask)) },
    mark: LINE,
    encoding: {
      x: { ...x, field: 'mebibytes' },
      y: {
        field: 'resident',
        type: 'quantitative',
        title: 'resident, %',
        scale: { domain: [0, 100] },
      },
      color: colour(),
      strokeDash: {
        condition: { test: `datum.ask === '${LEGEND.largest}'`, value: [4, 3] },
        value: [1, 0],
      },
    },
  };
}

function times(along: object, points: readonly ChartPoint[]): object {
  const x = { ...along, field: 'mebibytes' };
  const measured = points.flatMap(({ mebibytes, ask, microseconds, slower }) =>
    microseconds === null ? [] : [{ mebibytes, ask, slower, milliseconds: microseconds / 1000 }],
  );
  const all = measured.length === 0 ? [1] : measured.map(({ milliseconds }) => milliseconds);
  const y = {
    field: 'milliseconds',
    type: 'quantitative',
    title: 'a run, ms (log)',
    scale: { type: 'log', nice: false, domain: [0.8 * Math.min(...all), 1.25 * Math.max(...all)] },
    axis: { format: '~r', labelOverlap: true },
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: measured },
    layer: [
      { mark: LINE, encoding: { x, y, color: colour() } },
      {
        transform: [{ filter: 'datum.slower' }],
        mark: { type: 'point', shape: 'circle', size: 90, color: '#c0152f', filled: false, strokeWidth: 1.4 },
        encoding: { x, y },
      },
    ],
  };
}

function colour(): object {
  return {
    field: 'ask',
    type: 'nominal',
    scale: ASK_COLOURS,
    title: 'asked by',
    legend: { symbolType: 'stroke', symbolStrokeWidth: 3 },
    sort: ASK_COLOURS.domain,
  };
}
