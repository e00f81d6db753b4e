import { Command } from 'commander';
import { FileError } from '../files/file-error.js';
import { readPlainText } from '../files/read-plain-file.js';
import { visible, lineList } from '../model/visible-text.js';
import { ReportRefused, verifyReport } from '../report/verify-report.js';
import { EXIT } from '../run/conclusion.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadProfiles } from '../spec/profiles.js';
import { loadSchemas } from '../spec/schemas.js';
import { type Output, UsageError } from './output.js';

/** `trt-conformance verify REPORT`. */
export function verifyCommand(root: string, { out }: Output, end: (code: number) => void): Command {
  return new Command('verify')
    .description(
      'Recompute the verdict of a finished report from its lines alone; refuse one that was edited or cut.',
    )
    .argument('<report>', 'a report.jsonl')
    .action((file: string) => {
      const schemas = loadSchemas(root);
      const specified = { schemas, clauses: loadClauses(root), profiles: loadProfiles(root, schemas) };
      try {
        out(lineList([visible`Verified. ${verifyReport(readText(file), specified)}`]));
        end(EXIT.conforms);
      } catch (error) {
        if (!(error instanceof ReportRefused)) throw error;
        out(lineList([visible`Refused: ${file}: ${error.message}`]));
        end(EXIT.doesNotConform);
      }
    });
}

function readText(file: string): string {
  try {
    return readPlainText(file);
  } catch (cause) {
    if (cause instanceof FileError) throw new UsageError(visible`${cause.message}`, { cause });
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(visible`The report ${file} cannot be read (${why}).`, { cause });
  }
}
