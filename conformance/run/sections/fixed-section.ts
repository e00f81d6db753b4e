import type { FixedCase } from '../../model/fixed-case.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { CaseResult } from '../../model/run-result.js';
import { toldFaults } from '../blocks/block-allowance.js';
import type { PlayCases } from '../blocks/fixed-cases.js';
import type { Recheck } from '../again/recheck.js';
import type { SectionOf } from '../plan/section.js';
import type { RunState } from '../state/run-state.js';
import { changedVerdict, countVerdicts, type Counted, type SectionSteps } from './section-steps.js';
import type { Notes } from './notes.js';

/** Written cases of a step. */
export const BLOCK = 64;

/** What the written cases of a run are run with. */
export interface FixedTools {
  readonly play: PlayCases;
  readonly notes: Notes;
  readonly state: RunState;
  readonly recheck: Recheck;
}

/**
 * Runs a section of cases that are written down; rejects with SubjectError when the subject breaks.
 */
export async function runFixedSection(
  { name, cases }: SectionOf<'fixed'>,
  steps: SectionSteps,
  tools: FixedTools,
): Promise<void> {
  for (let at = 0; at < cases.length && !steps.isOver; at += BLOCK) {
    const number = at / BLOCK;
    await steps.take(number, () => runBlock(name, cases.slice(at, at + BLOCK), { ...tools, steps, number }));
  }
}

/** Which step of a section a block is. */
interface BlockPlace {
  readonly steps: SectionSteps;
  readonly number: number;
}

async function runBlock(
  section: string,
  block: readonly FixedCase[],
  { play, notes, state, recheck, steps, number }: FixedTools & BlockPlace,
): Promise<Counted> {
  recheck.know(block);
  const resultOf = async (
    { case: one, decision }: FixedCase,
    mismatch: Mismatch | undefined,
  ): Promise<CaseResult> => {
    const run = { case: one, section, ...(decision === undefined ? {} : ({ depth: 'decision' } as const)) };
    if (mismatch === undefined) return { ...run, verdict: 'pass', finding: null };
    const came = await notes.fixed(one, mismatch);
    const why = came.verdict === 'unsupported' ? mismatch.incident?.message : undefined;
    return { ...run, ...came, ...(why === undefined ? {} : { reason: why }) };
  };
  const mismatches = await play(block, (mismatch) => {
    const one = block[mismatch.at];
    if (one === undefined) return;
    steps.later(number, async () => {
      const was = state.caseResult(one.case.id)?.verdict ?? 'pass';
      const result = await resultOf(one, mismatch);
      return { cases: 0, verdicts: changedVerdict(was, result.verdict), results: [result] };
    });
  });
  const results: CaseResult[] = [];
  for (const [index, one] of block.entries()) {
    const mismatch = mismatches.find(({ at }) => at === index);
    results.push(await resultOf(one, mismatch));
  }
  const verdicts = countVerdicts(results.map(({ verdict }) => verdict));
  return { cases: block.length, verdicts, results, ...toldFaults(mismatches) };
}
