import { readFileSync } from 'node:fs';
import type { SweepRecord } from './sweep-record.js';

/** A file of a sweep cannot be read. */
export class SweepFileError extends Error {
  override readonly name = 'SweepFileError';
  readonly code = 'ERR_SWEEP_FILE';
}

/**
 * Reads the records of a sweep.
 *
 * @throws SweepFileError for a file that cannot be read, or a line that is not a record
 */
export function readSweep(file: string): SweepRecord[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SweepFileError(`${file} cannot be read`, { cause });
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, at) => {
    try {
      const record = JSON.parse(line) as SweepRecord;
      if (['header', 'series', 'attempt', 'end'].includes(record.record)) return record;
    } catch {
      // The message below says where.
    }
    throw new SweepFileError(
      `${file}, line ${at + 1}, is not a record of a sweep (spec/schemas/sweep.schema.json)`,
    );
  });
}
