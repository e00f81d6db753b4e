import type { RunResult } from '../model/run-result.js';
import { Allowance } from '../process/allowance.js';
import { knownFailures, mergedResult } from './conclude-run.js';
import type { Header } from './header.js';
import type { EndedShard, Reporter } from './reporter.js';
import { type HostileEnds, NO_HOSTILE, runHostile } from './run-hostile.js';
import { liveEntries, runSections } from './run-suite.js';
import type { Suite } from './suite.js';
import { dealSteps } from './shards/deal-steps.js';
import { toldOf } from './shards/shard-end.js';
import { tellSections } from './shards/tell-sections.js';
import { RunClock } from './state/run-clock.js';
import { WITH_PLAN } from './state/run-end.js';
import type { Step } from './state/step.js';

/** A run of which a part is taken. */
export type ShardSuite = Suite & { readonly header: Header & Required<Pick<Header, 'shard'>> };

/**
 * Runs the steps of a plan that are those of a shard. Its findings are those that it comes to
 * alone: what all shards come to is known when they are merged.
 *
 * @throws SubjectError when the subject breaks: the shard is left unfinished then.
 */
export async function runShard(suite: ShardSuite, reporters: readonly Reporter[]): Promise<EndedShard> {
  try {
    for (const reporter of reporters) reporter.begin?.(suite.header);
    const ended = await endedShard(suite, reporters);
    for (const reporter of reporters) {
      ended.result.findings.forEach((finding) => reporter.finding?.(finding));
      reporter.endShard?.(ended);
    }
    return ended;
  } finally {
    for (const reporter of reporters) reporter.close?.();
  }
}

async function endedShard(suite: ShardSuite, reporters: readonly Reporter[]): Promise<EndedShard> {
  const { root, opened, plan, header, expected, today } = suite;
  const { takes, hasHostile } = dealSteps(plan.sections, header.shard);
  const steps: Step[] = [...suite.kept];
  const noting: Reporter = { step: (step) => steps.push(step) };
  const live = liveEntries(expected, today);
  const known = knownFailures(root, opened, live);
  const going = { known, takes, clock: new RunClock(), end: WITH_PLAN };
  const { sections, milliseconds } = await runSections(suite, going, [...reporters, noting]);
  const hostile = hasHostile ? await hostileOf(suite) : null;
  const told = toldOf(opened.subject);
  const times = sections.map((section) => ({ name: section.name, milliseconds: section.milliseconds }));
  const seen = await tellSections(plan.sections, steps, {
    known: knownFailures(root, opened, live),
    allowance: told.inProcess ? null : new Allowance(told.allowance ?? Infinity),
    ...{ times, milliseconds },
  });
  const result = mergedResult(suite, seen);
  return {
    ...{ header, steps, result },
    hostile: hostile ?? NO_HOSTILE,
    end: {
      cases: result.sections.reduce((sum, { cases }) => sum + cases, 0),
      verdicts: result.verdicts,
      subject: told,
      expected,
      hostile:
        hostile === null
          ? null
          : {
              ends: hostile.results.map(({ case: { id }, end }) => ({ id, end })),
              control: hostile.control,
            },
      ...{ times, milliseconds },
    },
  };
}

async function hostileOf({ opened, plan }: Suite): Promise<HostileEnds> {
  const { perCaseProcess } = opened.subject;
  return perCaseProcess === null ? NO_HOSTILE : runHostile(plan.hostile, perCaseProcess);
}

/** Whether a shard saw a failure: it is no verdict on the subject, but a job fails by it. */
export function shardFailed({ verdicts }: Pick<RunResult, 'verdicts'>, hostile: number): boolean {
  const { fail, crashed, 'timed-out': hung, 'protocol-error': broken } = verdicts;
  return fail + crashed + hung + broken + hostile > 0;
}
