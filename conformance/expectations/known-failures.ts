import type { Rules } from '../../reference/rules/rules.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { differences } from '../model/differences.js';
import { outcomeLines } from '../model/outcome-lines.js';
import { decisionAsOutcome } from '../model/decision-as-outcome.js';
import { decodeDecision, decodeDecisionOutcome } from '../wire/decode-decision.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { findingMessage } from '../model/finding-message.js';
import type { Mismatch } from '../model/mismatch.js';
import { filterOf } from '../model/filter.js';
import { outcomesOf } from '../attribution/judge.js';
import type { Oracle } from '../oracle/oracle.js';
import type { Depth } from '../model/depth.js';
import type { ExpectedByCases, ExpectedByRule, ExpectedFailure } from './expectations.js';
import { KnownRules } from './known-rules.js';

/** An outcome record less what a subject does not tell. */
export type Mask = (depth: Depth, record: Uint8Array) => Uint8Array;

/** The outcome records of a flat case, less what the subject does not tell. */
export interface FlatFailure {
  readonly depth: Depth;
  /** The record of the case. */
  readonly record: Uint8Array;
  readonly expected: Uint8Array;
  readonly observed: Uint8Array;
}

/**
 * That an entry was met: its place among the entries, and of one with cases the query that names
 * the case, else nothing.
 */
export interface MetEntry {
  readonly entry: number;
  readonly query: string;
}

/**
 * Tells a failure that is expected from any other, by the exact outcome: a second error on a clause
 * that is known to be broken is not taken for the first. Remembers the entries that were met.
 */
export class KnownFailures {
  /** Nothing is expected. */
  static readonly NONE = new KnownFailures([], () => () => {
    throw new Error('No rule is known to be wrong.');
  });

  readonly #entries: readonly ExpectedFailure[];
  readonly #byRule: readonly ExpectedByRule[];
  readonly #byCases: readonly ExpectedByCases[];
  readonly #rules: KnownRules;
  readonly #oracleOf: (rules: Rules) => Oracle;
  readonly #mask: Mask;
  readonly #met = new Map<ExpectedFailure, Set<string>>();
  #newlyMet: MetEntry[] = [];

  /**
   * @param entries those that have not expired
   * @param oracleOf the oracle with other rules
   * @throws Error when an entry names a rule that there is not.
   */
  constructor(
    entries: readonly ExpectedFailure[],
    oracleOf: (rules: Rules) => Oracle,
    mask: Mask = (_, record) => record,
  ) {
    this.#entries = entries;
    this.#byRule = entries.filter((entry) => 'rule' in entry);
    this.#byCases = entries.filter((entry) => 'cases' in entry);
    this.#rules = new KnownRules(this.#byRule.map(({ rule }) => rule));
    this.#oracleOf = oracleOf;
    this.#mask = mask;
  }

  /** Whether an entry was met; of one with cases, in a case that this query names. */
  met(entry: ExpectedFailure, query = ''): boolean {
    return this.#met.get(entry)?.has(query) === true;
  }

  /** Notes that an entry was met; of one with cases, in a case that this query names. */
  note(entry: ExpectedFailure, query = ''): void {
    if (this.met(entry, query)) return;
    this.#met.set(entry, (this.#met.get(entry) ?? new Set()).add(query));
    this.#newlyMet.push({ entry: this.placeOf(entry), query });
  }

  /** What was met since the last call. */
  takeMet(): readonly MetEntry[] {
    const met = this.#newlyMet;
    this.#newlyMet = [];
    return met;
  }

  /** Notes what an earlier run met, with the same entries. */
  restore(met: readonly MetEntry[]): void {
    for (const { entry, query } of met) {
      const known = this.entryAt(entry);
      this.#met.set(known, (this.#met.get(known) ?? new Set()).add(query));
    }
  }

  /** The place of an entry among those that have not expired, from 0. */
  placeOf(entry: ExpectedFailure): number {
    return this.#entries.indexOf(entry);
  }

