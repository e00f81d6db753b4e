import { BACKEND_ID } from '../host/loaded-method.js';
import type { DelegateExplanation, MethodExplanation } from './explanation.js';
import { warning, type Finding } from './finding.js';
import { quoteBudget } from './quote-bytes.js';

/** Judges what an exporter left in a program as a whole. */
export function judgeProgram(methods: readonly MethodExplanation[]): readonly Finding[] {
  const ours = methods.flatMap(({ delegates }) => delegates.filter(({ backend }) => backend === BACKEND_ID));
  const budgets = new Set(ours.map(budgetText));
  const findings: Finding[] = [];
  if (budgets.size > 1) {
    const texts = [...budgets].join(', ');
    findings.push(
      warning('WSB-EXPORT-03', `the delegates of ${BACKEND_ID} carry different budgets: ${texts}`),
    );
  }
  const hasBudget = ours.some(({ compileSpecs }) => compileSpecs.some(({ isBudget }) => isBudget));
  const nothingStreams = ours.every(({ blob }) => (blob?.engine.streamable ?? 1n) <= 0n);
  if (hasBudget && nothingStreams) {
    findings.push(
      warning('WSB-EXPORT-08', 'the program carries a budget, but none of its engines streams anything'),
    );
  }
  return findings;
}

/** The budget compile specs of a delegate, in words. */
function budgetText({ compileSpecs }: DelegateExplanation): string {
  const values = compileSpecs.filter(({ isBudget }) => isBudget).map(({ value }) => quoteBudget(value));
  return values.length === 0 ? 'none' : values.join(' and ');
}
