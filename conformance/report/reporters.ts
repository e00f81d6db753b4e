import { join } from 'node:path';
import { writeRegressions } from '../golden/regressions.js';
import type { Reporter } from '../run/reporter.js';
import { ConsoleReporter } from './console-reporter.js';
import { JsonlReporter } from './jsonl-reporter.js';
import type { ReporterContext } from './reporter-context.js';
import { statsText } from './stats-text.js';
import { visibleLines } from '../model/visible-text.js';

/** The reporters of a run, in order: a report is written before the console tells of it. */
export const REPORTERS: Readonly<Record<string, (context: ReporterContext) => Reporter>> = {
  jsonl: (context) => new JsonlReporter(context),
  regressions: ({ root }) => ({
    end: ({ result }) => {
      writeRegressions(join(root, 'golden/regressions'), result.findings);
    },
  }),
  stats: ({ out }) => ({
    end: ({ header }) => {
      out(visibleLines(statsText(Number(header.seed))));
    },
  }),
  console: (context) => new ConsoleReporter(context),
};
