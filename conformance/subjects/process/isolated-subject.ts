import { SubjectError } from '../subject-error.js';
import { splitAnswers } from './answer-records.js';
import type { BatchResult, Breakage } from './breakage.js';
import { CaseBatch } from './case-batch.js';
import { CaseHistory } from './case-history.js';
import type { SubjectHello } from './hello.js';
import { type Incident, quietIncident } from './incident.js';
import { MOST_UNANSWERED, TIMEOUT_WEIGHT } from './process-limits.js';
import { runAfresh } from './run-afresh.js';
import { shortestSequence } from './shortest-sequence.js';
import { type ProcessSettings, SubjectProcess } from './subject-process.js';

/** What came of one case: its answer as a record, or why there is none. */
export type Answer = Uint8Array | Incident;

/** What came of a batch: all answers, one behind the other, or case by case where one has none. */
export type Answers =
  | { readonly kind: 'all'; readonly bytes: Uint8Array }
  | { readonly kind: 'each'; readonly answers: readonly Answer[] };

type Broken = BatchResult & { kind: 'broken' };

/**
 * A subject in a process of its own that is replaced when it breaks. What breaks it is told of the case that does, and of no
 * other: the case is looked for in a fresh process that tells each, tried alone, and, when it takes other cases before it, the
 * shortest such sequence is found.
 */
export class IsolatedSubject {
  readonly #settings: ProcessSettings;
  readonly #history = new CaseHistory();
  #process: Promise<SubjectProcess> | null;
  #recovering: Promise<unknown> = Promise.resolve();
  #weight = 0;

  private constructor(
    settings: ProcessSettings,
    process: SubjectProcess,
    /** What the subject said of itself when it was first started. */
    readonly hello: SubjectHello,
  ) {
    this.#settings = settings;
    this.#process = Promise.resolve(process);
  }

  /** Starts the first process. Throws SubjectError when it is not to be used. */
  static async open(settings: ProcessSettings): Promise<IsolatedSubject> {
    const { process, hello } = await SubjectProcess.start(settings, 'batch');
    return new IsolatedSubject(settings, process, hello);
  }

  /**
   * What came of each case of a batch, of any size. Batches that are sent while others are at work follow them in the same process;
   * their memory has to stay as it is until they are answered.
   */
  async answer(batch: CaseBatch): Promise<Answers> {
    if (batch.count > MOST_UNANSWERED) return this.#answerParts(batch);
    if (this.#weight >= this.#settings.limits.incidents) return each(this.#givenUp(batch.count));
    const process = await this.#live();
    this.#history.add(process, batch);
    const result = await process.send(batch);
    if (result.kind === 'answered') return { kind: 'all', bytes: result.answers };
    if (!result.suspect) {
      await this.#discard(process);
      await this.#recovering;
      return this.answer(batch);
    }
    const before = this.#history.of(process, batch);
    await this.#discard(process);
    const recovery = this.#recovering.then(() => this.#recover(batch, result, before));
    this.#recovering = recovery.catch(() => undefined);
    const { known, rest } = await recovery;
    return rest === null ? each(known) : joined(known, await this.answer(rest), rest);
  }

  /**
   * Lets the process end.
   *
   * @throws SubjectError when it does not end as it should: what it answered is worth nothing then.
   */
  async close(): Promise<void> {
    const process = await this.#process;
    this.#process = null;
    const breakage = (await process?.stop()) ?? null;
    if (breakage === null) return;
    throw new SubjectError(
      'broken',
      `The subject broke at its end: ${breakage.message}.${stderrText(breakage)}`,
    );
  }

  /** What comes of one case in a process of its own, whatever became of the others. It is not counted among the incidents. */
  async answerAlone(batch: CaseBatch): Promise<Answer> {
    const { answers, breakage } = await runAfresh(this.#settings, batch);
    return breakage === null ? answers : incidentOf(breakage, 1);
  }

  async #answerParts(batch: CaseBatch): Promise<Answers> {
    const parts: CaseBatch[] = [];
    for (let at = 0; at < batch.count; at += MOST_UNANSWERED) {
      parts.push(batch.part(at, Math.min(at + MOST_UNANSWERED, batch.count)));
    }
    const results = await Promise.all(parts.map((part) => this.answer(part)));
    return each(results.flatMap((result, at) => answerList(result, parts[at]?.depth ?? batch.depth)));
  }

  #live(): Promise<SubjectProcess> {
    this.#process ??= SubjectProcess.start(this.#settings, 'batch').then(({ process }) => process);
    return this.#process;
  }

  async #discard(process: SubjectProcess): Promise<void> {
    await process.kill();
    if (this.#process !== null && (await this.#process) === process) this.#process = null;
  }

  #givenUp(count: number): Incident[] {
    const message = 'it was not run: the subject broke too often before';
    return Array.from({ length: count }, () => quietIncident('inconclusive', message));
  }

  /** What is known of the first cases of the batch, and the cases that are still to be run. */
  async #recover(
    batch: CaseBatch,
    { answers, at, breakage }: Broken,
    before: readonly CaseBatch[],
  ): Promise<{ readonly known: readonly Answer[]; readonly rest: CaseBatch | null }> {
    const known: Answer[] = splitAnswers(batch.depth, answers).slice(0, at);
    const found = await runAfresh(this.#settings, batch.part(at));
    known.push(...splitAnswers(batch.depth, found.answers).slice(0, found.at));
    if (found.breakage === null && breakage.kind === 'timed-out') return { known, rest: null };
    const suspect = found.breakage === null ? at : at + found.at;
    const tried = CaseBatch.join(batch.depth, [...before, batch.part(0, suspect + 1)]);
    const incident = await this.#examine(tried, found.breakage ?? breakage, found.breakage !== null);
    this.#weight += incident.kind === 'timed-out' ? TIMEOUT_WEIGHT : 1;
    known.splice(suspect, Infinity, incident);
    return { known, rest: suspect + 1 < batch.count ? batch.part(suspect + 1) : null };
  }

  /** What is to be said of the last case of `tried`: whether it breaks the subject alone, or only behind others. */
  async #examine(tried: CaseBatch, breakage: Breakage, cameBack: boolean): Promise<Incident> {
    if (cameBack) {
      const alone = await runAfresh(this.#settings, tried.part(tried.count - 1));
      // Alone it may show less plainly: nothing comes behind an answer that is missing.
      if (alone.breakage !== null) return incidentOf(breakage, 1);
    }
    const sequence = await shortestSequence(this.#settings, tried);
    return incidentOf(sequence?.breakage ?? breakage, sequence?.cases ?? null);
  }
}

function incidentOf(breakage: Breakage, cases: number | null): Incident {
  return { ...breakage, message: `${breakage.message} ${timesText(cases)}`, cases };
}

function timesText(cases: number | null): string {
  if (cases === 1) return '(alone, too)';
  return cases === null
    ? '(it did not come back in a fresh process)'
    : `(only behind the ${cases - 1} cases before it)`;
}

function each(answers: readonly Answer[]): Answers {
  return { kind: 'each', answers };
}

function joined(known: readonly Answer[], later: Answers, rest: CaseBatch): Answers {
  return each([...known, ...answerList(later, rest.depth)]);
}

/** Answers case by case. */
export function answerList(answers: Answers, depth: CaseBatch['depth']): readonly Answer[] {
  return answers.kind === 'each' ? answers.answers : splitAnswers(depth, answers.bytes);
}

function stderrText({ stderr }: Breakage): string {
  return stderr === '' ? '' : `\nIt wrote to standard error:\n${stderr.trimEnd()}`;
}
