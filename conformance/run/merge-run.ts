import { HOSTILE } from '../cases/hostile.js';
import type { Incident } from '../model/incident.js';
import type { Answer } from '../process/answers.js';
import { Allowance } from '../process/allowance.js';
import { concludeRun, type Concluding, knownFailures } from './conclude-run.js';
import { sectionSize, type Section } from './plan/section.js';
import type { EndedRun } from './reporter.js';
import { type HostileEnds, NO_HOSTILE } from './run-hostile.js';
import { liveEntries } from './run-suite.js';
import type { ShardEnd } from './shards/shard-end.js';
import { type SectionTime, tellSections } from './shards/tell-sections.js';
import { ShardMisfit } from './shards/told-failures.js';
import type { Step } from './state/step.js';

/** What a shard left. */
export interface ToldShard {
  readonly steps: readonly Step[];
  readonly end: ShardEnd;
}

/**
 * The run that shards took together: the same as one that took all their steps. Nothing is run, and
 * the subject need not be there. Its areas took as long as those of all shards together, and the
 * run as long as the longest shard.
 *
 * @param shards all shards of one run, in any order
 * @throws ShardMisfit when they do not tell of every case, or not what findings are made from.
 */
export async function mergeRun(suite: Concluding, shards: readonly ToldShard[]): Promise<EndedRun> {
  const [first] = shards;
  if (first === undefined) throw new ShardMisfit('There are none.');
  const { subject } = first.end;
  const steps = shards.flatMap((shard) => shard.steps);
  refuseUncounted(suite.plan.sections, steps);
  const opened = { ...suite.opened, subject };
  const known = knownFailures(suite.root, opened, liveEntries(suite.expected, suite.today));
  const seen = await tellSections(suite.plan.sections, steps, {
    known,
    allowance: subject.inProcess ? null : new Allowance(subject.allowance ?? Infinity),
    times: sumTimes(shards),
    milliseconds: Math.max(...shards.map(({ end }) => end.milliseconds)),
  });
  return concludeRun(suite, { known, seen, hostile: hostileEnds(shards) });
}

/** Of sections whose cases can be told beforehand, the shards have to have counted every one. */
function refuseUncounted(sections: readonly Section[], steps: readonly Step[]): void {
  for (const [part, section] of sections.entries()) {
    if (section.kind === 'bulk' || section.kind === 'checks') continue;
    const counted = steps.filter((step) => step.part === part).reduce((sum, { cases }) => sum + cases, 0);
    if (counted === sectionSize(section)) continue;
    throw new ShardMisfit(
      `They counted ${counted} cases of the area ${section.name}, which has ${sectionSize(section)}.`,
    );
  }
}

function sumTimes(shards: readonly ToldShard[]): readonly SectionTime[] {
  const sums = new Map<string, number>();
  for (const { name, milliseconds } of shards.flatMap(({ end }) => end.times)) {
    sums.set(name, (sums.get(name) ?? 0) + milliseconds);
  }
  return [...sums].map(([name, milliseconds]) => ({ name, milliseconds }));
}

function hostileEnds(shards: readonly ToldShard[]): HostileEnds {
  const told = shards.flatMap(({ end }) => end.hostile ?? [])[0];
  if (told === undefined) return NO_HOSTILE;
  const end = new Map<string, Answer | Incident>(told.ends.map((one) => [one.id, one.end]));
  const results = HOSTILE.flatMap((one) => {
    const how = end.get(one.id);
    return how === undefined ? [] : [{ case: one, end: how }];
  });
  return { results, control: told.control };
}
