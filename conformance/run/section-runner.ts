import type { Verdict } from '../model/verdict.js';
import type { GeneratedCase } from '../generators/generated-case.js';
import { loadRequests } from '../generators/load-requests.js';
import type { Subject } from '../subjects/subject.js';
import type { IncidentKind } from '../model/incident.js';
import type { BulkExecutor, BulkReport, OnLateBulk, OnReport } from '../bulk/bulk-job.js';
import type { Depth } from '../model/depth.js';
import type { BlockRunner } from './block-runner.js';
import type { Mismatch } from '../model/mismatch.js';
import type { FindingNotes } from './finding-notes.js';
import { runFixedCases } from './fixed-cases.js';
import { inOrder } from './in-order.js';
import { judgePrograms } from './judge-programs.js';
import type { LateCases } from './late-cases.js';
import type { RunClock } from './run-clock.js';
import type { CaseResult } from '../model/run-result.js';
import type { RunState } from './run-state.js';
import type { Section } from './section.js';
import type { FixedCase } from '../model/fixed-case.js';
import type { Journal, Step } from './step.js';
import { jobStep, jobSteps, type VolumeSection, volumeJobs } from './volume-section.js';

const FIXED_BLOCK = 64;

/** Flat cases that are looked at in one step. */
const LOOKED_AT_ONCE = 32;

/** Told how far a run is: the section, and how many of its cases are done. */
export type OnProgress = (section: Section, done: number) => void;

/** What a section runner works with. */
export interface SectionTools {
  readonly blocks: BlockRunner;
  readonly notes: FindingNotes;
  readonly state: RunState;
  readonly journal: Journal;
  readonly clock: RunClock;
  readonly pool: BulkExecutor | null;
  readonly late: LateCases;
  readonly subject: Subject;
  /** How many processes of it work side by side. */
  readonly processes: number;
  readonly onProgress: OnProgress;
  /** How many failures of a volume section are looked at one by one; all of them are counted. */
  readonly look: number;
}

/** What came of a step, less what the state of the run knows. */
type Counted = Pick<Step, 'cases' | 'verdicts'> &
  Partial<Pick<Step, 'results' | 'mismatches' | 'incidents' | 'expected'>>;

/** Runs one section, step by step; the steps that an earlier run counted are made once more without running their cases. */
export class SectionRunner {
  readonly #tools: SectionTools;
  readonly #section: Section;
  readonly #part: number;
  readonly #done = new Set<number>();
  readonly #kept: readonly Step[];
  #cases = 0;

  /** @param part which section of the run it is, from 0 */
  constructor(tools: SectionTools, section: Section, part: number) {
    this.#tools = tools;
    this.#section = section;
    this.#part = part;
    this.#kept = tools.journal.kept(part);
  }

