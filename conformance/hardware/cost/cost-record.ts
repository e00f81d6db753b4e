import type { MeasuringHeader } from '../sweep/sweep-record.js';

/** What is timed in every round. */
export type Timed = (typeof TIMED)[number];

/** In the order of a table. */
export const TIMED = [
  'load: TensorRT directly, no budget set',
  'load: TensorRT directly, budget set',
  'load: delegate without budget rules',
  'load: delegate, option',
  'load: delegate, fitting policy',
  'load: delegate, upstream policy',
  'load, streamed: TensorRT directly',
  'load, streamed: delegate',
  'run, resident: TensorRT directly',
  'run, resident: delegate',
  'run, streamed: TensorRT directly',
  'run, streamed: delegate',
] as const;

/** What shows the cost of the budget rules. */
export const WITHOUT_RULES: Timed = 'load: delegate without budget rules';

/** What is compared: the first as a ratio to the second, round by round. */
export const COMPARED: readonly (readonly [measured: Timed, base: Timed, what: string])[] = [
  ['load: delegate, option', 'load: delegate without budget rules', 'budget rules, with an option'],
  ['load: delegate, fitting policy', 'load: delegate without budget rules', 'budget rules, fitting policy'],
  ['load: delegate, upstream policy', 'load: delegate without budget rules', 'budget rules, upstream policy'],
  ['load: delegate, option', 'load: TensorRT directly, budget set', 'delegate against TensorRT, load'],
  [
    'load: delegate without budget rules',
    'load: TensorRT directly, no budget set',
    'delegate without budget rules against TensorRT, load',
  ],
  [
    'load, streamed: delegate',
    'load, streamed: TensorRT directly',
    'delegate against TensorRT, load, streamed',
  ],
  ['run, resident: delegate', 'run, resident: TensorRT directly', 'delegate against TensorRT, run, resident'],
  ['run, streamed: delegate', 'run, streamed: TensorRT directly', 'delegate against TensorRT, run, streamed'],
];

/** What can be compared: all, or the delegate with TensorRT called directly alone. */
export const COMPARISONS = ['all', 'tensorrt'] as const;

/** The times that a comparison needs. */
export function timedFor(comparison: (typeof COMPARISONS)[number]): ReadonlySet<Timed> {
  const chosen = COMPARED.filter(
    ([measured, base]) => comparison === 'all' || (measured !== WITHOUT_RULES && base !== WITHOUT_RULES),
  );
  return new Set(chosen.flatMap(([measured, base]) => [measured, base]));
}

/** One time, in microseconds, of one round; a time of runs is the median of several in a row. */
export interface CostRecord {
  readonly record: 'time';
  readonly series: string;
  readonly round: number;
  readonly timed: Timed;
  readonly microseconds: number;
}

/** What a series loads. Bytes in decimal digits, of all engines. */
export interface CostSeries {
  readonly record: 'series';
  readonly series: string;
  readonly streamable: string;
}

/** A line of cost.jsonl. */
export type CostLine = MeasuringHeader | CostSeries | CostRecord;
