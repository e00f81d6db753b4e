import { join } from 'node:path';
import { isFolder } from '../files/files-below.js';
import { REPORT } from '../report/report-folder.js';
import { readUserText } from './read-user-text.js';

/**
 * The text of a report, from its file or from the folder that it is in.
 *
 * @throws UsageError when it cannot be read
 */
export function readReportFile(given: string): string {
  return readUserText(isFolder(given) ? join(given, REPORT) : given, { what: 'The report' });
}
