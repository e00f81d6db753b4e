import type { TopLevelSpec } from 'vega-lite';
import { MeasurementFileError } from '../sweep/measurement-file.js';
import type { CostLine, Timed } from './cost-record.js';
import { gigabytesOf, quartilesOf } from './ratios.js';

const WIDTH = 520;
const ROW_HEIGHT = 34;
const WHO = { domain: ['TensorRT directly', 'delegate'], range: ['#7a7a7a', '#0b6bcb'] };

/** In which row of which half of the chart a time stands, and whose it is. */
interface Place {
  readonly half: 'load' | 'run';
  readonly row: string;
  readonly who: 'TensorRT directly' | 'delegate';
}

/** The times that the chart has, its rows from the top. */
const PLACES: Readonly<Partial<Record<Timed, Place>>> = {
  'load: TensorRT directly, no budget set': {
    half: 'load',
    row: 'no budget given',
    who: 'TensorRT directly',
  },
  'load: delegate, upstream policy': { half: 'load', row: 'TensorRT’s automatic budget', who: 'delegate' },
  'load: delegate, fitting policy': { half: 'load', row: 'fitting policy', who: 'delegate' },
  'load: TensorRT directly, budget set': { half: 'load', row: 'all resident', who: 'TensorRT directly' },
  'load: delegate, option': { half: 'load', row: 'all resident', who: 'delegate' },
  'load, streamed: TensorRT directly': { half: 'load', row: 'all streamed', who: 'TensorRT directly' },
  'load, streamed: delegate': { half: 'load', row: 'all streamed', who: 'delegate' },
  'run, resident: TensorRT directly': { half: 'run', row: 'all resident', who: 'TensorRT directly' },
  'run, resident: delegate': { half: 'run', row: 'all resident', who: 'delegate' },
  'run, streamed: TensorRT directly': { half: 'run', row: 'all streamed', who: 'TensorRT directly' },
  'run, streamed: delegate': { half: 'run', row: 'all streamed', who: 'delegate' },
};

/** A mark: milliseconds for a gigabyte of weights, of a round, or the median of all. */
interface Mark extends Place {
  readonly milliseconds: number;
  readonly median: boolean;
}

/**
 * The chart of what a large engine costs, in the terms of Vega-Lite: the time for each gigabyte of
 * weights, of loads and of runs, a stroke a round and a dot for their median.
 *
 * @param series the one that is drawn
 * @throws MeasurementFileError when its weights are less than a gigabyte, or were not recorded
 */
export function costChartSpec(lines: readonly CostLine[], series: string): TopLevelSpec {
  const gigabytes = gigabytesOf(lines, series);
  if (gigabytes === null) {
    throw new MeasurementFileError(
      `There is nothing to draw for ${series}: times of a gigabyte need a gigabyte of weights.`,
    );
  }
  const marks = marksOf(lines, series, gigabytes);
  const header = lines.find((line) => line.record === 'header');
  const machine = header?.simulated === false ? (header.gpu ?? 'a GPU') : 'simulated';
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: {
      text: `${series}: ${gigabytes.toFixed(2)} GB of weights, TensorRT ${header?.tensorrt ?? ''}, ${machine}`,
      subtitle: 'Milliseconds for a gigabyte of weights. A stroke is a round, a dot their median.',
      anchor: 'start',
      offset: 14,
    },
    spacing: 26,
    vconcat: [
      half(marks, 'load', 'a load, ms per GB', 'linear'),
      half(marks, 'run', 'a run, ms per GB (log)', 'log'),
    ],
    resolve: { scale: { color: 'shared' } },
    config: {
      aria: false,
      axis: { gridColor: '#e6e6e6', ticks: false, labelPadding: 4, titleFontWeight: 'normal' },
    },
  } as TopLevelSpec;
}

function marksOf(lines: readonly CostLine[], series: string, gigabytes: number): Mark[] {
  return Object.entries(PLACES).flatMap(([timed, place]): Mark[] => {
    const times = lines.flatMap((line) =>
      line.record === 'time' && line.series === series && line.timed === timed
        ? [line.microseconds / 1000 / gigabytes]
        : [],
    );
    if (times.length === 0) return [];
    const rounds = times.map((milliseconds): Mark => ({ ...place, milliseconds, median: false }));
    return [...rounds, { ...place, milliseconds: quartilesOf(times).median, median: true }];
  });
}

function half(marks: readonly Mark[], name: Place['half'], title: string, type: 'linear' | 'log'): object {
  const shown = marks.filter((mark) => mark.half === name);
  const rows = [...new Set(shown.map(({ row }) => row))];
  const x = {
    field: 'milliseconds',
    type: 'quantitative',
    title,
    scale: type === 'log' ? { type, nice: true } : { type, zero: true },
  };
  const y = { field: 'row', type: 'nominal', sort: rows, title: null };
  const color = { field: 'who', type: 'nominal', scale: WHO, title: 'called by' };
  const yOffset = { field: 'who', type: 'nominal', sort: WHO.domain };
  const encoding = { x, y, yOffset, color };
  return {
    width: WIDTH,
    height: ROW_HEIGHT * rows.length,
    data: { values: shown },
    layer: [
      {
        transform: [{ filter: '!datum.median' }],
        mark: { type: 'tick', thickness: 1.4, opacity: 0.5 },
        encoding,
      },
      { transform: [{ filter: 'datum.median' }], mark: { type: 'point', filled: true, size: 55 }, encoding },
    ],
  };
}
