import { visible } from '../model/visible-text.js';
import { shardEndOf } from '../report/shard-line.js';
import { packageOf } from '../package-of.js';
import { type Header } from '../run/header.js';
import { mergeRun } from '../run/merge-run.js';
import { planDigest } from '../run/plan/plan-digest.js';
import type { EndedRun } from '../run/reporter.js';
import { liveEntries } from '../run/run-suite.js';
import { ShardMisfit } from '../run/shards/told-failures.js';
import type { Schemas } from '../spec/schemas.js';
import { SPECIFICATION } from '../specification-version.js';
import { UsageError } from './output.js';
import type { ReadShard } from './read-shards.js';
import { planFor } from './plan-suite.js';
import { optionsOf, toldBench } from './told-bench.js';

/**
 * The run that shards took together. Its subject need not be here.
 *
 * @param shards all of one run, in the order of their numbers
 * @throws UsageError when they are not of this version of the suite, or do not fit together.
 */
export async function mergeShards(
  root: string,
  schemas: Schemas,
  shards: readonly ReadShard[],
): Promise<EndedRun> {
  const [first] = shards;
  if (first === undefined) throw new UsageError('There are no shards.');
  refuseVersion(root, first);
  const told = shards.map(({ steps, end }) => ({ steps, end: shardEndOf(end) }));
  const header = wholeHeader(shards, first);
  const { subject, expected } = shardEndOf(first.end);
  const today = header.started.slice(0, 10);
  const bench = await toldBench(root, schemas, header, subject);
  const { filter } = header;
  const queries = filter === null ? [] : typeof filter === 'string' ? [filter] : filter;
  const options = { ...optionsOf(header), report: '', jobs: 1 };
  const planned = planFor(bench, { root, schemas, options, queries, listed: [] });
  if (planDigest(planned.plan.sections, liveEntries(expected, today)) !== header.plan) {
    throw new UsageError(
      visible`${first.given} is a shard of other cases or expected failures than this suite has. Merge shards with the same files of the suite that ran them.`,
    );
  }
  try {
    const { plan, clauses, profiles, requirement } = planned;
    const { opened } = bench;
    return await mergeRun(
      { root, opened, plan, clauses, profiles, requirement, expected, today, header },
      told,
    );
  } catch (cause) {
    if (!(cause instanceof ShardMisfit)) throw cause;
    throw new UsageError(visible`The shards do not fit together. ${cause.message}`, { cause });
  }
}

/** The header that the run without shards has: it began with the first of them. */
function wholeHeader(shards: readonly ReadShard[], { header }: ReadShard): Header {
  const [started = header.started] = shards.map((one) => one.header.started).sort();
  const members = Object.entries({ ...header, started }).filter(([name]) => name !== 'shard');
  return Object.fromEntries(members) as unknown as Header;
}

function refuseVersion(root: string, { given, header }: ReadShard): void {
  const { version } = packageOf(root);
  const { tool, specification } = header;
  if (tool.version === version && specification === SPECIFICATION) return;
  throw new UsageError(
    visible`${given} was written by version ${tool.version} (specification ${specification}); this is ${version} (${SPECIFICATION}). Merge shards with the version that ran them.`,
  );
}
