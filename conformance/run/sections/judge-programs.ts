import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import { brokenClauses } from '../../cases/broken-clauses.js';
import { buildProgram } from '../../model/build-request.js';
import type { ProgramCase } from '../../model/scenario/program-case.js';
import { noVerdicts } from '../../model/verdict.js';
import type { CaseResult, SectionResult } from '../../model/run-result.js';

/** What tells of a program which clauses it breaks; null when it cannot be read. */
export type ProgramJudge = (program: Uint8Array) => readonly ClauseId[] | null;

/** What came of a section of programs. */
export interface JudgedPrograms {
  readonly section: SectionResult;
  readonly cases: readonly CaseResult[];
}

/**
 * Judges programs by the clauses about programs, which no subject has a part in. A program that is judged in another way than it was
 * written for is inconclusive: the judge errs then, and what it says of other programs is worth nothing.
 */
export function judgePrograms(
  name: string,
  programs: readonly ProgramCase[],
  judge: ProgramJudge = brokenClauses,
): JudgedPrograms {
  const started = performance.now();
  const cases = programs.map((one): CaseResult => {
    const verdict = isAsWritten(one, judge(buildProgram(one.program))) ? 'pass' : 'inconclusive';
    return { case: one, section: name, verdict, finding: null };
  });
  const pass = cases.filter(({ verdict }) => verdict === 'pass').length;
  const section: SectionResult = {
    name,
    clauses: new Set(programs.map(({ clauses: [clause] }) => clause)).size,
    verdicts: { ...noVerdicts(), pass, inconclusive: cases.length - pass },
    cases: cases.length,
    milliseconds: performance.now() - started,
  };
  return { section, cases };
}

function isAsWritten(
  { clauses: [clause], verdict }: ProgramCase,
  broken: readonly ClauseId[] | null,
): boolean {
  if (broken === null) return false;
  return verdict === 'keeps' ? broken.length === 0 : broken.length === 1 && broken[0] === clause;
}
