import { createHash } from 'node:crypto';
import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import {
  type ChooseClause,
  settledGenerated,
  settledWritten,
  type TracedFinding,
} from '../../attribution/traced-finding.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import type { Finding } from '../../model/finding.js';
import { fingerprint } from '../../model/fingerprint.js';
import { toldAgain } from '../again/told-again.js';
import type { RunState } from '../state/run-state.js';
import type { DrawnFailure, WrittenFailure } from './failures.js';

/** How many names of failures are made small; further ones are shown on cases as they came. */
export const MOST_MINIMIZED = 40;

/** Names, as a fingerprint does, the flat cases that break a clause. */
function inBulk(clause: ClauseId): string {
  return fingerprint('fail', clause, 'in bulk');
}

/** Names the written cases that look like a finding. */
function written(name: string): string {
  return createHash('sha256').update(`written ${name}`).digest('hex').slice(0, name.length);
}

/**
 * Makes findings of failures in the order of their cases, and notes them in the state of the run:
 * one for each fault. It runs nothing: failures tell what running them again shows, so that the
 * same findings come of the same failures, whoever ran them.
 */
export class FaultNotes {
  readonly #state: RunState;
  readonly #choose: ChooseClause;

  constructor(state: RunState) {
    this.#state = state;
    this.#choose = (clauses) => state.ledger.choose(clauses);
  }

  /** A written case that failed otherwise than is expected; gives the name of its finding. */
  async written(failure: WrittenFailure): Promise<string> {
    const { ledger } = this.#state;
    const { case: one, incident } = failure.traced.finding;
    // A golden program, and a case at decision depth, fails for the reason for which the case that
    // it was made from failed.
    const twin = this.#state.caseResult(one.id.replace(TWIN, ''));
    if (twin?.finding != null && twin.verdict !== 'expected-fail' && incident === undefined) {
      ledger.count(twin.finding);
      return twin.finding;
    }
    const finding = settledWritten(failure.traced, this.#choose);
    const name = finding.fingerprint;
    // What others that look alike came to, where none of them failed alone.
    const state = ledger.recurrenceOf(name) === undefined ? this.#state.minimized(written(name)) : undefined;
    const isShown = state === undefined && ledger.wouldShow(finding);
    if (!isShown && !failure.isWorth()) {
      ledger.count(state ?? name);
      return state ?? name;
    }
    const seen = await failure.seen();
    const told = seen === null ? finding : toldAgain(finding, seen);
    ledger.add(told);
    if (told.fingerprint !== name) this.#state.noteMinimized(written(name), told.fingerprint);
    return told.fingerprint;
  }

  /** A generated case that failed otherwise than is expected; gives the name of its finding. */
  async drawn(failure: DrawnFailure): Promise<string> {
    const { first } = failure;
    const { ledger } = this.#state;
    const known = this.#state.minimized(first);
    if (known !== undefined && !failure.isWorth()) {
      ledger.count(known);
      return known;
    }
    const seen = await failure.seen();
    const came = seen?.recurrence ?? (known === undefined ? undefined : ledger.recurrenceOf(known));
    if (seen !== null && came?.kind !== 'alone') {
      const finding = toldAgain(this.#settled(failure.came()), seen);
      ledger.add(finding);
      if (known === undefined) this.#state.noteMinimized(first, finding.fingerprint);
      return finding.fingerprint;
    }
    if (known !== undefined && (ledger.recurrenceOf(known)?.kind ?? 'alone') === 'alone') {
      ledger.count(known);
      return known;
    }
    const isMany = this.#state.minimizedCount >= MOST_MINIMIZED;
    const finding = this.#settled(isMany ? failure.came() : await failure.smallest());
    ledger.add(seen === null ? finding : { ...finding, recurrence: seen.recurrence });
    this.#state.noteMinimized(first, finding.fingerprint);
    return finding.fingerprint;
  }

  /**
   * Cases that failed as an entry says. One is shown where no other shows the same.
   *
   * @param shown the finding of the first of them; null where it does not come back
   */
  async expected(
    { clause }: ExpectedFailure,
    cases: number,
    shown: () => Promise<Finding | null>,
  ): Promise<void> {
    const { ledger } = this.#state;
    if (ledger.count(expectedName(clause), cases)) return;
    const finding = await shown();
    if (finding !== null) ledger.add({ ...finding, occurrences: cases });
  }

  /** A flat case that was looked at; null where it does not come back. */
  async flat(clause: ClauseId | undefined, failure: DrawnFailure | null): Promise<void> {
    const finding = failure === null ? null : await this.drawn(failure);
    if (finding === null || clause === undefined) return;
    if (this.#state.minimized(inBulk(clause)) !== undefined) return;
    this.#state.noteMinimized(inBulk(clause), finding);
  }

  /**
   * Counts flat cases that failed and are not looked at, to the finding that the first of them
   * which was looked at came down to. Where none came back they stay failures of no finding.
   */
  flatCounted(clause: ClauseId, cases: number): void {
    const finding = this.#state.minimized(inBulk(clause)) ?? fingerprint('fail', clause);
    this.#state.ledger.count(finding, cases);
  }

  #settled(traced: TracedFinding): Finding {
    return settledGenerated(traced, this.#choose);
  }
}

/** What the id of a case begins with that was made from another written one. */
export const TWIN = /^(?:golden|rules)\//;

/** Names what fails as an entry about a clause says. */
export function expectedName(clause: ClauseId): string {
  return fingerprint('expected-fail', clause);
}
