import { join } from 'node:path';
import { FileError } from '../files/file-error.js';
import { isFolder } from '../files/files-below.js';
import { readPlainText } from '../files/read-plain-file.js';
import { visible } from '../model/visible-text.js';
import { REPORT } from '../report/report-folder.js';
import { UsageError } from './output.js';

/**
 * The text of a report, from its file or from the folder that it is in.
 *
 * @throws UsageError when it cannot be read
 */
export function readReportFile(given: string): string {
  const file = isFolder(given) ? join(given, REPORT) : given;
  try {
    return readPlainText(file);
  } catch (cause) {
    if (cause instanceof FileError) throw new UsageError(visible`${cause.message}`, { cause });
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(visible`The report ${file} cannot be read (${why}).`, { cause });
  }
}
