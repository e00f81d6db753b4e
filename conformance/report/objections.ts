import { explainProgram, type Explanation } from '../../reference/index.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import { ExhaustingProgramError } from '../../reference/program/reading-work.js';
import { buildProgram } from '../model/build-request.js';
import type { Finding } from '../model/finding.js';
import { optionsThatMatter } from './step-that-matters.js';

/**
 * What the reference says of the program of a finding under its clause: which bytes, and why.
 * Nothing where it has no objection, since the fault is the subject's alone.
 */
export function objections(finding: Finding): readonly string[] {
  const { clause } = finding;
  const explained = explanationOf(buildProgram(finding.case.request.program), optionsThatMatter(finding));
  if (explained === null) return [];
  if (explained.kind === 'unreadable') {
    return explained.fault.clause === clause ? [explained.fault.message] : [];
  }
  const found = [
    ...explained.findings,
    ...explained.methods.flatMap(({ findings, delegates }) => [
      ...findings,
      ...delegates.flatMap((delegate) => delegate.findings),
    ]),
  ];
  return [...new Set(found.flatMap((one) => (one.clause === clause ? [one.message] : [])))];
}

function explanationOf(program: Uint8Array, options: OptionsMap | null): Explanation | null {
  try {
    return explainProgram(program, options);
  } catch (error) {
    if (error instanceof ExhaustingProgramError) return null;
    throw error;
  }
}
