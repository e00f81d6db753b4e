import { runSuite, type RunOptions, type SuiteResult } from '../api/run-suite.js';
import type { ClauseId } from '../spec/clause.js';

/** What every whole run is put to first: a delegate that takes a plus before a number. */
export const CANARY = { subject: 'reference:accept-plus', breaks: 'WSB-PARSE-03' as ClauseId } as const;

/** The suite let pass what it must find, so that none of its verdicts can be relied on. */
export class CanaryError extends Error {
  override readonly name = 'CanaryError';
  readonly code = 'ERR_CANARY';
}

/**
 * Runs the cases of an area on a delegate with a known error, through all that a run goes through
 * from its plan to its conclusion.
 *
 * @throws CanaryError when the error is not found, or is found to be another
 */
export async function checkCanary(
  run: (options: RunOptions) => Promise<Pick<SuiteResult, 'outcome' | 'findings'>> = runSuite,
): Promise<void> {
  const { outcome, findings } = await run({ subject: CANARY.subject, filter: ['WSB-PARSE-*'] });
  const broken = findings.map(({ clause }) => clause).join(', ');
  if (outcome === 'does-not-conform' && broken === CANARY.breaks) return;
  throw new CanaryError(
    `${CANARY.subject} breaks ${CANARY.breaks}, and the suite found that it ` +
      `${broken === '' ? 'breaks nothing' : `breaks ${broken}`} (${outcome}): no verdict of this ` +
      'installation can be relied on. Install it again, and run trt-conformance golden check.',
  );
}
