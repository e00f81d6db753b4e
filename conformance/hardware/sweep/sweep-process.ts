import type { Launch } from '../../process/launch.js';
import { SubjectError } from '../../model/subject-error.js';
import { MeasuringProcess, type Answer } from './measuring-process.js';

/** Longest that a load with its runs may take, in milliseconds: one of many gigabytes, too. */
const PATIENCE = 300_000;

/** What `describe` answers; sizes are bytes in decimal digits. */
export interface Description {
  /** major × 10000 + minor × 100 + patch. */
  readonly tensorrt: number;
  readonly streamable: string;
  readonly scratch: string;
  readonly activations: string;
  readonly free: string;
}

/** What `load` answers; sizes are bytes in decimal digits. */
export interface LoadAnswer {
  readonly free: string;
  /** Whether the level of free memory could be met. */
  readonly reached: boolean;
  readonly loaded: boolean;
  readonly error: number;
  readonly budgets: readonly string[];
  readonly freeWhileLoaded: string;
  readonly microseconds: readonly number[];
  readonly message: string;
}

/** A load to try: who chooses when `budget` is null, and how often the program runs. */
export interface Load {
  readonly policy: 'fitting' | 'upstream';
  readonly budget: bigint | null;
  readonly runs: number;
}

/** wsb-measure with one program, started again when it is gone. It owns the device meanwhile. */
export class SweepProcess {
  readonly #launch: Launch;
  readonly #warmUp: readonly Load[];
  #process: MeasuringProcess | null = null;
  #level: bigint | null = null;
  #crashes = 0;

  /**
   * @param warmUp loads that every new process makes with all memory free, so that nothing is taken
   * for the first time later
   */
  constructor(launch: Launch, warmUp: readonly Load[]) {
    this.#launch = launch;
    this.#warmUp = warmUp;
  }

  /** How many processes died of a load so far. */
  get crashes(): number {
    return this.#crashes;
  }

  /** Sizes of the plan. */
  async describe(): Promise<Description> {
    const process = await this.#open();
    const answer = await process.ask<Description>('describe');
    if (answer.kind === 'crashed') throw broken(`died while describing the plan: ${answer.how}`);
    return answer.value;
  }

  /**
   * Loads with `level` bytes of device memory free. A process that can no longer tell or reach the
   * level gives way to a new one.
   */
  async load(level: bigint, load: Load): Promise<Answer<LoadAnswer>> {
    const fresh = this.#process === null;
    const answer = await this.#tryLoad(level, load);
    if (answer.kind === 'answered' && (answer.value.reached || fresh)) return answer;
    this.close();
    if (answer.kind === 'crashed') {
      this.#crashes++;
      return answer;
    }
    return this.#tryLoad(level, load);
  }

  /** Ends the process; the next load begins another. */
  close(): void {
    this.#process?.close();
    this.#process = null;
    this.#level = null;
  }

  async #tryLoad(level: bigint, load: Load): Promise<Answer<LoadAnswer>> {
    const process = await this.#open();
    if (this.#level !== level) {
      const held = await process.ask(`hold ${level}`);
      if (held.kind === 'crashed') return held;
      this.#level = level;
    }
    return process.ask<LoadAnswer>(loadCommand(load));
  }

  async #open(): Promise<MeasuringProcess> {
    if (this.#process !== null) return this.#process;
    const process = new MeasuringProcess(this.#launch, PATIENCE);
    this.#process = process;
    for (const load of this.#warmUp) {
      const answer = await process.ask<LoadAnswer>(loadCommand(load));
      if (answer.kind === 'crashed') throw broken(`died with all memory free: ${answer.how}`);
      if (answer.value.error !== 0) {
        throw broken(`could not load and run the program with all memory free: ${answer.value.message}`);
      }
    }
    return process;
  }
}

const loadCommand = ({ policy, budget, runs }: Load): string => `load ${policy} ${budget ?? '-'} ${runs}`;
const broken = (what: string): SubjectError => new SubjectError('broken', `wsb-measure ${what}`);

/** `10.6.0` for 100600: a version of TensorRT as its library tells it. */
export function versionText(version: number): string {
  return [Math.trunc(version / 10_000), Math.trunc(version / 100) % 100, version % 100].join('.');
}
