import { join } from 'node:path';
import { streamingRate } from '../hardware/sweep/streaming-rate.js';
import { readSweep } from '../hardware/sweep/sweep-file.js';
import { visible } from '../model/visible-text.js';
import { type Amount, bytesOf } from '../planning/amount.js';
import { UsageError } from './output.js';

/** How many bytes of weights are streamed in a second, and who says so. */
export interface Bandwidth {
  readonly bytesPerSecond: bigint;
  readonly from: string;
}

/** The largest engines that were measured, as a path below the root of the suite. */
const RECORDED = 'golden/recorded/h200/large-sweep.jsonl';

/**
 * The bandwidth that was given, or that a sweep measured: the one that was named, else the recorded
 * one.
 *
 * @throws UsageError for a sweep without a run of which it can be told
 */
export function streamingBandwidth(
  root: string,
  { bandwidth, sweep }: { readonly bandwidth?: Amount; readonly sweep?: string },
): Bandwidth {
  if (bandwidth !== undefined) return { bytesPerSecond: bytesOf(bandwidth, 0n), from: '--bandwidth' };
  const rate = streamingRate(readSweep(sweep ?? join(root, RECORDED)));
  const file = sweep ?? RECORDED;
  if (rate === null) {
    throw new UsageError(
      visible`${file} has no engine that ran both with all of its weights streamed and with none. Give --bandwidth.`,
    );
  }
  const { bytesPerSecond, series, gpu, tensorrt } = rate;
  const device = gpu ?? 'a simulated device';
  return { bytesPerSecond, from: `${series} on ${device}, TensorRT ${tensorrt ?? 'unknown'} (${file})` };
}
