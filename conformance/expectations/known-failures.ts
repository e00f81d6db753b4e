import { STANDARD_RULES, Trace } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { decide } from '../../reference/rules/decide.js';
import type { Rules } from '../../reference/rules/rules.js';
import { Attribution } from '../attribution/attribution.js';
import { outcomesOf } from '../attribution/judge.js';
import type { Case } from '../model/case.js';
import { decisionAsOutcome } from '../model/decision-as-outcome.js';
import type { Depth } from '../model/depth.js';
import { type Difference, differences } from '../model/differences.js';
import { findingMessage } from '../model/finding-message.js';
import { matchesGlob } from '../model/glob.js';
import type { Incident } from '../model/incident.js';
import type { Mismatch } from '../model/mismatch.js';
import { outcomeLines } from '../model/outcome-lines.js';
import type { Oracle } from '../oracle/oracle.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import type {
  ExpectedByCases,
  ExpectedByDifferences,
  ExpectedByRule,
  ExpectedFailure,
} from './expected-failure.js';
import { flatMismatch, flatOutcomes, type FlatFailure } from './flat-failure.js';
import { isNamed } from './is-named.js';
import { KnownRules } from './known-rules.js';

/**
 * The clauses that a budget breaks which is taken, though it has to be rejected: by the first it
 * touches no engine, by the second `set_option` refuses it.
 */
const REJECTING: readonly ClauseId[] = ['WSB-APPLY-12', 'WSB-SET-02'];

/** An outcome record less what a subject does not tell. */
export type Mask = (depth: Depth, record: Uint8Array) => Uint8Array;

/**
 * That an entry was met: its place among the entries, and of one with cases the query that names
 * the case, else nothing.
 */
export interface MetEntry {
  readonly entry: number;
  readonly query: string;
}

