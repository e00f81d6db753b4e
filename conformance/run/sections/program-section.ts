import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import { brokenClauses } from '../../cases/broken-clauses.js';
import { buildProgram } from '../../model/build-request.js';
import type { CaseResult } from '../../model/run-result.js';
import type { ProgramCase } from '../../model/scenario/program-case.js';
import type { SectionOf } from '../plan/section.js';
import { countVerdicts, type Counted, type SectionSteps } from './section-steps.js';
import type { DeviceCheckResult } from '../../model/device-check.js';
import type { Verdict } from '../../model/verdict.js';

/** What tells of a program which clauses it breaks; null when it cannot be read. */
export type ProgramJudge = (program: Uint8Array) => readonly ClauseId[] | null;

/** Runs a section of programs, in which no subject has a part. */
export function runProgramSection(section: SectionOf<'programs'>, steps: SectionSteps): Promise<void> {
  return steps.take(0, () => judgePrograms(section));
}

/**
 * Judges programs by the clauses about programs: a check of the suite itself, which says nothing of
 * the subject. A program that is judged in another way than it
 * was written for is inconclusive: the judge errs then, and what it says of other programs is worth
 * nothing.
 */
export function judgePrograms(
  { name, cases }: SectionOf<'programs'>,
  judge: ProgramJudge = brokenClauses,
): Counted & { readonly results: readonly CaseResult[] } {
  const results = cases.map((one): CaseResult => {
    const verdict = isAsWritten(one, judge(buildProgram(one.program))) ? 'self-check' : 'inconclusive';
    return { case: one, section: name, verdict, finding: null };
  });
  return { cases: cases.length, verdicts: countVerdicts(results.map(({ verdict }) => verdict)), results };
}

function isAsWritten(
  { clauses: [clause], verdict }: ProgramCase,
  broken: readonly ClauseId[] | null,
): boolean {
  if (broken === null) return false;
  return verdict === 'keeps' ? broken.length === 0 : broken.length === 1 && broken[0] === clause;
}

/** Makes the device checks of a section: what is only recorded counts as no case. */
export function runCheckSection(section: SectionOf<'checks'>, steps: SectionSteps): Promise<void> {
  return steps.take(0, async () => countChecks(await section.make()));
}

function countChecks(checks: readonly DeviceCheckResult[]): Counted {
  const judged = checks.flatMap(({ verdict }): Verdict[] => (verdict === 'recorded' ? [] : [verdict]));
  return { cases: judged.length, verdicts: countVerdicts(judged), checks };
}
