import { InvalidArgumentError } from 'commander';
import { parseSeries, type Series } from '../hardware/sweep/series.js';

/** Names of series from the command line, such as `8x4096b1,8x4096b1*2`. */
export function parseSeriesList(text: string): Series[] {
  try {
    return text.split(',').map((name) => parseSeries(name));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
