import { closeSync, openSync, writeSync } from 'node:fs';
import type { Finding } from '../model/finding.js';
import type { Journal, Step } from '../run/state/step.js';
import { joinSteps, stepLines } from './step-lines.js';

/** Steps are written at the latest so many milliseconds after they were counted. */
export const WRITTEN_WITHIN = 100;

/**
 * Writes the report of a run as its steps are counted: whole lines at the end of a file. What was written outlives this process,
 * however it ends.
 */
export class ReportJournal implements Journal {
  readonly #file: number;
  readonly #kept = new Map<number, Step[]>();
  readonly #replay: (finding: Finding) => string;
  #waiting: Step[] = [];
  #timer: NodeJS.Timeout | null = null;
  #written = -Infinity;
  #failure: unknown = null;

  /**
   * @param path - a report that is under way, with its header
   * @param kept - the steps that it holds already
   * @param replay - gives the command that shows a finding again
   */
  constructor(path: string, kept: readonly Step[], replay: (finding: Finding) => string) {
    this.#file = openSync(path, 'a');
    for (const step of kept) {
      const same = this.#kept.get(step.part);
      if (same === undefined) this.#kept.set(step.part, [step]);
      else same.push(step);
    }
    this.#replay = replay;
  }

  kept(part: number): readonly Step[] {
    return this.#kept.get(part) ?? [];
  }

  /** Notes a step. Throws the error of the file system when what was noted before could not be written. */
  note(step: Step): void {
    if (this.#failure !== null) throw this.#failure as Error;
    this.#waiting.push(step);
    if (performance.now() - this.#written >= WRITTEN_WITHIN) this.#write();
    else this.#timer ??= setTimeout(this.#attempt, WRITTEN_WITHIN);
  }

  /** Writes what is left; nothing is noted any more. */
  close(): void {
    try {
      this.#write();
    } finally {
      closeSync(this.#file);
    }
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
    const steps = joinSteps(this.#waiting.splice(0));
    writeWhole(
      this.#file,
      steps.flatMap((step) => stepLines(step, this.#replay)),
    );
    this.#written = performance.now();
  }
}

function writeWhole(file: number, records: readonly object[]): void {
  const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
