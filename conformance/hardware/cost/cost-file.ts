import { readMeasurement } from '../sweep/measurement-file.js';
import type { CostLine } from './cost-record.js';

/**
 * Reads the lines of a cost measurement.
 *
 * @throws MeasurementFileError for a file that cannot be read, or a line that is not a record
 */
export function readCost(file: string): CostLine[] {
  return readMeasurement<CostLine>(file, { name: 'cost', records: ['header', 'series', 'time'] });
}
