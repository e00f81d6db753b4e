import { readMeasurement } from './measurement-file.js';
import type { SweepRecord } from './sweep-record.js';

/**
 * Reads the records of a sweep.
 *
 * @throws MeasurementFileError for a file that cannot be read, or a line that is not a record
 */
export function readSweep(file: string): SweepRecord[] {
  return readMeasurement<SweepRecord>(file, {
    name: 'sweep',
    records: ['header', 'series', 'attempt', 'end'],
  });
}
