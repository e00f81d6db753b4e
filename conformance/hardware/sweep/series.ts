/** A chain of `layers` matrix products with weights of dim × dim in float16, on `batch` rows. */
export interface Network {
  readonly layers: number;
  readonly dim: number;
  readonly batch: number;
}

/** What one series of a sweep loads: a program with one or two engines of the same network. */
export interface Series {
  readonly network: Network;
  readonly engines: number;
}

const MOST_ENGINES = 4;

/** Each batch with one engine, then two; what takes longest is last, should the time be up. */
export const DEFAULT_SERIES: readonly Series[] = [
  '16x1024b1',
  '16x1024b1*2',
  '16x1024b1024',
  '16x1024b1024*2',
  '8x2048b512',
  '8x2048b512*2',
  '8x2048b2048',
  '8x2048b2048*2',
  '8x2048b4096',
  '8x2048b4096*2',
  '4x4096b1',
  '4x4096b1*2',
  '8x4096b1',
  '8x4096b1*2',
].map((name) => parseSeries(name));

/** `8x4096b1*2` for two engines of 8 layers of 4096 × 4096 with a batch of 1. */
export function seriesName({ network, engines }: Series): string {
  return `${networkName(network)}${engines === 1 ? '' : `*${engines}`}`;
}

/** `8x4096b1` for 8 layers of 4096 × 4096 with a batch of 1. */
export function networkName({ layers, dim, batch }: Network): string {
  return `${layers}x${dim}b${batch}`;
}

/**
 * Reads the name of a series.
 *
 * @throws RangeError for a text that is none
 */
export function parseSeries(name: string): Series {
  const match = /^([1-9]\d{0,2})x([1-9]\d{0,4})b([1-9]\d{0,4})(?:\*([1-9]))?$/.exec(name);
  const [layers = 0, dim = 0, batch = 0, engines = 1] = (match ?? []).slice(1).map((n) => Number(n || 1));
  if (match === null || engines > MOST_ENGINES) {
    throw new RangeError(
      `${name} is not a series: give layers, dim and batch such as 8x4096b1, and *2 for two engines`,
    );
  }
  return { network: { layers, dim, batch }, engines };
}

/** `l8d4096b1.plan`: the file of a plan of that network, built for streaming. */
export function planName({ layers, dim, batch }: Network): string {
  return `l${layers}d${dim}b${batch}.plan`;
}

/** What TensorRT tells of an engine, in bytes. */
export interface EngineSizes {
  readonly streamable: bigint;
  /** While weights are streamed. */
  readonly scratch: bigint;
  /** While none are. */
  readonly activations: bigint;
}
