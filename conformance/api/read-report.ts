import { join } from 'node:path';
import { isFolder } from '../files/files-below.js';
import { readPlainText } from '../files/read-plain-file.js';
import { readToldReport } from '../report/read-told-report.js';
import { REPORT } from '../report/report-folder.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import type { Report } from './report.js';

/**
 * Reads a finished report: who was tested, the cases with their verdicts, the findings with the
 * commands that show them again, and what the run says of its subject.
 *
 * @param given a `report.jsonl`, or the folder that it is in
 * @throws ReportRefused when it is not finished, or a line was changed, moved or taken out
 * @throws FileError when it is no plain file
 */
export function readReport(given: string): Report {
  const root = suiteRoot();
  const file = isFolder(given) ? join(given, REPORT) : given;
  return readToldReport(readPlainText(file), root, loadSchemas(root));
}