  /** Runs the section; rejects with SubjectError when the subject breaks. */
  async run(): Promise<void> {
    const { clock, state, onProgress } = this.#tools;
    const started = clock.elapsed();
    onProgress(this.#section, 0);
    for (const step of this.#kept) this.#restore(step);
    switch (this.#section.kind) {
      case 'fixed':
        await this.#fixed(this.#section.cases);
        break;
      case 'programs':
        await this.#step(0, () => Promise.resolve(this.#programs()));
        break;
      case 'generated':
        await this.#generated(this.#section.blocks());
        break;
      case 'volume':
        await this.#volume(this.#section);
    }
    state.addTime(this.#section, clock.elapsed() - started);
  }

  #restore(step: Step): void {
    const { clock, state, subject } = this.#tools;
    state.restore(this.#section, step);
    clock.advance(step.milliseconds);
    this.#cases += step.cases;
    for (let n = 0; step.first !== null && n < step.steps; n++) this.#done.add(step.first + n);
    if (subject.kind === 'in-process') return;
    for (const { kind, count } of incidentsOf(step)) subject.allowance.spend(kind, count);
  }

  /** Carries out step `number` and counts it, unless an earlier run did. */
  async #step(number: number, work: () => Promise<Counted>): Promise<void> {
    if (this.#done.has(number)) return;
    this.#note(number, await work());
    await this.#tools.late.takeUp();
  }

  #note(first: number | null, counted: Counted): void {
    const { clock, state, journal, onProgress } = this.#tools;
    const step: Step = {
      part: this.#part,
      area: this.#section.name,
      first,
      steps: 1,
      results: [],
      mismatches: [],
      incidents: [],
      expected: [],
      ...counted,
      ...state.takeChanges(),
      milliseconds: clock.elapsed(),
    };
    state.count(this.#section, step);
    journal.note(step);
    this.#cases += step.cases;
    onProgress(this.#section, this.#cases);
  }

  #programs(): Counted {
    const cases = this.#section.kind === 'programs' ? this.#section.cases : [];
    const judged = judgePrograms(this.#section.name, cases);
    const { inconclusive } = judged.section.verdicts;
    return { cases: cases.length, verdicts: { inconclusive }, results: judged.cases };
  }

  async #fixed(cases: readonly FixedCase[]): Promise<void> {
    for (let at = 0; at < cases.length; at += FIXED_BLOCK) {
      await this.#step(at / FIXED_BLOCK, () => this.#fixedBlock(cases.slice(at, at + FIXED_BLOCK)));
    }
  }

  async #fixedBlock(block: readonly FixedCase[]): Promise<Counted> {
    const onLate = (mismatch: Mismatch): void => {
      const one = block[mismatch.at];
      if (one !== undefined) this.#lateFixed(one, mismatch);
    };
    const mismatches = await runFixedCases(this.#tools.blocks, block, onLate);
    const results = block.map(({ case: one }, index): CaseResult => {
      const mismatch = mismatches.find((found) => found.at === index);
      const came = mismatch === undefined ? PASSED : this.#tools.notes.fixed(one, mismatch);
      return { case: one, section: this.#section.name, ...came };
    });
    return { cases: block.length, verdicts: countVerdicts(results.map(({ verdict }) => verdict)), results };
  }

  /** A written case that was counted and then turned out to break the subject. */
  #lateFixed({ case: one }: FixedCase, mismatch: Mismatch): void {
    const { late, notes, state } = this.#tools;
    late.add(() => {
      const was = state.caseResult(one.id)?.verdict ?? 'pass';
      const came = notes.fixed(one, mismatch);
      this.#note(null, {
        cases: 0,
        verdicts: changedVerdict(was, came.verdict),
        results: [{ case: one, section: this.#section.name, ...came }],
      });
      return Promise.resolve();
    });
  }

  async #generated(blocks: Iterable<readonly GeneratedCase[]>): Promise<void> {
    const { processes, late, notes } = this.#tools;
    const start = (block: readonly GeneratedCase[], number: number): Promise<readonly Mismatch[]> => {
      if (this.#done.has(number)) return Promise.resolve([]);
      const failed = new Map<number, Mismatch>();
      const onLate = (mismatch: Mismatch): void => {
        late.add(async () => {
          const verdict = await notes.generated(block, mismatch);
          const before = failed.get(mismatch.at);
          const was = before === undefined ? 'pass' : notes.generatedVerdict(before);
          this.#note(null, { cases: 0, verdicts: changedVerdict(was, verdict) });
        });
      };
      const running = this.#tools.blocks.run(loadRequests(block), { onLate, worker: number % processes });
      return running.then((mismatches) => {
        for (const mismatch of mismatches) failed.set(mismatch.at, mismatch);
        return mismatches;
      });
    };
    for await (const [block, number, mismatches] of inOrder(blocks, processes, start)) {
      await this.#step(number, async () => {
        const verdicts: Verdict[] = [];
        for (const mismatch of mismatches) verdicts.push(await notes.generated(block, mismatch));
        return { cases: block.length, verdicts: countVerdicts(verdicts) };
      });
    }
  }

  async #volume(section: VolumeSection): Promise<void> {
    const { pool, notes, state } = this.#tools;
    if (pool === null) throw new Error(`The section ${section.name} needs what runs cases in large numbers.`);
    const seen: ToLookAt[] = [];
    for (const step of this.#kept) if (step.first !== null) seen[step.first] = step;
    const left = [...volumeJobs(section)].filter((job) => !this.#done.has(jobStep(section, job)));
    const onLate: OnLateBulk = (found) => {
      this.#tools.late.add(async () => {
        await notes.flatIncident(depthOf(section), found);
        this.#note(null, { cases: 0, verdicts: changedVerdict(found.was, found.incident.kind) });
      });
    };
    const onReport: OnReport = (report, job) => {
      const number = jobStep(section, job);
      const { mismatches, incidents = [], expected: known = [] } = report;
      for (const { entry, told } of known) if (told) state.known.note(entry);
      const expected = known.map(({ entry, cases, first }) => {
        return { entry: state.known.placeOf(entry), cases, first };
      });
      const found = { mismatches, incidents, expected };
      seen[number] = found;
      this.#note(number, { cases: report.cases, verdicts: reportVerdicts(report), ...found });
    };
    await pool.run(left, onReport, onLate);
    await this.#tools.late.takeUp();
    const looks = this.#looks(section, Object.values(seen));
    for (let at = 0; at < looks.length; at += LOOKED_AT_ONCE) {
      await this.#step(jobSteps(section) + at / LOOKED_AT_ONCE, async () => {
        for (const lookAt of looks.slice(at, at + LOOKED_AT_ONCE)) await lookAt();
        return { cases: 0, verdicts: {} };
      });
    }
  }

  /** What is to be looked at of flat cases, in the order in which it is done. */
  #looks(section: VolumeSection, seen: readonly ToLookAt[]): readonly (() => Promise<void>)[] {
    const { look, notes, state } = this.#tools;
    const failed = seen.flatMap(({ mismatches }) => mismatches).slice(0, look);
    const expected = seen.flatMap((one) => one.expected);
    const without = seen.flatMap(({ incidents }) => incidents);
    return [
      ...failed.map((one) => () => notes.flatFailed(one.record)),
      ...expected.map(({ entry, cases, first }) => () => {
        return notes.flatExpected(state.known.entryAt(entry), cases, first.record);
      }),
      ...without.map((found) => () => notes.flatIncident(depthOf(section), found)),
    ];
  }
}

