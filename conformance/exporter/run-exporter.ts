import type { ExportScenario } from '../model/scenario/export-scenario.js';
import { exportQuery } from '../model/scenario/export-scenario.js';
import type { ExportCase } from '../model/export-case.js';
import type { Finding } from '../model/finding.js';
import type { CaseResult, RunResult, SectionResult } from '../model/run-result.js';
import { addVerdicts, noVerdicts, type Verdict } from '../model/verdict.js';
import type { RunPart } from '../run/plan/section.js';
import { RunClock } from '../run/state/run-clock.js';
import type { Step } from '../run/state/step.js';
import { drawnCase, drawScenarios, smallestScenario } from './drawn-cases.js';
import { askCase, type ExporterBench } from './exporter-bench.js';
import { isIncident } from './exporter.js';
import { ExportNotes, type NotedExport } from './export-notes.js';
import type { JudgedExport } from './judged-case.js';
import type { KnownExports } from './known-exports.js';

/** What an exporter is asked in a run. */
export interface ExporterPlan {
  readonly written: readonly ExportCase[];
  /** How many cases are drawn, and from what. */
  readonly drawn: number;
  readonly seed: number;
}

/** Told as a run goes on. */
export interface ExporterEvents {
  readonly progress: (part: RunPart, done: number) => void;
  readonly step: (step: Step) => void;
}

/** The sections of a run of an exporter. */
const WRITTEN = 'export';
const DRAWN = 'generated';

/** Cases of a step. */
const BLOCK = 64;

/**
 * Asks an exporter all that is planned, one case after another, and makes findings of what it does
 * wrong: for each clause the smallest case that is found.
 *
 * @throws SubjectError when the exporter or the delegate cannot be started.
 */
export async function runExporter(
  bench: ExporterBench,
  plan: ExporterPlan,
  known: KnownExports,
  events: ExporterEvents,
): Promise<RunResult> {
  const run = new ExporterRun(bench, known, events);
  await run.written(plan.written);
  await run.drawn(plan);
  return run.result();
}

class ExporterRun {
  readonly #clock = new RunClock();
  readonly #notes: ExportNotes;
  readonly #cases: CaseResult[] = [];
  readonly #sections: SectionResult[] = [];

  constructor(
    readonly bench: ExporterBench,
    known: KnownExports,
    readonly events: ExporterEvents,
  ) {
    this.#notes = new ExportNotes(known);
  }

  async written(cases: readonly ExportCase[]): Promise<void> {
    const clauses = new Set(cases.map(({ clauses: [clause] }) => clause)).size;
    await this.#section(WRITTEN, clauses, cases, (judged, noted) => resultOf(judged, noted));
  }

  async drawn({ drawn, seed }: ExporterPlan): Promise<void> {
    const scenarios = drawScenarios(seed, drawn);
    await this.#section(
      DRAWN,
      0,
      scenarios.map((scenario) => drawnCase(scenario)),
      () => null,
    );
    for (const finding of this.#notes.drawn()) await this.#shrink(finding, seed, drawn);
  }

  result(): RunResult {
    const renamed = this.#notes.renamed();
    const cases = this.#cases.map((one) => ({
      ...one,
      finding: renamed.get(one.finding ?? '') ?? one.finding,
    }));
    return {
      sections: this.#sections,
      cases,
      findings: this.#notes.list(),
      verdicts: this.#sections.map(({ verdicts }) => verdicts).reduce(addVerdicts, noVerdicts()),
      milliseconds: this.#clock.elapsed(),
    };
  }

  async #section(
    name: string,
    clauses: number,
    cases: readonly ExportCase[],
    resultFor: (judged: JudgedExport, noted: NotedExport) => CaseResult | null,
  ): Promise<void> {
    if (cases.length === 0) return;
    const started = this.#clock.elapsed();
    const counts = noVerdicts();
    const part = this.#sections.length;
    const told: RunPart = { name, size: cases.length, of: name === DRAWN ? 'drawn' : 'written' };
    this.events.progress(told, 0);
    for (let at = 0; at < cases.length; at += BLOCK) {
      const block = cases.slice(at, at + BLOCK);
      const results: CaseResult[] = [];
      const verdicts: Partial<Record<Verdict, number>> = {};
      for (const one of block) {
        const judged = await askCase(this.bench, one);
        const noted = this.#notes.note(judged);
        counts[noted.verdict]++;
        if (noted.verdict !== 'pass') verdicts[noted.verdict] = (verdicts[noted.verdict] ?? 0) + 1;
        const result = resultFor(judged, noted);
        if (result !== null) results.push(result);
      }
      this.#cases.push(...results);
      this.events.step(
        stepOf({ part, name, number: at / BLOCK, cases: block.length, results, verdicts }, this.#clock),
      );
      this.events.progress(told, at + block.length);
    }
    this.#sections.push({
      ...{ name, clauses, verdicts: counts, cases: cases.length },
      milliseconds: this.#clock.elapsed() - started,
    });
  }

  /** Shows a finding of a drawn case by the smallest one that breaks the same clause. */
  async #shrink(finding: Finding, seed: number, count: number): Promise<void> {
    const seen = new Map<string, boolean>();
    const shown: JudgedExport[] = [];
    await smallestScenario(seed, count, async (scenario: ExportScenario) => {
      const key = exportQuery(scenario);
      const known = seen.get(key);
      if (known !== undefined) return known;
      const judged = await askCase(this.bench, drawnCase(scenario, finding.clause));
      const fails = this.#notes.shows(judged, finding);
      seen.set(key, fails);
      if (fails) shown.push(judged);
      return fails;
    });
    // The last one that fails is the smallest.
    const smallest = shown.at(-1);
    if (smallest !== undefined) this.#notes.show(finding.fingerprint, smallest);
  }
}

function resultOf({ case: one, answer }: JudgedExport, { verdict, fingerprint }: NotedExport): CaseResult {
  const { id, clauses, kind } = one;
  const why = verdict === 'unsupported' && isIncident(answer) ? { reason: answer.message } : {};
  return { case: { id, clauses, kind }, section: WRITTEN, verdict, finding: fingerprint, ...why };
}

interface CountedBlock {
  readonly part: number;
  readonly name: string;
  readonly number: number;
  readonly cases: number;
  readonly results: readonly CaseResult[];
  readonly verdicts: Step['verdicts'];
}

/** A block as a step; findings are told at the end: drawn cases may make them smaller. */
function stepOf({ part, name, number, cases, results, verdicts }: CountedBlock, clock: RunClock): Step {
  return {
    ...{ part, area: name, first: number, steps: 1, cases, verdicts },
    results: results.map((one) => ({ ...one, finding: null })),
    ...{ findings: [], occurrences: {}, minimized: {}, mismatches: [], incidents: [], expected: [], met: [] },
    milliseconds: clock.elapsed(),
  };
}