/** Told that a case meets an entry; of one with cases, in a case that this query names. */
type OnMet = (entry: ExpectedFailure, query?: string) => void;

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
  readonly #byDifferences: readonly ExpectedByDifferences[];
  /** Those that nothing but their clause tells. */
  readonly #byClause: readonly ExpectedFailure[];
  readonly #attribution: Attribution;
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
    this.#byDifferences = entries.filter((entry) => 'differences' in entry);
    this.#byClause = entries.filter(
      (entry) => !('rule' in entry || 'cases' in entry || 'differences' in entry),
    );
    // What is traced to several clauses is owed to the one that is known to be broken.
    const broken = new Set(this.#byClause.map(({ clause }) => clause));
    const oracle: Oracle = (request, trace) => oracleOf(STANDARD_RULES)(request, trace);
    this.#attribution = new Attribution(oracle, {
      choose: (clauses) => clauses.find((clause) => broken.has(clause)) ?? clauses[0],
    });
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

  /** Whether anything is expected. */
  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /**
   * The entry by which a case was to fail as it did, which is met then; null when there is none.
   * `one` is null for a generated case.
   */
  expecting(one: Case | null, mismatch: Mismatch): ExpectedFailure | null {
    return this.#explaining(one, mismatch, (entry, query) => {
      this.note(entry, query);
    });
  }

  /** As {@link expecting}, for a generated case that is only tried: no entry is met by it. */
  explaining(mismatch: Mismatch): ExpectedFailure | null {
    return this.#explaining(null, mismatch, () => undefined);
  }

  #explaining(one: Case | null, mismatch: Mismatch, onMet: OnMet): ExpectedFailure | null {
    return (
      (one === null ? null : this.#byCase(one.id, mismatch, onMet)) ??
      this.#byItsRule(mismatch, onMet) ??
      this.#byItsOutcome(one, mismatch, onMet)
    );
  }

  /**
   * As {@link expecting}, for a flat case; whoever counts the case notes that the entry is met.
   *
   * @param outcomes what a delegate with other rules answers to the case
   */
  expectingFlat(failure: FlatFailure, outcomes: (rules: Rules) => Uint8Array): ExpectedFailure | null {
    const { depth, expected, observed } = failure;
    const at =
      this.#byRule.length === 0
        ? null
        : this.#rules.explain(expected, observed, (rules) => this.#mask(depth, outcomes(rules)));
    return (at === null ? undefined : this.#byRule[at]) ?? this.#flatOutcome(failure);
  }

  /** The entry that tells the differences of a flat case, or the clause that it breaks. */
  #flatOutcome(failure: FlatFailure): ExpectedFailure | null {
    if (this.#byDifferences.length + this.#byClause.length === 0) return null;
    const outcomes = flatOutcomes(failure);
    const told = this.#differing(outcomes);
    if (told !== null || this.#byClause.length === 0) return told;
    const mismatch = flatMismatch(failure, outcomes);
    return this.#ofClause(this.#attribution.clause(mismatch), mismatch, outcomes);
  }

  #byItsOutcome(one: Case | null, mismatch: Mismatch, onMet: OnMet): ExpectedFailure | null {
    if (this.#byDifferences.length + this.#byClause.length === 0) return null;
    const outcomes = outcomesOf(mismatch);
    const { incident } = mismatch;
    const told = incident === undefined ? this.#differing(outcomes) : null;
    const entry = told ?? this.#brokenBy(one, mismatch, outcomes);
    if (entry !== null) onMet(entry);
    return entry;
  }

  #brokenBy(one: Case | null, mismatch: Mismatch, outcomes: [Outcome, Outcome]): ExpectedFailure | null {
    if (this.#byClause.length === 0) return null;
    const clause =
      one === null ? this.#attribution.clause(mismatch) : this.#attribution.fixed(one, mismatch).clause;
    return this.#ofClause(clause, mismatch, outcomes);
  }

  #ofClause(clause: ClauseId, mismatch: Mismatch, outcomes: [Outcome, Outcome]): ExpectedFailure | null {
    const owed = REJECTING.includes(clause) ? [clause, ...this.#rejecting(mismatch)] : [clause];
    const found = this.#byClause.filter((entry) => owed.includes(entry.clause));
    return found.find((entry) => hasMessage(entry, outcomes, mismatch.incident)) ?? null;
  }

  /** The clauses by which budgets of a request are to be rejected. */
  #rejecting({ request, trace: known }: Mismatch): readonly ClauseId[] {
    const trace = new Trace();
    if (known === undefined) this.#oracleOf(STANDARD_RULES)(request, trace);
    return (known ?? trace).entries.flatMap(({ choice }) =>
      choice?.choice?.kind === 'rejected' ? [...choice.option, ...choice.spec, ...choice.value] : [],
    );
  }

  #differing([expected, observed]: [Outcome, Outcome]): ExpectedFailure | null {
    const found = differences(expected, observed);
    if (found.length === 0) return null;
    return (
      this.#byDifferences.find(
        (entry) =>
          found.every((each) => entry.differences.some((told) => isDifference(told, each))) &&
          hasMessage(entry, [expected, observed]),
      ) ?? null
    );
  }

  #byItsRule(mismatch: Mismatch, onMet: OnMet): ExpectedFailure | null {
    if (mismatch.incident !== undefined || this.#byRule.length === 0) return null;
    const { decision } = mismatch;
    const at = this.#rules.explain(mismatch.expected, mismatch.observed, (rules) => {
      const outcome =
        decision === undefined
          ? this.#oracleOf(rules)(mismatch.request)
          : decisionAsOutcome(decide(decision, rules), decision);
      return this.#mask('program', encodedOutcome(outcome));
    });
    const entry = at === null ? undefined : this.#byRule[at];
    if (entry === undefined) return null;
    if (!this.met(entry) && hasMessage(entry, outcomesOf(mismatch))) onMet(entry);
    return entry;
  }

  #byCase(id: string, mismatch: Mismatch, onMet: OnMet): ExpectedFailure | null {
    for (const entry of this.#byCases) {
      const query = entry.cases.find((each) => isNamed(each, id));
      if (query === undefined || !isAsTold(entry, mismatch)) continue;
      onMet(entry, query);
      return entry;
    }
    return null;
  }
}

/** Whether a flat case that fails as an entry says has the message of the entry. */
export function isTold(entry: ExpectedFailure, failure: FlatFailure): boolean {
  return hasMessage(entry, flatOutcomes(failure));
}

function hasMessage(
  { clause, message }: ExpectedFailure,
  [expected, observed]: readonly [Outcome, Outcome],
  incident?: Incident,
): boolean {
  const found = incident === undefined ? differences(expected, observed) : [];
  const told = { clause, differences: found, ...(incident === undefined ? {} : { incident }) };
  return findingMessage(told).includes(message);
}

/** Whether a difference is one that an entry tells. */
function isDifference(told: Difference, { path, expected, observed }: Difference): boolean {
  return (
    matchesGlob(told.path, path) &&
    matchesGlob(told.expected, expected) &&
    matchesGlob(told.observed, observed)
  );
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
