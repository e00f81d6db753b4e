import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Case } from '../model/case.js';
import { fingerprint } from '../model/fingerprint.js';
import { caseToJson } from '../wire/json/json-case.js';
import type { Finding } from '../model/finding.js';
import type { Recurrence } from '../model/recurrence.js';

/** What came to a ledger within a stretch of a run. */
export interface LedgerChanges {
  /**
   * Findings that are new, or shown by another case than before; as they are at the end of the
   * stretch.
   */
  readonly findings: readonly Finding[];
  /** How many cases were added to each finding, by its fingerprint. */
  readonly occurrences: Readonly<Record<string, number>>;
}

/** Findings by fingerprint: how often each was seen, and the simplest case that shows it. */
export class Ledger {
  readonly #findings = new Map<string, Finding>();
  readonly #renewed = new Set<string>();
  readonly #added = new Map<string, number>();

  /** Whether a clause is known to be broken. */
  knows(clause: ClauseId): boolean {
    return this.#findings.has(fingerprint('fail', clause));
  }

  /** Whether a finding would be shown by its own case: it is new, or its case is simpler. */
  wouldShow(finding: Finding): boolean {
    const known = this.#findings.get(finding.fingerprint);
    return known === undefined || isSimpler(finding, known);
  }

  /** How the finding with that fingerprint came back; undefined where that is not known. */
  recurrenceOf(name: string): Recurrence | undefined {
    return this.#findings.get(name)?.recurrence;
  }

  /**
   * Of the clauses that a difference can be traced to: the first that is known to be broken, else
   * the likeliest.
   */
  choose(clauses: readonly [ClauseId, ...ClauseId[]]): ClauseId {
    return clauses.find((clause) => this.knows(clause)) ?? clauses[0];
  }

  /**
   * Counts a finding; its case is kept when it shows the fault more simply than the one kept so
   * far.
   */
  add(finding: Finding): void {
    const known = this.#findings.get(finding.fingerprint);
    const occurrences = finding.occurrences + (known?.occurrences ?? 0);
    const simplest = known === undefined || isSimpler(finding, known) ? finding : known;
    this.#findings.set(finding.fingerprint, { ...simplest, occurrences });
    if (simplest === finding) this.#renewed.add(finding.fingerprint);
    this.#note(finding.fingerprint, finding.occurrences);
  }

  /** Counts further cases of a known fault, by its fingerprint; false when it is not known. */
  count(name: string, cases = 1): boolean {
    const known = this.#findings.get(name);
    if (known === undefined) return false;
    this.#findings.set(name, { ...known, occurrences: known.occurrences + cases });
    this.#note(name, cases);
    return true;
  }

  /** What came to it since the last call. */
  takeChanges(): LedgerChanges {
    const findings = [...this.#renewed].flatMap((name) => this.#findings.get(name) ?? []);
    const occurrences = Object.fromEntries(this.#added);
    this.#renewed.clear();
    this.#added.clear();
    return { findings, occurrences };
  }

  /** Makes changes once more that an earlier run made, in their order. */
  restore({ findings, occurrences }: LedgerChanges): void {
    for (const finding of findings) this.#findings.set(finding.fingerprint, finding);
    const whole = new Set(findings.map(({ fingerprint }) => fingerprint));
    for (const [name, count] of Object.entries(occurrences)) {
      const known = this.#findings.get(name);
      if (known === undefined || whole.has(name)) continue;
      this.#findings.set(name, { ...known, occurrences: known.occurrences + count });
    }
  }

  #note(name: string, count: number): void {
    this.#added.set(name, count + (this.#added.get(name) ?? 0));
  }

  /** All findings, by clause. */
  list(): Finding[] {
    return [...this.#findings.values()].sort((a, b) =>
      a.clause < b.clause ? -1 : a.clause > b.clause ? 1 : 0,
    );
  }
}

/**
 * A case of the broken clause itself explains more than one of another; then fewer engines, then
 * less text.
 */
function isSimpler(a: Finding, b: Finding): boolean {
  const [ranksA, ranksB] = [ranks(a), ranks(b)];
  const at = ranksA.findIndex((rank, index) => rank !== ranksB[index]);
  return at >= 0 && (ranksA[at] ?? 0) < (ranksB[at] ?? 0);
}

function ranks({ case: one, clause }: Finding): number[] {
  const engines = engineCount(one);
  return [
    engines > 2 ? engines : 0,
    // A program told by its parts shows what matters; a whole file does not.
    one.request.program.kind === 'methods' ? 0 : 1,
    one.clauses[0] === clause ? 0 : 1,
    JSON.stringify(caseToJson(one)).length,
  ];
}

function engineCount({ request: { program } }: Case): number {
  return program.kind === 'methods' ? program.methods.flatMap(({ delegates }) => delegates).length : 1;
}
