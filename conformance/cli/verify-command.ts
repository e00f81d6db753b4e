import { Command } from 'commander';
import { visible, lineList } from '../model/visible-text.js';
import { ReportRefused } from '../report/report-text.js';
import { verifyReport } from '../report/verify-report.js';
import { EXIT } from '../run/exit-code.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadProfiles } from '../spec/profiles.js';
import { loadSchemas } from '../spec/schemas.js';
import type { Output } from './output.js';
import { readReportFile } from './read-report-file.js';

/** `trt-conformance verify REPORT`. */
export function verifyCommand(root: string, { out }: Output, end: (code: number) => void): Command {
  return new Command('verify').argument('<report>', 'a report.jsonl').action((file: string) => {
    const schemas = loadSchemas(root);
    const specified = { schemas, clauses: loadClauses(root), profiles: loadProfiles(root, schemas) };
    try {
      out(lineList([visible`Verified. ${verifyReport(readReportFile(file), specified)}`]));
      end(EXIT.conforms);
    } catch (error) {
      if (!(error instanceof ReportRefused)) throw error;
      out(lineList([visible`Refused: ${file}: ${error.message}`]));
      end(EXIT.doesNotConform);
    }
  });
}
