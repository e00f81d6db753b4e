import type { DeviceCheckResult } from '../../model/device-check.js';
import type { Verdict } from '../../model/verdict.js';
import type { SectionOf } from '../plan/section.js';
import { countVerdicts } from './count-verdicts.js';
import type { Counted, SectionSteps } from './section-steps.js';

/** Makes the device checks of a section: what is only recorded counts as no case. */
export function runCheckSection(section: SectionOf<'checks'>, steps: SectionSteps): Promise<void> {
  return steps.take(0, async () => countChecks(await section.make()));
}

function countChecks(checks: readonly DeviceCheckResult[]): Counted {
  const judged = checks.flatMap(({ verdict }): Verdict[] => (verdict === 'recorded' ? [] : [verdict]));
  return { cases: judged.length, verdicts: countVerdicts(judged), checks };
}
