import { type Answer, answerList, type Answers } from './answers.js';
import { SubjectError } from '../model/subject-error.js';
import type { Allowance } from './allowance.js';
import type { Breakage } from './breakage.js';
import { CaseBatch } from '../protocol/case-batch.js';
import { CaseHistory, type OnLate, type SentCases } from './case-history.js';
import type { SubjectHello } from '../protocol/hello.js';
import { type Incident, quietIncident } from '../model/incident.js';
import { MOST_UNANSWERED } from '../protocol/process-limits.js';
import { recover } from './recover.js';
import { runAfresh } from './run-afresh.js';
import type { ProcessSettings } from './launch.js';
import { SubjectProcess } from './subject-process.js';
import { examineLast, incidentOf } from './suspect.js';

/** How a batch is answered. */
export interface AnswerOptions {
  /**
   * How many faults its cases may have; when it is left out, it has a share in what all together
   * may have.
   */
  readonly allowance?: Allowance;
  /**
   * Told when a case turns out to break the subject behind its answer; until the subject is closed.
   */
  readonly onLate?: OnLate;
}

/**
 * A subject in a process of its own that is replaced when it breaks. What breaks it is told of the
 * case that does, and of no other: the case is looked for in a fresh process that tells each, tried
 * alone, and, when it takes other cases before it, the shortest such sequence is found.
 */
export class SupervisedProcess {
  readonly #settings: ProcessSettings;
  readonly #history = new CaseHistory();
  readonly #allowance: Allowance;
  #process: Promise<SubjectProcess> | null = null;
  #recovering: Promise<unknown> = Promise.resolve();

  /** @param allowance what all batches together may have of faults */
  constructor(settings: ProcessSettings, allowance: Allowance) {
    this.#settings = settings;
    this.#allowance = allowance;
  }

  /**
   * Starts the first process; gives what the subject says of itself. Throws SubjectError when it is
   * not to be used.
   */
  async open(): Promise<SubjectHello> {
    const { process, hello } = await this.#start();
    this.#process = Promise.resolve(process);
    return hello;
  }

  /**
   * What came of each case of a batch, of any size. Batches that are sent while others are at work
   * follow them in the same process; their memory has to stay as it is until they are answered.
   */
  async answer(batch: CaseBatch, options: AnswerOptions = {}): Promise<Answers> {
    if (batch.count > MOST_UNANSWERED) return this.#answerParts(batch, options);
    const { allowance = this.#allowance, onLate = () => undefined } = options;
    if (allowance.isSpent) return each(givenUp(batch.count));
    const process = await this.#live();
    this.#history.add(process, batch, onLate);
    const result = await process.send(batch);
    if (result.kind === 'answered') return { kind: 'all', bytes: result.answers };
    if (!result.suspect) {
      await this.#discard(process);
      await this.#recovering;
      return this.answer(batch, options);
    }
    const before = this.#history.of(process, batch);
    await this.#discard(process);
    const recovery = this.#inTurn(() => recover(this.#settings, batch, result, before));
    const { known, rest, late } = await recovery;
    for (const answer of known) if (!(answer instanceof Uint8Array)) allowance.spend(answer.kind);
    if (late !== null) this.#tellLate(before, late);
    if (rest === null) return each(known);
    const later = await this.answer(rest, { allowance, onLate: shifted(onLate, known.length) });
    return each([...known, ...answerList(later, rest.depth)]);
  }

  /**
   * Lets the process end. It may be used again.
   *
   * @throws SubjectError when it does not end as it should, whatever it is sent: what it answered
   * is worth nothing then.
   */
  async close(): Promise<void> {
    const process = await this.#process;
    this.#process = null;
    if (process?.breakage === null) {
      const breakage = await process.stop();
      if (breakage !== null) await this.#endedBadly(this.#history.of(process), breakage);
    } else await process?.kill();
    await this.#recovering;
  }

  async #answerParts(batch: CaseBatch, options: AnswerOptions): Promise<Answers> {
    const parts: [at: number, part: CaseBatch][] = [];
    for (let at = 0; at < batch.count; at += MOST_UNANSWERED) {
      parts.push([at, batch.part(at, Math.min(at + MOST_UNANSWERED, batch.count))]);
    }
    const results = await Promise.all(
      parts.map(([at, part]) => {
        const { onLate } = options;
        return this.answer(
          part,
          onLate === undefined ? options : { ...options, onLate: shifted(onLate, at) },
        );
      }),
    );
    return each(results.flatMap((result) => answerList(result, batch.depth)));
  }

  #live(): Promise<SubjectProcess> {
    this.#process ??= this.#start().then(({ process }) => process);
    return this.#process;
  }

  async #start(): ReturnType<typeof SubjectProcess.start> {
    const started = await SubjectProcess.start(this.#settings, 'batch', (breakage) => {
      const sent = this.#history.of(started.process);
      const examined = this.#inTurn(async () => {
        const incident = await examineLast(this.#settings, sent, breakage);
        this.#tellLate(sent, incident ?? incidentOf(breakage, null));
      });
      // Whoever waits for a recovery is told.
      examined.catch(() => undefined);
    });
    return started;
  }

  async #discard(process: SubjectProcess): Promise<void> {
    await process.kill();
    if (this.#process !== null && (await this.#process) === process) this.#process = null;
  }

  /** Recoveries are made one after another. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#recovering.then(work);
    this.#recovering = result;
    result.catch(() => undefined);
    return result;
  }

  /** The last case of these was answered and then broke the subject. */
  #tellLate(sent: readonly SentCases[], incident: Incident): void {
    this.#allowance.spend(incident.kind);
    const last = sent.at(-1);
    last?.onLate(last.copy.count - 1, incident);
  }

  /**
   * It broke when it was told to stop: by its end, as it does without any case, or by the last
   * case.
   */
  async #endedBadly(sent: readonly SentCases[], breakage: Breakage): Promise<void> {
    const idle = await runAfresh(this.#settings, CaseBatch.of('program', new Uint8Array(0)));
    // What only its end shows, such as memory that nobody has any more, need not be the doing of
    // the last case: those of the other depth are asked, too.
    for (const cases of idle.breakage === null ? lastDepthFirst(sent) : []) {
      const incident = await examineLast(this.#settings, cases, breakage);
      if (incident === null) continue;
      this.#tellLate(cases, incident);
      return;
    }
    throw new SubjectError(
      'broken',
      `The subject failed as it ended: ${breakage.message}.${stderrText(breakage)}`,
    );
  }
}

/** Batches by their depth, those of the last one first. */
function lastDepthFirst(sent: readonly SentCases[]): readonly (readonly SentCases[])[] {
  const depth = sent.at(-1)?.copy.depth;
  const isLast = ({ copy }: SentCases): boolean => copy.depth === depth;
  return [sent.filter(isLast), sent.filter((batch) => !isLast(batch))];
}

function givenUp(count: number): Incident[] {
  const message = 'it was not run: the subject had failed too often before';
  return Array.from({ length: count }, () => quietIncident('inconclusive', message));
}

function shifted(onLate: OnLate, by: number): OnLate {
  return (index, incident) => {
    onLate(index + by, incident);
  };
}

function each(answers: readonly Answer[]): Answers {
  return { kind: 'each', answers };
}

function stderrText({ stderr }: Breakage): string {
  return stderr === '' ? '' : `\nIt wrote to standard error:\n${stderr.trimEnd()}`;
}
