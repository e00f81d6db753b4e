import type { Case } from '../cases/case.js';
import { addVerdicts, noVerdicts, type Verdict } from '../compare/verdict.js';
import { caseRequest } from '../generators/case-request.js';
import type { GeneratedCase } from '../generators/generated-case.js';
import { decide } from '../../reference/decision/decide.js';
import { decisionAsOutcome } from '../decision/decision-as-outcome.js';
import { decodeDecision } from '../decision/decode-decision.js';
import { generatedFromRecord } from '../decision/generated-from-record.js';
import { loadRequests } from '../generators/load-requests.js';
import { encodedOutcome } from '../protocol/encode-outcome.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import type { Subject } from '../subjects/subject.js';
import type { VolumeIncident } from '../volume/volume-job.js';
import type { VolumePool } from '../volume/volume-pool.js';
import { judgePrograms } from './judge-programs.js';
import { decisionMismatch, requestMismatchAtDecisionDepth } from './decision-mismatch.js';
import { type VolumeSection, volumeJobs } from './volume-section.js';
import { BlockRunner, type Mismatch } from './block-runner.js';
import { runFixedCases } from './fixed-cases.js';
import { fixedFinding } from './fixed-finding.js';
import { generatedFinding, generatedFingerprint } from './generated-finding.js';
import { Ledger } from './ledger.js';
import { minimize } from './minimize.js';
import type { CaseResult, RunResult, SectionResult } from './run-result.js';
import { type FixedCase, type Section } from './section.js';
import { withoutTrouble } from './without-trouble.js';

/** Failures of a volume section that are looked at one by one; all of them are counted. */
const MOST_VOLUME_MISMATCHES = 256;

/** How many findings are made small; a subject that breaks more rules than that is shown on cases as they came. */
const MOST_MINIMIZED = 20;

/** What runs the volume sections: threads, or a subject's own process. */
export type Volumes = Pick<VolumePool, 'run' | 'close'>;

/** Told how far a run is: the section, and how many of its cases are done. */
export type OnProgress = (section: Section, done: number) => void;

/**
 * Runs sections on a subject, holds every outcome against the one expected, shrinks what differs and groups it by fault. Sections
 * of one name are told as one. Volume sections need a pool; of what fails in one, `look` cases are looked at one by one.
 *
 * @throws SubjectError when the subject breaks: nothing can be said of it then.
 */
export async function run(
  { subject, oracle }: Pick<OpenSubject, 'subject' | 'oracle'>,
  sections: Iterable<Section>,
  onProgress: OnProgress = () => undefined,
  pool: Volumes | null = null,
  look: number = MOST_VOLUME_MISMATCHES,
): Promise<RunResult> {
  const started = performance.now();
  const runner = new SectionRunner(subject, new BlockRunner(subject, oracle), pool, onProgress, look);
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
    byFinding: summed(earlier.byFinding ?? {}, later.byFinding ?? {}),
    cases: earlier.cases + later.cases,
    milliseconds: earlier.milliseconds + later.milliseconds,
  };
}

type Counts = Readonly<Record<string, number>>;

function summed(a: Counts, b: Counts): Counts {
  return {
    ...a,
    ...Object.fromEntries(Object.entries(b).map(([name, count]) => [name, count + (a[name] ?? 0)])),
  };
}

