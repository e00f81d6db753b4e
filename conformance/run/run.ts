import type { Case } from '../cases/case.js';
import { addVerdicts, noVerdicts, type Verdict } from '../compare/verdict.js';
import { loadRequests } from '../generators/load-requests.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { KnownFailures } from '../expectations/known-failures.js';
import type { Subject } from '../subjects/subject.js';
import type { VolumePool } from '../volume/volume-pool.js';
import type { Depth } from '../volume/volume-job.js';
import { judgePrograms } from './judge-programs.js';
import { type VolumeSection, volumeJobs } from './volume-section.js';
import { BlockRunner, type Mismatch } from './block-runner.js';
import { runFixedCases } from './fixed-cases.js';
import { fixedFinding } from './fixed-finding.js';
import { GeneratedNotes } from './generated-notes.js';
import { expectedFinding } from './judge.js';
import { Ledger } from './ledger.js';
import { isQuiet, verdictOf } from './mismatch-verdict.js';
import type { CaseResult, RunResult, SectionResult } from './run-result.js';
import { type FixedCase, type Section } from './section.js';

/** Failures of a volume section that are looked at one by one; all of them are counted. */
const MOST_VOLUME_MISMATCHES = 256;

/** What runs the volume sections: threads, or a subject's own process. */
export type Volumes = Pick<VolumePool, 'run' | 'close'>;

/** Told how far a run is: the section, and how many of its cases are done. */
export type OnProgress = (section: Section, done: number) => void;

/**
 * Runs sections on a subject, holds every outcome against the one expected, shrinks what differs and groups it by fault. Sections
 * of one name are told as one. Volume sections need a pool; of what fails in one, `look` cases are looked at one by one. What `known`
 * expects is told apart from what fails otherwise.
 *
 * @throws SubjectError when the subject breaks: nothing can be said of it then.
 */
export async function run(
  opened: Pick<OpenSubject, 'subject' | 'oracle'>,
  sections: Iterable<Section>,
  onProgress: OnProgress = () => undefined,
  pool: Volumes | null = null,
  look: number = MOST_VOLUME_MISMATCHES,
  known: KnownFailures = KnownFailures.NONE,
): Promise<RunResult> {
  const started = performance.now();
  const runner = new SectionRunner(
    opened,
    new BlockRunner(opened.subject, opened.oracle),
    pool,
    onProgress,
    look,
    known,
  );
  const byName = new Map<string, SectionResult>();
  for (const section of sections) {
    const result = await runner.run(section);
    byName.set(result.name, mergeSections(byName.get(result.name), result));
  }
  const results = [...byName.values()];
  return {
    sections: results,
    cases: [...runner.cases.values()],
    findings: runner.ledger.list(),
    verdicts: results.map(({ verdicts }) => verdicts).reduce(addVerdicts, noVerdicts()),
    milliseconds: performance.now() - started,
  };
}

function mergeSections(earlier: SectionResult | undefined, later: SectionResult): SectionResult {
  if (earlier === undefined) return later;
  return {
    ...later,
    verdicts: addVerdicts(earlier.verdicts, later.verdicts),
    cases: earlier.cases + later.cases,
    milliseconds: earlier.milliseconds + later.milliseconds,
  };
}

/** How the cases of a section ended, but for those that passed. */
interface Counted {
  readonly cases: number;
  readonly verdicts: Record<Verdict, number>;
}

class SectionRunner {
  /** By id. */
  readonly cases = new Map<string, CaseResult>();
  readonly ledger = new Ledger();
  readonly #subject: Subject;
  readonly #blocks: BlockRunner;
  readonly #pool: Volumes | null;
  readonly #onProgress: OnProgress;
  readonly #look: number;
  readonly #known: KnownFailures;
  readonly #notes: GeneratedNotes;

  constructor(
    opened: Pick<OpenSubject, 'subject' | 'oracle'>,
    blocks: BlockRunner,
    pool: Volumes | null,
    onProgress: OnProgress,
    look: number,
    known: KnownFailures,
  ) {
    this.#subject = opened.subject;
    this.#blocks = blocks;
    this.#pool = pool;
    this.#onProgress = onProgress;
    this.#look = look;
    this.#known = known;
    this.#notes = new GeneratedNotes(opened, blocks, this.ledger, known);
  }

  async run(section: Section): Promise<SectionResult> {
    const started = performance.now();
    this.#onProgress(section, 0);
    if (section.kind === 'programs') return this.#programs(section);
    const { cases, verdicts } = await this.#count(section);
    const others = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
    this.#onProgress(section, cases);
    return {
      name: section.name,
      clauses: section.kind === 'fixed' ? countClauses(section.cases) : 0,
      verdicts: { ...verdicts, pass: cases - others },
      cases,
      milliseconds: performance.now() - started,
    };
  }

