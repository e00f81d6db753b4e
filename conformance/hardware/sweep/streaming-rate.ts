import type { AttemptRecord, SeriesRecord, SweepRecord } from './sweep-record.js';

/** How fast weights were streamed. */
export interface StreamingRate {
  readonly bytesPerSecond: bigint;
  /** Of which engines. */
  readonly series: string;
  /** As the header of the sweep has it; null when that does not tell. */
  readonly gpu: string | null;
  readonly tensorrt: string | null;
}

/**
 * The rate at which the largest engines of a sweep were streamed: of the runs with everything
 * streamed the median, without the time that a run takes with everything resident. Null when it
 * holds no such runs.
 */
export function streamingRate(records: readonly SweepRecord[]): StreamingRate | null {
  const header = records.find((record) => record.record === 'header');
  const series = records
    .filter((record) => record.record === 'series')
    .sort((a, b) => Number(weightsOf(b) - weightsOf(a)));
  for (const one of series) {
    const bytesPerSecond = rateOf(one, records);
    if (bytesPerSecond !== null) {
      const { gpu = null, tensorrt = null } = header ?? {};
      return { bytesPerSecond, series: one.series, gpu, tensorrt };
    }
  }
  return null;
}

function weightsOf({ streamable, engines }: SeriesRecord): bigint {
  return BigInt(streamable) * BigInt(engines);
}

function rateOf(series: SeriesRecord, records: readonly SweepRecord[]): bigint | null {
  const times = (resident: number): number[] =>
    records
      .filter((record): record is AttemptRecord => record.record === 'attempt')
      .filter((one) => one.series === series.series && one.resident === resident)
      .flatMap(({ time }) => (time === null ? [] : [time.median]));
  const streamed = median(times(0));
  const resident = median(times(1));
  if (streamed === null || resident === null || streamed <= resident) return null;
  // Microseconds have hundredths.
  const hundredths = BigInt(Math.round((streamed - resident) * 100));
  return hundredths > 0n ? (weightsOf(series) * 100_000_000n) / hundredths : null;
}

function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
