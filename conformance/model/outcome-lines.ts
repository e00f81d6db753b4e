import type { Outcome } from '../../reference/outcome/outcome.js';
import { budgetText, callText, programText, stepText } from './call-text.js';

/**
 * An outcome as lines to read: the program, the steps, the engines with their calls, and what
 * should not be there.
 */
export function outcomeLines(outcome: Outcome): string[] {
  const { program, steps, engines, leaks, violations } = outcome;
  if (program.kind === 'rejected') return [`the file is refused with ${programText(outcome)}`];
  const left = Object.entries(leaks).filter(([, count]) => count !== 0);
  return [
    ...steps.map(
      (step, at) => `step ${at}: ${stepText(step)}${step.warned ? ', logged at Error level' : ''}`,
    ),
    ...engines.map((engine, at) => {
      const source = engine.source === null ? '' : ` from the ${engine.source}`;
      return `engine ${at}: ${budgetText(engine.applied)}${source} (${engine.calls.map(callText).join(', ')})`;
    }),
    ...left.map(([what, count]) => `left alive: ${count} ${what}`),
    ...violations.map((violation) => `violation: ${violation}`),
  ];
}