/** What is told of a case without a mismatch. */
const PASSED = { verdict: 'pass', finding: null } as const;

/** What is left to look at of a job of flat cases. */
type ToLookAt = Pick<Step, 'mismatches' | 'incidents' | 'expected'>;

function depthOf({ volume }: VolumeSection): Depth {
  return volume === 'program' ? 'program' : 'decision';
}

function reportVerdicts(report: BulkReport): Step['verdicts'] {
  const { failed, incidents = [], expected = [], inconclusive = 0 } = report;
  return {
    ...countVerdicts(incidents.map(({ incident }) => incident.kind)),
    fail: failed,
    'expected-fail': expected.reduce((sum, { cases }) => sum + cases, 0),
    inconclusive,
  };
}

/** The counts of a case whose verdict is another one now. */
function changedVerdict(was: Verdict, is: Verdict): Step['verdicts'] {
  return was === 'pass' ? { [is]: 1 } : { [was]: -1, [is]: 1 };
}

const INCIDENTS = ['crashed', 'timed-out', 'protocol-error'] as const;

function incidentsOf({ verdicts }: Step): readonly { readonly kind: IncidentKind; readonly count: number }[] {
  return INCIDENTS.map((kind) => ({ kind, count: verdicts[kind] ?? 0 }));
}

/** All but the passes. */
function countVerdicts(verdicts: readonly Verdict[]): Step['verdicts'] {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const verdict of verdicts) if (verdict !== 'pass') counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
