import type { Case } from '../../model/case.js';
import type { FixedCase } from '../../model/fixed-case.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { SentCase } from '../../model/sent-case.js';
import type { Oracle } from '../../oracle/oracle.js';
import type { Subject } from '../../subjects/subject.js';
import { encodedRequest } from '../../wire/encode-request.js';
import { Again, type SeenAgain } from './again.js';
import { CaseLog } from './case-log.js';
import { FreshRuns } from './fresh-runs.js';
import { loggedSubject } from './logged-subject.js';

/** Cases of one finding that are run again each, beside the one that it is shown by. */
export const MOST_OF_ONE = 4;

/** How long cases of findings that came back already are run again, in milliseconds. */
const REPEATED = 10_000;

/**
 * Runs failing cases of a run again before they are reported. What has no fresh processes, as the
 * reference, is not run again.
 */
export class Recheck {
  readonly #log = new CaseLog();
  readonly #again: Again | null;
  readonly #checked = new Map<string, number>();
  #left = REPEATED;
  /** The subject; what it is sent through this is noted. */
  readonly subject: Subject;

  /** @param judges false where cases are played otherwise than as they are written */
  constructor(subject: Subject, oracle: Oracle, judges = true) {
    const { sequence, capabilities } = subject;
    const isRun = sequence !== undefined && judges;
    this.#again = isRun ? new Again(new FreshRuns(sequence, oracle, capabilities)) : null;
    this.subject = this.#again === null ? subject : loggedSubject(subject, this.#log);
  }

  /** Whether there are fresh processes to run anything again. */
  get isPossible(): boolean {
    return this.#again !== null;
  }

  /** Written cases that are about to run, so that they are known again by their records. */
  know(cases: readonly FixedCase[]): void {
    this.#again?.names.know(cases.map((one) => one.case));
  }

  /**
   * Whether a further failing case is to be run again of those that look alike under a name: some
   * are, as long as there is time, because not all need fail for the same reason.
   */
  isWorth(name: string): boolean {
    return this.#again !== null && this.#left > 0 && (this.#checked.get(name) ?? 0) < MOST_OF_ONE;
  }

  /** How a failure under a name comes back; null without fresh processes. */
  async seen(
    name: string,
    failure: { readonly case: Case; readonly mismatch: Mismatch },
    before?: (most: number) => readonly SentCase[],
  ): Promise<SeenAgain | null> {
    if (this.#again === null) return null;
    // Found out by the one who watches its processes.
    if (failure.mismatch.incident?.cases === 1) {
      return { recurrence: { kind: 'alone' }, ...failure, sequence: null };
    }
    const sent = sentOf(failure.mismatch);
    const count = this.#checked.get(name) ?? 0;
    this.#checked.set(name, count + 1);
    const started = performance.now();
    const logged = (most: number): readonly SentCase[] => this.#log.before(sent, most);
    const seen = await this.#again.confirm({ sent, ...failure, before: before ?? logged });
    if (count > 0) this.#left -= performance.now() - started;
    return seen;
  }

  /** At most the last `most` cases that the first process of the subject was sent. */
  soFar(most: number): readonly SentCase[] {
    return this.#log.all(most);
  }

  /** How a case fails alone in a fresh process; null when it does not, or there is none. */
  async alone(sent: SentCase, of: Case): Promise<Mismatch | null> {
    return (await this.#again?.alone(sent, of)) ?? null;
  }
}

/** What a subject was sent when it failed so. */
export function sentOf({ sent, request }: Mismatch): SentCase {
  return sent ?? { depth: 'program', record: encodedRequest(request) };
}
