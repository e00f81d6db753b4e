import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { fileChanges } from '../files/file-changes.js';
import { lineList, visible } from '../model/visible-text.js';
import { CLEAR_SCREEN } from '../report/progress.js';
import { REPORT } from '../report/report-folder.js';
import { EXIT } from '../run/exit-code.js';
import { loadSchemas } from '../spec/schemas.js';
import { takeConfig } from './configured-options.js';
import { type Output, UsageError } from './output.js';
import { runCommand } from './run-command.js';
import type { SuiteOptions } from './suite-options.js';
import { watchedFiles } from './watched-files.js';

/** The folder, below that of the report, for runs of what the last whole run left open. */
const OPEN = 'open';

/** `trt-conformance watch`: runs again whenever a file of the subject changes, until Ctrl-C. */
export function watchCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('watch')
    .argument('[options...]', 'options of run')
    .allowUnknownOption()
    .action(async (words: readonly string[], _: object, own: Command) => {
      await watch(root, words, runOptions(root, own, words, output), output);
      end(EXIT.conforms);
    });
}

/** What is run again and again. */
interface Watched {
  readonly root: string;
  /** The options of run, as they were given. */
  readonly words: readonly string[];
  readonly options: SuiteOptions;
  readonly output: Output;
}

async function watch(
  root: string,
  words: readonly string[],
  options: SuiteOptions,
  output: Output,
): Promise<void> {
  const files = watchedFiles(root, options);
  if (files.length === 0) {
    throw new UsageError(
      visible`${options.subject} has no file of which a change could be seen. Watch so:PATH or exec:COMMAND.`,
    );
  }
  const waiting = new Waiting();
  const stop = (): void => {
    waiting.end();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, stop);
  const unwatch = fileChanges(files, () => {
    waiting.change();
  });
  try {
    let code: number = EXIT.conforms;
    do {
      code = await round({ root, words, options, output }, code, waiting.ended);
      if (!waiting.isOver)
        output.err.write(lineList([visible`Watching ${files.length} files; Ctrl-C ends it.`]));
    } while (await waiting.next());
  } finally {
    unwatch();
    for (const signal of signals) process.off(signal, stop);
  }
}

/** The options of run, checked before anything is run. */
function runOptions(root: string, own: Command, words: readonly string[], output: Output): SuiteOptions {
  const command = runCommand(root, output, () => undefined)
    .copyInheritedSettings(own)
    .action(() => undefined);
  command.parse([...words], { from: 'user' });
  takeConfig(command, loadSchemas(root));
  const options = command.opts<SuiteOptions>();
  if (options.case === undefined && options.program === undefined && options.resume === undefined)
    return options;
  throw new UsageError('watch runs the suite: leave out --case, --program and --resume.');
}

/**
 * Runs what the last whole run left open where that one failed, and all of it where nothing of that
 * fails any more. Gives the exit code.
 */
async function round(
  { root, words, options, output }: Watched,
  last: number,
  ended: AbortSignal,
): Promise<number> {
  // What is not on a terminal is a log.
  if (output.err.isTTY === true) output.err.write(CLEAR_SCREEN);
  const { report, changedSince } = options;
  if (last === EXIT.doesNotConform && changedSince === undefined && existsSync(join(report, REPORT))) {
    const more = ['--changed-since', report, '--report', join(report, OPEN)];
    const code = await runOnce(root, [...words, ...more], ended);
    if (code === EXIT.doesNotConform) {
      output.err.write(lineList([visible`Something that failed still does, so the rest was not run.`]));
      return code;
    }
  }
  return runOnce(root, words, ended);
}

/** A run in a process of its own: a library that changed is loaded anew there. */
async function runOnce(root: string, words: readonly string[], ended: AbortSignal): Promise<number> {
  if (ended.aborted) return EXIT.conforms;
  const script = join(root, 'scripts/trt-conformance.mjs');
  const { exitCode } = await execa(process.execPath, [script, 'run', ...words], {
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
    cancelSignal: ended,
  });
  return exitCode ?? EXIT.subjectBroken;
}

/** Waits for a change or the end, whichever comes first; a change during a run counts. */
class Waiting {
  readonly #end = new AbortController();
  #changed = false;
  #wake: () => void = () => undefined;

  get ended(): AbortSignal {
    return this.#end.signal;
  }

  get isOver(): boolean {
    return this.#end.signal.aborted;
  }

  change(): void {
    this.#changed = true;
    this.#wake();
  }

  end(): void {
    this.#end.abort();
    this.#wake();
  }

  /** Whether something changed, and it is to go on. */
  async next(): Promise<boolean> {
    while (!this.#changed && !this.isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#changed = false;
    return !this.isOver;
  }
}
