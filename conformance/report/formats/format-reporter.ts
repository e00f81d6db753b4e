import { join } from 'node:path';
import { replaceFile } from '../../files/replace-file.js';
import { lineList, visible, visibleLines } from '../../model/visible-text.js';
import type { Reporter } from '../../run/reporter.js';
import type { ReporterContext } from '../reporter-context.js';
import { toldByRun } from '../told-report.js';
import { type FormatName, FORMATS } from './formats.js';

/** A format that a run was asked for, and where it goes. */
export interface AskedFormat {
  readonly name: FormatName;
  /** Null: into the folder of the report, under the format's own name. */
  readonly file: string | null;
}

/**
 * Writes a report in another format at the end of a run, and says where. The annotations of GitHub
 * are read from what a command prints, so that they are printed where no file is named.
 */
export function formatReporter(
  { name, file }: AskedFormat,
  { folder, clauses, replay, out }: ReporterContext,
): Reporter {
  const format = FORMATS[name];
  return {
    end: async (ended) => {
      const text = await format.write(toldByRun(ended, replay), clauses);
      if (name === 'github' && file === null) {
        out(visibleLines(text));
        return;
      }
      const path = file ?? join(folder, format.file);
      replaceFile(path, text);
      out(lineList([visible`Report: ${path}`]));
    },
  };
}
