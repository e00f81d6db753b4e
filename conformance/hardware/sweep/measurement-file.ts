import { readPlainText } from '../../files/read-plain-file.js';

/** A file of measurements cannot be read. */
export class MeasurementFileError extends Error {
  override readonly name = 'MeasurementFileError';
  readonly code = 'ERR_MEASUREMENT_FILE';
}

/** What the lines of a file of measurements are. */
export interface MeasurementFormat<Line extends { readonly record: string }> {
  /** What was measured, such as `sweep`; the schema is named for it. */
  readonly name: string;
  readonly records: readonly Line['record'][];
}

/**
 * Reads the lines of a measurement, one JSON object each.
 *
 * @throws MeasurementFileError for a file that cannot be read, or a line that is not a record
 */
export function readMeasurement<Line extends { readonly record: string }>(
  file: string,
  { name, records }: MeasurementFormat<Line>,
): Line[] {
  let text: string;
  try {
    text = readPlainText(file);
  } catch (cause) {
    throw new MeasurementFileError(`${file} cannot be read`, { cause });
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, at) => {
    try {
      const record = JSON.parse(line) as Line;
      if (records.includes(record.record)) return record;
    } catch {
      // The message below says where.
    }
    throw new MeasurementFileError(
      `${file}, line ${at + 1}, is not a record of a ${name} (spec/schemas/${name}.schema.json)`,
    );
  });
}