function added(before: Counts, after: Counts): Counts {
  const more = Object.entries(after).map(([name, count]): [string, number] => [
    name,
    count - (before[name] ?? 0),
  ]);
  return Object.fromEntries(more.filter(([, count]) => count > 0));
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
  /** Which finding the first cases of each fingerprint came down to. */
  readonly #minimized = new Map<string, string>();

  constructor(
    subject: Subject,
    blocks: BlockRunner,
    pool: Volumes | null,
    onProgress: OnProgress,
    look: number,
  ) {
    this.#subject = subject;
    this.#blocks = blocks;
    this.#pool = pool;
    this.#onProgress = onProgress;
    this.#look = look;
  }

  async run(section: Section): Promise<SectionResult> {
    const started = performance.now();
    this.#onProgress(section, 0);
    if (section.kind === 'programs') return this.#programs(section);
    const before = this.ledger.counts();
    const { cases, verdicts } = await this.#count(section);
    const others = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
    this.#onProgress(section, cases);
    return {
      name: section.name,
      clauses: section.kind === 'fixed' ? countClauses(section.cases) : 0,
      verdicts: { ...verdicts, pass: cases - others },
      byFinding: section.kind === 'fixed' ? {} : added(before, this.ledger.counts()),
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
      const verdict = mismatch === undefined ? 'pass' : verdictOf(mismatch);
      const finding = mismatch === undefined || isQuiet(verdict) ? null : this.#noteFixed(one, mismatch);
      if (mismatch !== undefined) verdicts[verdict]++;
      this.cases.set(one.id, { case: one, section: section.name, verdict, finding });
    }
    return { cases: section.cases.length, verdicts };
  }

  /** The fingerprint of the finding that a failed case makes or adds to. */
  #noteFixed(one: Case, mismatch: Mismatch): string {
    // A golden program fails for the reason for which the case that it was written from failed.
    const twin = this.cases.get(one.id.replace(/^golden\//, ''))?.finding ?? null;
    if (twin !== null && mismatch.incident === undefined) {
      this.ledger.count(twin);
      return twin;
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
        verdicts[verdict]++;
        if (!isQuiet(verdict)) await this.#noteGenerated(block, mismatch);
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
    for (const { record } of mismatches) await this.#noteRecord(record);
    const verdicts = { ...noVerdicts(), fail: reports.reduce((sum, report) => sum + report.failed, 0) };
    for (const found of reports.flatMap(({ incidents = [] }) => incidents)) {
      verdicts[found.incident.kind]++;
      if (!isQuiet(found.incident.kind)) await this.#noteIncident(found);
    }
    return { cases, verdicts };
  }

  /** A flat case without an outcome, taken up as a generated one. */
  async #noteIncident({ record, incident }: VolumeIncident): Promise<void> {
    const generated = generatedFromRecord(record);
    const [request] = loadRequests([generated]);
    if (request === undefined) return;
    const expected = encodedOutcome(decisionAsOutcome(decide(decodeDecision(record, 0))));
    const observed = new Uint8Array(0);
    await this.#noteGenerated([generated], { at: 0, request, expected, observed, incident });
  }

  /** A flat case that failed, taken up as a generated one; if only its decision differs, it is shown as that. */
  async #noteRecord(record: Uint8Array): Promise<void> {
    const generated = generatedFromRecord(record);
    // What troubles an engine has no part in decisions; at program depth it can end a load before the budget is looked at.
    for (const each of [generated, withoutTrouble(generated)]) {
      const mismatch = await this.#run(each);
      if (mismatch !== null) return this.#noteGenerated([each], mismatch);
    }
    const [request] = loadRequests([generated]);
    if (request === undefined) return;
    const shown = await decisionMismatch(this.#subject, record, request);
    if (shown !== null) await this.#noteGenerated([generated], shown);
  }

  async #noteGenerated(block: readonly GeneratedCase[], mismatch: Mismatch): Promise<void> {
    const generated = block[mismatch.at];
    if (generated === undefined) return;
    const first = generatedFingerprint(mismatch);
    const known = this.#minimized.get(first);
    if (known !== undefined) {
      this.ledger.count(known);
      return;
    }
    const shown =
      this.#minimized.size < MOST_MINIMIZED && mismatch.incident === undefined
        ? await minimize(generated, mismatch, (candidate) => this.#run(candidate))
        : { small: generated, mismatch };
    const finding = generatedFinding(shown.small, shown.mismatch, (clauses) => this.ledger.choose(clauses));
    this.ledger.add(finding);
    this.#minimized.set(first, finding.fingerprint);
  }

  async #run(generated: GeneratedCase): Promise<Mismatch | null> {
    const [mismatch] = await this.#blocks.run(loadRequests([generated]));
    // A subject without program depth is asked at the depth that it has, so that its findings are made small too.
    if (mismatch?.incident?.kind === 'unsupported') {
      return requestMismatchAtDecisionDepth(this.#subject, caseRequest(generated));
    }
    return mismatch === undefined || isQuiet(verdictOf(mismatch)) ? null : mismatch;
  }
}

/** Whether a verdict is about the run and not about the subject, so that there is nothing to find. */
function isQuiet(verdict: Verdict): boolean {
  return verdict === 'unsupported' || verdict === 'inconclusive';
}

function verdictOf({ incident }: Mismatch): Verdict {
  return incident?.kind ?? 'fail';
}

function countClauses(cases: readonly FixedCase[]): number {
  return new Set(cases.map((one) => one.case.clauses[0])).size;
}
