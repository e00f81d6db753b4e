import type { ExpectedFailure } from '../expectations/expected-failure.js';
import { isNamed } from '../expectations/is-named.js';
import type { Difference } from '../model/differences.js';
import { findingMessage } from '../model/finding-message.js';
import { matchesGlob } from '../model/glob.js';
import { exportFinding, type JudgedExport } from './judged-case.js';
import { isIncident } from './exporter.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';

/** An entry of a list that a failure meets, and the clause that it is told under. */
export interface MetExport {
  readonly entry: ExpectedFailure;
  readonly clause: ClauseId;
}

/**
 * Tells failures of an exporter that are expected from any other: by their clause and message, and
 * where an entry has them by its cases with what is observed, or by its differences. Remembers the
 * entries that were met.
 */
export class KnownExports {
  readonly #entries: readonly ExpectedFailure[];
  readonly #met = new Map<ExpectedFailure, Set<string>>();

  /** @param entries those that have not expired, none of them by a rule */
  constructor(entries: readonly ExpectedFailure[]) {
    this.#entries = entries;
  }

  /** Whether an entry was met; of one with cases, in a case that this query names. */
  met(entry: ExpectedFailure, query = ''): boolean {
    return this.#met.get(entry)?.has(query) === true;
  }

  /**
   * The clauses of a failed case that no entry expects, as they are broken; and the entry by which
   * the first of the others is expected, which is met then.
   */
  sort(judged: JudgedExport): { readonly other: readonly ClauseId[]; readonly met: readonly MetExport[] } {
    const clauses = isIncident(judged.answer)
      ? judged.case.clauses
      : [...new Set(judged.differences.map(({ clause }) => clause))];
    const met = clauses.flatMap((clause): MetExport[] => {
      const entry = this.#expecting(judged, clause);
      return entry === null ? [] : [{ entry, clause }];
    });
    const expected = new Set(met.map(({ clause }) => clause));
    return { other: clauses.filter((clause) => !expected.has(clause)), met };
  }

  #expecting(judged: JudgedExport, clause: ClauseId): ExpectedFailure | null {
    for (const entry of this.#entries) {
      const query = entry.clause === clause ? matchOf(entry, judged) : null;
      if (query === null) continue;
      this.#met.set(entry, (this.#met.get(entry) ?? new Set()).add(query));
      return entry;
    }
    return null;
  }
}

/** The query by which a case meets an entry about its clause; empty for one without; else null. */
function matchOf(entry: ExpectedFailure, judged: JudgedExport): string | null {
  const finding = exportFinding(judged, entry.clause, 'fail');
  if (!findingMessage(finding).includes(entry.message)) return null;
  if ('cases' in entry) {
    const query = entry.cases.find((each) => isNamed(each, judged.case.id));
    const observed = finding.exported?.observed ?? [];
    return query !== undefined && observed.join('\n') === entry.observed.join('\n') ? query : null;
  }
  if ('differences' in entry) {
    const own = judged.differences.filter(({ clause }) => clause === entry.clause);
    return own.every((one) => entry.differences.some((told) => isDifference(told, one))) ? '' : null;
  }
  return 'rule' in entry ? null : '';
}

function isDifference(told: Difference, { path, expected, observed }: Difference): boolean {
  return (
    matchesGlob(told.path, path) &&
    matchesGlob(told.expected, expected) &&
    matchesGlob(told.observed, observed)
  );
}
