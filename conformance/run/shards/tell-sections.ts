import type { KnownFailures } from '../../expectations/known-failures.js';
import type { CaseResult, RunResult } from '../../model/run-result.js';
import type { Allowance } from '../../process/allowance.js';
import { jobSteps } from '../plan/bulk-section.js';
import type { Section, SectionOf } from '../plan/section.js';
import { MOST_BULK_MISMATCHES, runBulkSection } from '../sections/bulk-section.js';
import { expectedName, FaultNotes } from '../sections/fault-notes.js';
import { countVerdicts, LateCases, notRun, type RunRecord, SectionSteps } from '../sections/section-steps.js';
import type { Look } from '../state/look.js';
import { RunClock } from '../state/run-clock.js';
import { WITH_PLAN } from '../state/run-end.js';
import { RunState } from '../state/run-state.js';
import type { Step } from '../state/step.js';
import { ToldFailures } from './told-failures.js';
import { ToldFlatNotes } from './told-flat-notes.js';
import { ToldJobs } from './told-jobs.js';

/** How long a section took, all shards together. */
export interface SectionTime {
  readonly name: string;
  readonly milliseconds: number;
}

/** What the steps of shards are told with. */
export interface ToldRun {
  /** What the subject is known to fail; it was met by nothing yet. */
  readonly known: KnownFailures;
  /** What the subject may have of faults; null for one in the process of its runner. */
  readonly allowance: Allowance | null;
  readonly times: readonly SectionTime[];
  /** How long the run went on. */
  readonly milliseconds: number;
}

/**
 * What came of a run whose steps shards took, in whatever order they stand: the same as of a run
 * that took them all, since findings are made of what failed in the order of the cases.
 *
 * @throws ShardMisfit when they do not tell what is needed for that.
 */
export async function tellSections(
  sections: readonly Section[],
  steps: readonly Step[],
  told: ToldRun,
): Promise<RunResult> {
  const { known, allowance, times, milliseconds } = told;
  const state = new RunState(known);
  const record: RunRecord = {
    state,
    clock: new RunClock(() => 0),
    late: new LateCases(),
    kept: [],
    onStep: () => undefined,
    onProgress: () => undefined,
    end: WITH_PLAN,
    allowance,
  };
  const tools = { record, faults: new FaultNotes(state), failures: new ToldFailures(), isAsked: true };
  for (const [part, section] of sections.entries()) {
    const own = steps.filter((step) => step.part === part);
    const counted = new SectionSteps(record, section, part);
    if (section.kind === 'bulk') await tellBulk(section, counted, own, tools);
    else await tellBlocks(counted, own, { ...tools, isAsked: asksSubject(section) });
  }
  for (const section of sections) {
    const time = times.find(({ name }) => name === section.name)?.milliseconds ?? 0;
    state.addTime(section, time - state.timeOf(section));
  }
  return state.result(milliseconds);
}

interface Tools {
  /** Whether the subject has a part in the section, which ends when it broke too often. */
  readonly isAsked: boolean;
  readonly record: RunRecord;
  readonly faults: FaultNotes;
  readonly failures: ToldFailures;
}

/** Whether cases of a section are put to the subject: the suite judges programs by itself. */
function asksSubject({ kind }: Section): boolean {
  return kind !== 'programs' && kind !== 'checks';
}

/** Tells steps in their order; what came out later, behind the step that followed its own. */
async function tellBlocks(counted: SectionSteps, own: readonly Step[], tools: Tools): Promise<void> {
  const { inOrder, late } = ordered(own);
  let waiting = late;
  for (const step of inOrder) {
    await tellStep(counted, step, tools);
    const isDue = ({ seen }: Step): boolean => (seen?.of ?? 0) < (step.first ?? 0);
    for (const each of waiting.filter(isDue)) await tellStep(counted, each, tools);
    waiting = waiting.filter((each) => !isDue(each));
  }
  for (const each of waiting) await tellStep(counted, each, tools);
}

