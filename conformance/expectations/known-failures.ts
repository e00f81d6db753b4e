import type { Rules } from '../../reference/host/rules.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { differences } from '../compare/differences.js';
import { outcomeLines } from '../compare/outcome-lines.js';
import { decisionAsOutcome } from '../decision/decision-as-outcome.js';
import { decodeDecisionOutcome } from '../decision/decode-decision.js';
import { ruledOutcomes } from '../decision/ruled-outcome.js';
import { decodeOutcome } from '../protocol/decode-outcome.js';
import { encodedOutcome } from '../protocol/encode-outcome.js';
import { findingMessage } from '../report/finding-message.js';
import type { Mismatch } from '../run/block-runner.js';
import { filterOf } from '../run/filter.js';
import { outcomesOf } from '../run/judge.js';
import type { Oracle } from '../subjects/oracle.js';
import type { Depth } from '../volume/volume-job.js';
import type { ExpectedByCases, ExpectedByRule, ExpectedFailure } from './expectations.js';
import { KnownRules } from './known-rules.js';

/** An outcome record less what a subject does not tell. */
export type Mask = (depth: Depth, record: Uint8Array) => Uint8Array;

/** What a flat case came to: its record, and the outcome records expected and observed, less what the subject does not tell. */
export interface FlatFailure {
  readonly depth: Depth;
  readonly record: Uint8Array;
  readonly expected: Uint8Array;
  readonly observed: Uint8Array;
}

/**
 * Tells a failure that is expected from any other, by the exact outcome: a second error on a clause that is known to be broken is not
 * taken for the first. Remembers the entries that it met.
 */
export class KnownFailures {
  /** Nothing is expected. */
  static readonly NONE = new KnownFailures([], () => () => {
    throw new Error('No rule is known to be wrong.');
  });

  readonly #byRule: readonly ExpectedByRule[];
  readonly #byCases: readonly ExpectedByCases[];
  readonly #rules: KnownRules;
  readonly #oracleOf: (rules: Rules) => Oracle;
  readonly #mask: Mask;
  readonly #met = new Map<ExpectedFailure, Set<string>>();

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

  /** The entry by which a case was to fail as it did; null when there is none. `id` is null for a generated case. */
  expecting(id: string | null, mismatch: Mismatch): ExpectedFailure | null {
    return (id === null ? null : this.#byCase(id, mismatch)) ?? this.#byItsRule(mismatch);
  }

  /** As {@link expecting}, for a flat case. */
  expectingFlat({ depth, record, expected, observed }: FlatFailure): ExpectedFailure | null {
    if (this.#byRule.length === 0) return null;
    const outcomes = ruledOutcomes(depth, record);
    const at = this.#rules.explain(expected, observed, (rules) => this.#mask(depth, outcomes(rules)));
    const entry = at === null ? undefined : this.#byRule[at];
    if (entry === undefined) return null;
    if (!this.met(entry)) {
      const read = depth === 'program' ? decodeOutcome : readDecision;
      this.#noteRule(entry, [read(expected), read(observed)]);
    }
    return entry;
  }

  #byItsRule(mismatch: Mismatch): ExpectedFailure | null {
    if (mismatch.incident !== undefined || this.#byRule.length === 0) return null;
    const at = this.#rules.explain(mismatch.expected, mismatch.observed, (rules) =>
      this.#mask('program', encodedOutcome(this.#oracleOf(rules)(mismatch.request))),
    );
    const entry = at === null ? undefined : this.#byRule[at];
    if (entry === undefined) return null;
    if (!this.met(entry)) this.#noteRule(entry, outcomesOf(mismatch));
    return entry;
  }

  #byCase(id: string, mismatch: Mismatch): ExpectedFailure | null {
    for (const entry of this.#byCases) {
      const query = entry.cases.find((each) => isNamed(each, id));
      if (query === undefined || !isAsTold(entry, mismatch)) continue;
      this.#note(entry, query);
      return entry;
    }
    return null;
  }

  #noteRule(entry: ExpectedByRule, [expected, observed]: readonly [Outcome, Outcome]): void {
    const message = findingMessage({ clause: entry.clause, differences: differences(expected, observed) });
    if (message.includes(entry.message)) this.#note(entry, '');
  }

  #note(entry: ExpectedFailure, query: string): void {
    this.#met.set(entry, (this.#met.get(entry) ?? new Set()).add(query));
  }
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

function readDecision(record: Uint8Array): Outcome {
  return decisionAsOutcome(decodeDecisionOutcome(record, 0));
}