  /** Throws Error when there is no entry in that place. */
  entryAt(place: number): ExpectedFailure {
    const entry = this.#entries[place];
    if (entry === undefined) throw new Error(`There is no expectation ${place} of ${this.#entries.length}.`);
    return entry;
  }

  /**
   * The entry by which a case was to fail as it did, which is met then; null when there is none.
   * `id` is null for a generated case.
   */
  expecting(id: string | null, mismatch: Mismatch): ExpectedFailure | null {
    return (id === null ? null : this.#byCase(id, mismatch)) ?? this.#byItsRule(mismatch);
  }

  /**
   * As {@link expecting}, for a flat case; whoever counts the case notes that the entry is met.
   *
   * @param outcomes what a delegate with other rules answers to the case
   */
  expectingFlat(
    { depth, expected, observed }: FlatFailure,
    outcomes: (rules: Rules) => Uint8Array,
  ): ExpectedFailure | null {
    if (this.#byRule.length === 0) return null;
    const at = this.#rules.explain(expected, observed, (rules) => this.#mask(depth, outcomes(rules)));
    return (at === null ? undefined : this.#byRule[at]) ?? null;
  }

  #byItsRule(mismatch: Mismatch): ExpectedFailure | null {
    if (mismatch.incident !== undefined || this.#byRule.length === 0) return null;
    const at = this.#rules.explain(mismatch.expected, mismatch.observed, (rules) =>
      this.#mask('program', encodedOutcome(this.#oracleOf(rules)(mismatch.request))),
    );
    const entry = at === null ? undefined : this.#byRule[at];
    if (entry === undefined) return null;
    if (!this.met(entry) && hasMessage(entry, outcomesOf(mismatch))) this.note(entry);
    return entry;
  }

  #byCase(id: string, mismatch: Mismatch): ExpectedFailure | null {
    for (const entry of this.#byCases) {
      const query = entry.cases.find((each) => isNamed(each, id));
      if (query === undefined || !isAsTold(entry, mismatch)) continue;
      this.note(entry, query);
      return entry;
    }
    return null;
  }
}

/** Whether a flat case that fails as an entry says has the message of the entry. */
export function isTold(entry: ExpectedFailure, failure: FlatFailure): boolean {
  return hasMessage(entry, flatOutcomes(failure));
}

/** What was expected of a flat case and what came, to read. */
function flatOutcomes({ depth, record, expected, observed }: FlatFailure): [Outcome, Outcome] {
  if (depth === 'program') return [decodeOutcome(expected), decodeOutcome(observed)];
  const given = decodeDecision(record, 0);
  const read = (answer: Uint8Array): Outcome => decisionAsOutcome(decodeDecisionOutcome(answer, 0), given);
  return [read(expected), read(observed)];
}

function hasMessage(
  { clause, message }: ExpectedFailure,
  [expected, observed]: readonly [Outcome, Outcome],
): boolean {
  return findingMessage({ clause, differences: differences(expected, observed) }).includes(message);
}

/** Whether a query names a written case, or the golden program that was made of it. */
export function isNamed(query: string, id: string): boolean {
  return filterOf(query).matches(id.replace(/^golden\//, ''));
}

function isAsTold({ clause, message, observed }: ExpectedByCases, mismatch: Mismatch): boolean {
  const { incident } = mismatch;
  const [wanted, seen] = outcomesOf(mismatch);
  const said =
    incident === undefined
      ? findingMessage({ clause, differences: differences(wanted, seen) })
      : findingMessage({ clause, differences: [], incident });
  return said.includes(message) && observedLines(seen, incident).join('\n') === observed.join('\n');
}

function observedLines(seen: Outcome, incident: Mismatch['incident']): readonly string[] {
  return incident === undefined ? outcomeLines(seen) : [`${incident.kind}: ${incident.message}`];
}