async function tellBulk(
  section: SectionOf<'bulk'>,
  counted: SectionSteps,
  own: readonly Step[],
  tools: Tools,
): Promise<void> {
  const { record, faults, failures } = tools;
  const { state, late: waiting, allowance } = record;
  const { inOrder, late } = ordered(own);
  const jobs = inOrder.filter(({ first }) => first !== null && first < jobSteps(section));
  const looks = inOrder.flatMap(({ seen }) => seen?.looks ?? []);
  const behind = async (): Promise<void> => {
    for (const step of late) await tellStep(counted, step, tools);
  };
  const byNumber = new Map(jobs.map((step) => [step.first ?? 0, step]));
  const pool = new ToldJobs(section, byNumber, { known: state.known, allowance }, behind);
  const notes = new ToldFlatNotes(looks, faults, failures);
  await runBulkSection(section, counted, { pool, notes, state, late: waiting, look: MOST_BULK_MISMATCHES });
}

async function tellStep(counted: SectionSteps, step: Step, tools: Tools): Promise<void> {
  const { state, allowance } = tools.record;
  const { first, cases, seen, faults, checks } = step;
  if (tools.isAsked && counted.isGivenUp && first !== null) {
    const results = step.results.map(notRunResult);
    const verdicts =
      results.length > 0
        ? countVerdicts(results.map(({ verdict }) => verdict))
        : notRun(cases, step.verdicts.unsupported ?? 0);
    counted.count(first, { cases, verdicts, results });
    return;
  }
  state.known.restore(step.met);
  const results = await tellResults(step.results, seen?.looks ?? [], tools);
  await tellDrawn(seen?.looks ?? [], tools);
  for (const [name, count] of Object.entries(seen?.alike ?? {})) {
    state.ledger.count(state.minimized(name) ?? name, count);
  }
  for (const [place, count] of Object.entries(seen?.expected ?? {})) {
    state.ledger.count(expectedName(state.known.entryAt(Number(place)).clause), count);
  }
  // What is found out later is counted against the subject when it is.
  if (first === null) for (const kind of LATE) allowance?.spend(kind, Math.max(0, step.verdicts[kind] ?? 0));
  counted.count(first, {
    cases,
    verdicts: step.verdicts,
    results,
    ...(faults === undefined ? {} : { faults }),
    ...(checks === undefined ? {} : { checks }),
  });
}

const LATE = ['crashed', 'timed-out', 'protocol-error'] as const;

/** The results of written cases, each with its finding. */
async function tellResults(
  results: readonly CaseResult[],
  looks: readonly Look[],
  { faults, failures, record: { state } }: Tools,
): Promise<readonly CaseResult[]> {
  const told: CaseResult[] = [];
  for (const result of results) {
    const look = looks.find((each) => caseOf(each) === result.case.id);
    if (look?.kind === 'written') {
      told.push({ ...result, finding: await faults.written(failures.written(look)) });
    } else if (look?.kind === 'entry') {
      state.ledger.add(look.finding);
      told.push({ ...result, finding: look.finding.fingerprint });
    } else told.push(result);
  }
  return told;
}

/** Generated cases that were looked at, in a section that draws its blocks. */
async function tellDrawn(
  looks: readonly Look[],
  { faults, failures, record: { state } }: Tools,
): Promise<void> {
  for (const look of looks) {
    if (look.kind === 'drawn') await faults.drawn(failures.drawn(look));
    else if (look.kind === 'entry' && look.isDrawn) {
      await faults.expected(state.known.entryAt(look.entry), 1, () => Promise.resolve(look.finding));
    }
  }
}

/** The written case that a look is about; null for one at a generated case. */
function caseOf(look: Look): string | null {
  if (look.kind === 'written') return look.traced.finding.case.id;
  return look.kind === 'entry' && !look.isDrawn ? look.finding.case.id : null;
}

function notRunResult(result: CaseResult): CaseResult {
  if (result.verdict === 'unsupported') return result;
  return { ...result, verdict: 'inconclusive', finding: null };
}

/** The steps that were taken by their numbers, and what was found out later. */
function ordered(steps: readonly Step[]): {
  readonly inOrder: readonly Step[];
  readonly late: readonly Step[];
} {
  const inOrder = steps.filter(({ first }) => first !== null);
  return {
    inOrder: [...inOrder].sort((a, b) => (a.first ?? 0) - (b.first ?? 0)),
    late: steps.filter(({ first }) => first === null),
  };
}
