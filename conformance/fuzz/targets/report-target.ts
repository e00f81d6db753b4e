import { bytesOf } from '../../model/text.js';
import { readReportLines } from '../../report/read-report.js';
import { ReportRefused, readReportText } from '../../report/report-text.js';
import { DocumentError, loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import { mutateJson } from './mutate-json.js';
import type { ReaderTarget } from './reader-target.js';
import { takenOrRefused } from './taken-or-refused.js';

/** A report, read to be continued and read to be verified. The inputs are kept with the suite. */
export const REPORT_TARGET: ReaderTarget = {
  name: 'report',
  what: 'a report',
  read: (input) => {
    const text = Buffer.from(input).toString('utf8');
    const root = suiteRoot();
    const schemas = loadSchemas(root);
    const lines = text.split('\n').slice(0, -1);
    const continued = (): string => readReportLines(lines, root, schemas, 'the report').kind;
    const verified = (): string => readReportText(text, schemas).footer.outcome;
    return [takenOrRefused([DocumentError], continued), takenOrRefused([ReportRefused], verified)].join(' ');
  },
  twin: 'none',
  seeds: () => [],
  mutate: (random, input) => {
    const lines = Buffer.from(input).toString('utf8').split('\n');
    const at = random.below(lines.length);
    const line = mutateJson(random, bytesOf(lines[at] ?? ''));
    return line === null ? null : bytesOf(lines.with(at, line).join('\n'));
  },
};
