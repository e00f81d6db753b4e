import type { Allowance } from '../../process/allowance.js';
import { type Faults, spendFaults } from '../blocks/block-allowance.js';
import type { Section } from '../plan/section.js';
import type { RunClock } from '../state/run-clock.js';
import type { RunEnd } from '../state/run-end.js';
import type { RunState } from '../state/run-state.js';
import type { SeenByShard, Step } from '../state/step.js';
import type { Verdict } from '../../model/verdict.js';

/** Told how far a run is: the section, and how many of its cases are done. */
export type OnProgress = (section: Section, done: number) => void;

/** Whether a run takes a step: by the place of its section, and its number there. */
export type TakesStep = (part: number, number: number) => boolean;

/** Where the steps of a run are recorded. */
export interface RunRecord {
  readonly state: RunState;
  readonly clock: RunClock;
  readonly late: LateCases;
  /** The steps that an earlier run counted, in their order. */
  readonly kept: readonly Step[];
  readonly onStep: (step: Step) => void;
  readonly onProgress: OnProgress;
  readonly end: RunEnd;
  /** What the subject may have of faults; null for one in this process. */
  readonly allowance: Allowance | null;
  /** Which steps this run takes; all where it is left out. */
  readonly takes?: TakesStep | undefined;
  /** What a shard noted since it was asked last; left out in a run that is none. */
  readonly takeSeen?: (() => Omit<SeenByShard, 'of'> | null) | undefined;
}

/** What came of a step, less what the state of the run knows. */
export type Counted = Pick<Step, 'cases' | 'verdicts'> &
  Partial<Pick<Step, 'results' | 'mismatches' | 'broken' | 'incidents' | 'expected' | 'checks' | 'faults'>>;

/** The steps of one section; those that an earlier run counted are not carried out again. */
export class SectionSteps {
  readonly #record: RunRecord;
  readonly #section: Section;
  readonly #part: number;
  readonly #done = new Set<number>();
  /** The steps of this section that an earlier run counted, in their order. */
  readonly kept: readonly Step[];
  #cases = 0;

  /** @param part which section of the run it is, from 0 */
  constructor(record: RunRecord, section: Section, part: number) {
    this.#record = record;
    this.#section = section;
    this.#part = part;
    this.kept = record.kept.filter((step) => step.part === part);
    record.onProgress(section, 0);
    for (const step of this.kept) this.#restore(step);
  }

  /** Whether the step of that number is this run's, and is not yet counted. */
  isLeft(number: number): boolean {
    return !this.#done.has(number) && this.#record.takes?.(this.#part, number) !== false;
  }

  /** Whether the run ends before its plan does, and no further step is to begin. */
  get isOver(): boolean {
    return this.#record.end.reason() !== null;
  }

  /** Whether the subject broke so often that no further case is run. */
  get isGivenUp(): boolean {
    return this.#record.allowance?.isSpent === true;
  }

  /** Carries out step `number` and counts it, unless an earlier run did, or another shard does. */
  async take(number: number, work: () => Counted | Promise<Counted>): Promise<void> {
    if (!this.isLeft(number)) return;
    this.count(number, await work());
    await this.#record.late.takeUp();
  }

  /**
   * Counts a step. `first` is null for what was found out later of cases that were counted before,
   * in the step `of`.
   */
  count(first: number | null, counted: Counted, of = first ?? 0): void {
    const { clock, state, end, onStep, onProgress, allowance, takeSeen } = this.#record;
    const seen = takeSeen?.() ?? null;
    const step: Step = {
      part: this.#part,
      area: this.#section.name,
      first,
      steps: 1,
      results: [],
      mismatches: [],
      incidents: [],
      expected: [],
      ...counted,
      ...state.takeChanges(),
      ...(seen === null ? {} : { seen: { of, ...seen } }),
      milliseconds: clock.elapsed(),
    };
    state.count(this.#section, step);
    end.note(step);
    if (allowance !== null) spendFaults(allowance, step.faults ?? {});
    onStep(step);
    this.#cases += step.cases;
    onProgress(this.#section, this.#cases);
  }

  /** Takes up between two steps what was found out of a case that was counted before, in a step. */
  later(of: number, recount: () => Promise<Counted>): void {
    this.#record.late.add(async () => {
      this.count(null, await recount(), of);
    });
  }

  #restore(step: Step): void {
    const { clock, state, end, allowance } = this.#record;
    state.restore(this.#section, step);
    end.note(step);
    clock.advance(step.milliseconds);
    this.#cases += step.cases;
    for (let n = 0; step.first !== null && n < step.steps; n++) this.#done.add(step.first + n);
    if (allowance !== null) spendFaults(allowance, step.faults ?? faultVerdicts(step));
  }
}

const FAULTS = ['crashed', 'timed-out', 'protocol-error'] as const;

function faultVerdicts({ verdicts }: Step): Faults {
  return Object.fromEntries(FAULTS.map((kind) => [kind, verdicts[kind] ?? 0]));
}

/** How many cases ended with each verdict, but for the passes. */
export function countVerdicts(verdicts: readonly Verdict[]): Step['verdicts'] {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const verdict of verdicts) if (verdict !== 'pass') counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

/** How a block ends that is not run: but for what the subject lacks, without a verdict. */
export function notRun(cases: number, unsupported: number): Step['verdicts'] {
  return { unsupported, inconclusive: cases - unsupported };
}

/** How the counts change when a case that had one verdict is given another. */
export function changedVerdict(was: Verdict, is: Verdict): Step['verdicts'] {
  return was === 'pass' ? { [is]: 1 } : { [was]: -1, [is]: 1 };
}

/**
 * What was found out of cases after they were counted. It is taken up between two steps, so that no
 * step takes the changes of another for its own.
 */
export class LateCases {
  readonly #waiting: (() => Promise<void>)[] = [];

  /** @param takeUp counts the case anew */
  add(takeUp: () => Promise<void>): void {
    this.#waiting.push(takeUp);
  }

  /** Takes up all that came so far. */
  async takeUp(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await next();
  }
}
