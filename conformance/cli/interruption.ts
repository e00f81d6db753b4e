import { lineList, visible } from '../model/visible-text.js';
import { countText } from '../model/count-text.js';
import { timeText } from '../report/table.js';
import type { Header } from '../run/header.js';
import type { Reporter } from '../run/reporter.js';
import { resumeCommand, resumeWords } from './command-line.js';
import type { Output } from './output.js';

/** Signals by which a user ends a run. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Says of a run that a signal ends how far it came and how it is continued, once the others have
 * written what they hold. The signal does then what it would have done.
 *
 * @param others the reporters of the run
 * @param release gives back what the run holds, such as its folder
 */
export function interruption(
  header: Header,
  folder: string,
  others: readonly Reporter[],
  { err }: Output,
  release: () => void,
): Reporter {
  let cases = 0;
  let milliseconds = 0;
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    stop();
    for (const reporter of others) reporter.close?.();
    release();
    err.write(
      lineList([
        visible``,
        visible`Interrupted by ${signal}: ${countText(cases)} cases were counted in ${timeText(milliseconds)}.`,
        visible`They say nothing about the subject yet. To ${resumeWords(header)} the run:`,
        visible`  ${resumeCommand(header, folder)}`,
      ]),
    );
    process.kill(process.pid, signal);
  };
  return {
    begin: () => {
      for (const signal of SIGNALS) process.on(signal, onSignal);
    },
    step: (step) => {
      cases += step.cases;
      milliseconds = Math.max(milliseconds, step.milliseconds);
    },
    close: stop,
  };
}
