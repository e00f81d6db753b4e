import type { Command } from 'commander';
import { drawnFor, isGiven, LOADING_SUBJECT, refuseOfDelegates } from './exporter-options.js';
import type { Output } from './output.js';
import type { ExporterOptions, SuiteOptions } from './suite-options.js';

/**
 * `trt-conformance run --exporter`: a run, or a case alone, on an exporter.
 *
 * @returns the exit code
 * @throws UsageError when an option has a meaning for delegates alone, or is wrong.
 * @throws SubjectError when the exporter or the delegate cannot be started.
 */
export async function runOfExporter(
  root: string,
  command: Command,
  options: SuiteOptions & ExporterOptions,
  output: Output,
): Promise<number> {
  refuseOfDelegates(command);
  const asked = {
    ...options,
    subject: isGiven(command, 'subject') ? options.subject : LOADING_SUBJECT,
    cases: isGiven(command, 'cases') ? options.cases : drawnFor(options.exporter),
  };
  const { case: file } = options;
  if (file === undefined) return (await import('./start-exporter.js')).startExporter(root, asked, output);
  return (await import('./replay-export.js')).replayExport(root, asked, file, output);
}
