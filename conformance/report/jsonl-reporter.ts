import { dirname, join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { GrowingFile } from '../files/new-file.js';
import { replaceFile } from '../files/replace-file.js';
import type { Finding } from '../model/finding.js';
import type { Header } from '../run/header.js';
import type { EndedRun, EndedShard, Reporter } from '../run/reporter.js';
import type { HostileEnds } from '../run/run-hostile.js';
import type { Step } from '../run/state/step.js';
import { hostileLines } from './hostile-text.js';
import { clearReport, findingFile, HOSTILE, linesText, REPORT, writeReport } from './report-folder.js';
import { chainedLines } from './line-chain.js';
import { replayedJson } from './replayed-json.js';
import { reportLines, joinSteps, stepLines } from './report-lines.js';
import { shardLine } from './shard-line.js';
import type { ReporterContext } from './reporter-context.js';
import { visibleJson } from '../model/visible-text.js';

/** Steps are written at the latest so many milliseconds after they were counted. */
export const WRITTEN_WITHIN = 100;

/**
 * The report in JSON lines (spec/schemas/report.schema.json). While the run goes on, steps are
 * added to it as whole lines: what was written outlives this process, however it ends. At the end
 * of the run the whole report takes its place in one step.
 */
export class JsonlReporter implements Reporter {
  readonly #context: Pick<ReporterContext, 'folder' | 'replay' | 'earlier'>;
  #file: GrowingFile | null = null;
  #waiting: Step[] = [];
  #timer: NodeJS.Timeout | null = null;
  #written = -Infinity;
  #failure: unknown = null;

  constructor(context: Pick<ReporterContext, 'folder' | 'replay' | 'earlier'>) {
    this.#context = context;
  }

  /** Begins a report in its folder, or leaves in the one that goes on only what was counted. */
  begin(header: Header): void {
    const { folder, earlier } = this.#context;
    if (earlier === null) clearReport(folder);
    this.#file = new GrowingFile(join(folder, REPORT), linesText(earlier?.lines ?? [visibleJson(header)]));
  }

  /** Throws the error of the file system when what was noted before could not be written. */
  step(step: Step): void {
    if (this.#failure !== null) throw this.#failure as Error;
    this.#waiting.push(step);
    if (performance.now() - this.#written >= WRITTEN_WITHIN) this.#write();
    else this.#timer ??= setTimeout(this.#attempt, WRITTEN_WITHIN);
  }

  /** Writes its case, or the sequence that brings it back, to be replayed. */
  finding(finding: Finding): void {
    const file = findingFile(this.#context.folder, finding);
    makeFolder(dirname(file));
    replaceFile(file, `${visibleJson(replayedJson(finding), null, 2)}\n`);
  }

  end(ended: EndedRun): void {
    this.close();
    const { folder, replay } = this.#context;
    this.#writeHostile(ended.hostile);
    writeReport(folder, chainedLines(reportLines(ended, replay).map((line) => visibleJson(line))));
  }

  /** Puts the steps of a shard in place, with its last line. */
  endShard({ header, steps, end, hostile }: EndedShard): void {
    this.close();
    const { folder, replay } = this.#context;
    this.#writeHostile(hostile);
    const lines = joinSteps(steps).flatMap((step) => stepLines(step, replay));
    const all = [header, ...lines, shardLine(header.shard, end)];
    writeReport(folder, chainedLines(all.map((line) => visibleJson(line))));
  }

  /** Writes what is left of the steps. */
  close(): void {
    if (this.#file === null) return;
    const file = this.#file;
    try {
      this.#write();
    } finally {
      this.#file = null;
      file.close();
    }
  }

  #writeHostile(ends: HostileEnds): void {
    const lines = hostileLines(ends).map((line) => visibleJson(line));
    if (lines.length > 0) replaceFile(join(this.#context.folder, HOSTILE), linesText(lines));
  }

  /** As {@link #write}; a timer has nobody to tell of an error. */
  readonly #attempt = (): void => {
    try {
      this.#write();
    } catch (cause) {
      this.#failure = cause;
    }
  };

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const lines = joinSteps(this.#waiting.splice(0)).flatMap((step) => stepLines(step, this.#context.replay));
    this.#file?.add(linesText(lines.map((line) => visibleJson(line))));
    this.#written = performance.now();
  }
}
