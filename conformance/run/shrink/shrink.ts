import fc from 'fast-check';
import { caseArbitrary } from '../../generators/case-arbitrary.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { Attribution } from '../../attribution/attribution.js';
import { neutralize } from './neutralize.js';

/**
 * How many candidates shrinking one case may try. A number of tries gives the same case on every
 * machine, which a time does not.
 */
const MOST_TRIES = 1000;

/** How long shrinking one case may take, where every try does. */
export const SHRINK_MILLISECONDS = 20_000;

/**
 * The smallest case found within so many tries, and the time, that still fails as `generated` does:
 * fewer engines and compile specs first, then fewer options, then smaller numbers and shorter
 * texts. `fails` says whether a candidate shows the same fault.
 */
export async function shrink(
  generated: GeneratedCase,
  fails: (candidate: GeneratedCase) => Promise<boolean>,
  milliseconds: number = SHRINK_MILLISECONDS,
): Promise<GeneratedCase> {
  let tries = 0;
  const property = fc.asyncProperty(
    caseArbitrary(),
    async (candidate) => tries++ >= MOST_TRIES || !(await fails(candidate)),
  );
  const { counterexample } = await fc.check(property, {
    examples: [[generated]],
    numRuns: 1,
    interruptAfterTimeLimit: milliseconds,
  });
  return counterexample?.[0] ?? generated;
}

/**
 * The smallest case found that shows the fault of `generated`, and how it shows it. What the fault
 * does not need goes first, so that the clause is found on a case that is about nothing else; then
 * the case shrinks as long as it breaks that clause. `runCase` gives how a case fails; null when it
 * passes. `attribution` tells the clause.
 */
export async function minimize(
  generated: GeneratedCase,
  mismatch: Mismatch,
  runCase: (candidate: GeneratedCase) => Promise<Mismatch | null>,
  attribution: Attribution,
): Promise<{ readonly small: GeneratedCase; readonly mismatch: Mismatch }> {
  const bare = await neutralize(generated, async (candidate) => (await runCase(candidate)) !== null);
  const shown = await runCase(bare);
  // A subject that does not answer twice alike is reported with the case that it was seen on.
  if (shown === null) return { small: generated, mismatch };
  const wanted = attribution.fingerprint(shown);
  const failsAlike = async (candidate: GeneratedCase): Promise<boolean> => {
    const found = await runCase(candidate);
    return found !== null && attribution.fingerprint(found) === wanted;
  };
  const small = await neutralize(await shrink(bare, failsAlike), failsAlike);
  const final = await runCase(small);
  return final === null ? { small: bare, mismatch: shown } : { small, mismatch: final };
}
