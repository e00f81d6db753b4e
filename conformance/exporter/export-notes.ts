import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Finding } from '../model/finding.js';
import type { Verdict } from '../model/verdict.js';
import { isIncident } from './exporter.js';
import { exportFinding, isRight, type JudgedExport, mainDifference } from './judged-case.js';
import type { KnownExports } from './known-exports.js';

/** What is said of a case. */
export interface NotedExport {
  readonly verdict: Verdict;
  /** Of the finding that it adds to; null where it makes none. */
  readonly fingerprint: string | null;
}

/** A fault that a case shows, which another clause is broken by, too: the one known explains it. */
const OWED: Readonly<Record<ClauseId, ClauseId>> = {
  'WSB-EXPORT-11': 'WSB-EXPORT-10',
  'WSB-EXPORT-17': 'WSB-EXPORT-16',
  'WSB-EXPORT-18': 'WSB-EXPORT-16',
  'WSB-EXPORT-21': 'WSB-EXPORT-20',
};

/** The findings of a run of an exporter: for each clause the smallest case that breaks it. */
export class ExportNotes {
  readonly #known: KnownExports;
  readonly #findings = new Map<string, Finding>();

  constructor(known: KnownExports) {
    this.#known = known;
  }

  /** Notes what came of a case. */
  note(judged: JudgedExport): NotedExport {
    const { answer } = judged;
    if (isRight(judged)) return { verdict: 'pass', fingerprint: null };
    if (isIncident(answer) && (answer.kind === 'unsupported' || answer.kind === 'inconclusive')) {
      return { verdict: answer.kind, fingerprint: null };
    }
    const { other, met } = this.#known.sort(judged);
    const [expected] = met;
    if (other.length === 0 && expected !== undefined)
      return this.#add(judged, expected.clause, 'expected-fail');
    const main = mainDifference(judged)?.clause;
    const clause = main !== undefined && other.includes(main) ? main : other[0];
    return this.#add(judged, clause ?? judged.case.clauses[0], isIncident(answer) ? answer.kind : 'fail');
  }

  /**
   * Whether a case shows the fault of a finding: an incident of its kind, or its clause broken, and
   * that in a way that is expected where the finding is, and else in one that is not.
   */
  shows(judged: JudgedExport, { clause, verdict, incident }: Finding): boolean {
    const { answer } = judged;
    if (isRight(judged)) return false;
    if (isIncident(answer)) return incident?.kind === answer.kind;
    if (incident !== undefined) return false;
    const { other, met } = this.#known.sort(judged);
    return verdict === 'fail' ? other.includes(clause) : met.some((each) => each.clause === clause);
  }

  /** Shows a finding by another case, which is smaller. */
  show(fingerprint: string, smaller: JudgedExport): void {
    const known = this.#findings.get(fingerprint);
    if (known === undefined) return;
    const shown = exportFinding(smaller, known.clause, known.verdict);
    this.#findings.set(fingerprint, { ...shown, occurrences: known.occurrences });
  }

  /** Findings that only drawn cases showed so far, which are still to be made smaller. */
  drawn(): readonly Finding[] {
    return [...this.#findings.values()].filter(({ case: { kind } }) => kind === 'generated');
  }

  /** All findings, by clause; what another finding explains is told with that. */
  list(): readonly Finding[] {
    const all = [...this.#findings.values()];
    const explaining = (one: Finding): Finding | undefined =>
      all.find(({ clause, verdict }) => clause === OWED[one.clause] && verdict === one.verdict);
    return all
      .filter((one) => explaining(one) === undefined)
      .map((one) =>
        withOwed(
          one,
          all.filter((other) => explaining(other) === one),
        ),
      )
      .sort((a, b) => (a.clause < b.clause ? -1 : a.clause > b.clause ? 1 : 0));
  }

  /** Fingerprints that are told under another one. */
  renamed(): ReadonlyMap<string, string> {
    const told = this.list();
    return new Map(
      [...this.#findings.values()].flatMap((one): [string, string][] => {
        const by = told.find(({ clause, verdict }) => clause === OWED[one.clause] && verdict === one.verdict);
        return by === undefined ? [] : [[one.fingerprint, by.fingerprint]];
      }),
    );
  }

  #add(judged: JudgedExport, clause: ClauseId, verdict: Verdict): NotedExport {
    const finding = exportFinding(judged, clause, verdict);
    const known = this.#findings.get(finding.fingerprint);
    const shown = known === undefined || isSimpler(finding, known) ? finding : known;
    const occurrences = (known?.occurrences ?? 0) + 1;
    this.#findings.set(finding.fingerprint, { ...shown, occurrences });
    return { verdict, fingerprint: finding.fingerprint };
  }
}

function withOwed(one: Finding, owed: readonly Finding[]): Finding {
  if (owed.length === 0) return one;
  return {
    ...one,
    also: owed.map(({ clause }) => clause).sort(),
    occurrences: owed.reduce((sum, { occurrences }) => sum + occurrences, one.occurrences),
  };
}

/** A written case explains more than a drawn one, and one of its clause more than another's. */
function isSimpler(a: Finding, b: Finding): boolean {
  const [ranksA, ranksB] = [ranks(a), ranks(b)];
  const at = ranksA.findIndex((rank, index) => rank !== ranksB[index]);
  return at >= 0 && (ranksA[at] ?? 0) < (ranksB[at] ?? 0);
}

function ranks({ case: one, clause, exported }: Finding): number[] {
  return [
    one.kind === 'generated' ? 1 : 0,
    one.clauses[0] === clause ? 0 : 1,
    exported?.case.id.length ?? Infinity,
  ];
}
