import fc from 'fast-check';
import { caseArbitrary } from '../../generators/case-arbitrary.js';
import type { GeneratedCase } from '../../generators/generated-case.js';

/** How long shrinking one case may take. */
export const SHRINK_MILLISECONDS = 2000;

/**
 * The smallest case found within the time that still fails as `generated` does: fewer engines and
 * compile specs first, then fewer options, then smaller numbers and shorter texts. `fails` says
 * whether a candidate shows the same fault.
 */
export async function shrink(
  generated: GeneratedCase,
  fails: (candidate: GeneratedCase) => Promise<boolean>,
  milliseconds: number = SHRINK_MILLISECONDS,
): Promise<GeneratedCase> {
  const property = fc.asyncProperty(caseArbitrary(), async (candidate) => !(await fails(candidate)));
  const { counterexample } = await fc.check(property, {
    examples: [[generated]],
    numRuns: 1,
    interruptAfterTimeLimit: milliseconds,
  });
  return counterexample?.[0] ?? generated;
}