  #programs({ name, cases }: Section & { kind: 'programs' }): SectionResult {
    const judged = judgePrograms(name, cases);
    for (const one of judged.cases) this.cases.set(one.case.id, one);
    return judged.section;
  }

  #count(section: Exclude<Section, { kind: 'programs' }>): Promise<Counted> {
    switch (section.kind) {
      case 'fixed':
        return this.#fixed(section);
      case 'generated':
        return this.#generated(section);
      case 'volume':
        return this.#volume(section);
    }
  }

  async #fixed(section: Section & { kind: 'fixed' }): Promise<Counted> {
    const verdicts = noVerdicts();
    const mismatches = await runFixedCases(this.#blocks, section.cases);
    for (const [at, { case: one }] of section.cases.entries()) {
      const mismatch = mismatches.get(at);
      const { verdict, finding } =
        mismatch === undefined ? PASSED : this.#noteFixed(one, mismatch, verdictOf(mismatch));
      if (mismatch !== undefined) verdicts[verdict]++;
      this.cases.set(one.id, { case: one, section: section.name, verdict, finding });
    }
    return { cases: section.cases.length, verdicts };
  }

  /** The verdict on a case that did not pass, and the fingerprint of the finding that it makes or adds to. */
  #noteFixed(one: Case, mismatch: Mismatch, verdict: Verdict): Pick<CaseResult, 'verdict' | 'finding'> {
    if (isQuiet(verdict)) return { verdict, finding: null };
    const entry = this.#known.expecting(one.id, mismatch);
    if (entry === null) return { verdict, finding: this.#noteFailed(one, mismatch) };
    const finding = expectedFinding(one, entry.clause, mismatch);
    this.ledger.add(finding);
    return { verdict: finding.verdict, finding: finding.fingerprint };
  }

  #noteFailed(one: Case, mismatch: Mismatch): string {
    // A golden program fails for the reason for which the case that it was written from failed.
    const twin = this.cases.get(one.id.replace(/^golden\//, ''));
    if (twin?.finding != null && twin.verdict !== 'expected-fail' && mismatch.incident === undefined) {
      this.ledger.count(twin.finding);
      return twin.finding;
    }
    const finding = fixedFinding(one, mismatch, this.ledger);
    this.ledger.add(finding);
    return finding.fingerprint;
  }

  async #generated(section: Section & { kind: 'generated' }): Promise<Counted> {
    const verdicts = noVerdicts();
    let done = 0;
    for (const block of section.blocks()) {
      const mismatches = await this.#blocks.run(loadRequests(block));
      for (const mismatch of mismatches) {
        const verdict = verdictOf(mismatch);
        const entry = isQuiet(verdict) ? null : this.#known.expecting(null, mismatch);
        verdicts[entry === null ? verdict : 'expected-fail']++;
        const generated = block[mismatch.at];
        if (generated === undefined || isQuiet(verdict)) continue;
        if (entry === null) await this.#notes.failed(generated, mismatch);
        else await this.#notes.expected(entry, 1, generated, mismatch);
      }
      done += block.length;
      this.#onProgress(section, done);
    }
    return { cases: done, verdicts };
  }

  async #volume(section: VolumeSection): Promise<Counted> {
    if (this.#pool === null) throw new Error(`${this.#subject.name} takes no cases in large numbers.`);
    let cases = 0;
    const reports = await this.#pool.run(volumeJobs(section), (report) => {
      cases += report.cases;
      this.#onProgress(section, cases);
    });
    const mismatches = reports.flatMap((report) => report.mismatches).slice(0, this.#look);
    for (const { record } of mismatches) await this.#notes.flatFailed(record);
    const verdicts = { ...noVerdicts(), fail: reports.reduce((sum, report) => sum + report.failed, 0) };
    for (const { entry, cases: count, first } of reports.flatMap(({ expected = [] }) => expected)) {
      verdicts['expected-fail'] += count;
      await this.#notes.flatExpected(entry, count, first.record);
    }
    for (const found of reports.flatMap(({ incidents = [] }) => incidents)) {
      verdicts[found.incident.kind]++;
      if (!isQuiet(found.incident.kind)) await this.#notes.flatIncident(depthOf(section), found);
    }
    return { cases, verdicts };
  }
}

/** What is told of a case without a mismatch. */
const PASSED = { verdict: 'pass', finding: null } as const;

function depthOf({ volume }: VolumeSection): Depth {
  return volume === 'program' ? 'program' : 'decision';
}

function countClauses(cases: readonly FixedCase[]): number {
  return new Set(cases.map((one) => one.case.clauses[0])).size;
}
