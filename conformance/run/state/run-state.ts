import { addVerdicts, noVerdicts, type Verdict } from '../../model/verdict.js';
import { KnownFailures } from '../../expectations/known-failures.js';
import { Ledger } from '../../attribution/ledger.js';
import type { DeviceCheckResult } from '../../model/device-check.js';
import type { CaseResult, RunResult, SectionResult } from '../../model/run-result.js';
import type { Section } from '../plan/section.js';
import type { Step } from './step.js';

/** What was counted of the sections of one name. */
interface Tally {
  clauses: number;
  cases: number;
  /** All but the passes. */
  readonly verdicts: Record<Verdict, number>;
  milliseconds: number;
}

/**
 * All that is known of a run so far. It changes by steps alone, so that a run can be continued from
 * those of another.
 */
export class RunState {
  readonly ledger = new Ledger();
  readonly #cases = new Map<string, CaseResult>();
  readonly #minimized = new Map<string, string>();
  readonly #newlyMinimized = new Map<string, string>();
  readonly #tallies = new Map<string, Tally>();
  readonly #checks: DeviceCheckResult[] = [];

  /** @param known what the subject is known to fail, and how much of that was met */
  constructor(readonly known: KnownFailures = KnownFailures.NONE) {}

  /** What came of a written case; undefined for one that was not counted yet. */
  caseResult(id: string): CaseResult | undefined {
    return this.#cases.get(id);
  }

  /** The finding that the first case with that fingerprint came down to. */
  minimized(first: string): string | undefined {
    return this.#minimized.get(first);
  }

  /** How many names of failures have a finding that one of them came down to. */
  get minimizedCount(): number {
    return this.#minimized.size;
  }

  noteMinimized(first: string, finding: string): void {
    this.#minimized.set(first, finding);
    this.#newlyMinimized.set(first, finding);
  }

  /** What changed since the last call and is part of the next step. */
  takeChanges(): Pick<Step, 'findings' | 'occurrences' | 'minimized' | 'met'> {
    const minimized = Object.fromEntries(this.#newlyMinimized);
    this.#newlyMinimized.clear();
    return { ...this.ledger.takeChanges(), minimized, met: this.known.takeMet() };
  }

  /** Counts a step whose changes are made. */
  count(section: Section, { cases, verdicts, results, checks = [] }: Step): void {
    const tally = this.#tally(section);
    tally.cases += cases;
    for (const [verdict, count] of Object.entries(verdicts)) tally.verdicts[verdict as Verdict] += count;
    for (const result of results) this.#cases.set(result.case.id, result);
    this.#checks.push(...checks);
  }

  /** Makes and counts a step of an earlier run. */
  restore(section: Section, step: Step): void {
    this.ledger.restore(step);
    this.known.restore(step.met);
    for (const [first, finding] of Object.entries(step.minimized)) this.#minimized.set(first, finding);
    this.count(section, step);
  }

  /** A section of that name took so long. */
  addTime(section: Section, milliseconds: number): void {
    this.#tally(section).milliseconds += milliseconds;
  }

  /** How long the sections of that name took so far. */
  timeOf(section: Section): number {
    return this.#tally(section).milliseconds;
  }

  /** What came of the run, which went on for so long. */
  result(milliseconds: number): RunResult {
    const sections = [...this.#tallies].map(([name, tally]) => sectionResult(name, tally));
    return {
      sections,
      cases: [...this.#cases.values()],
      findings: this.ledger.list(),
      checks: this.#checks,
      verdicts: sections.map(({ verdicts }) => verdicts).reduce(addVerdicts, noVerdicts()),
      milliseconds,
    };
  }

  #tally(section: Section): Tally {
    const known = this.#tallies.get(section.name);
    if (known !== undefined) return known;
    const made: Tally = {
      clauses: countClauses(section),
      cases: 0,
      verdicts: noVerdicts(),
      milliseconds: 0,
    };
    this.#tallies.set(section.name, made);
    return made;
  }
}

function sectionResult(name: string, { clauses, cases, verdicts, milliseconds }: Tally): SectionResult {
  const others = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
  return {
    name,
    clauses,
    verdicts: { ...verdicts, pass: cases - others },
    cases,
    milliseconds,
  };
}

function countClauses(section: Section): number {
  switch (section.kind) {
    case 'fixed':
      return new Set(section.cases.map((one) => one.case.clauses[0])).size;
    case 'programs':
      return new Set(section.cases.map(({ clauses: [clause] }) => clause)).size;
    case 'generated':
    case 'bulk':
    case 'checks':
      return 0;
  }
}
