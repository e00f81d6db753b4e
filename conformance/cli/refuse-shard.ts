import { UsageError } from './output.js';
import type { SuiteOptions } from './suite-options.js';

/**
 * Refuses what says something of a run as a whole, beside a part of one.
 *
 * @throws UsageError that says where to ask for it
 */
export function refuseShard(options: ShardedOptions): void {
  if (options.shard === undefined) return;
  const beside = [
    ...(options.time === undefined ? [] : ['--time']),
    ...(options.budget === undefined ? [] : ['--budget']),
    ...(options.changedSince === undefined ? [] : ['--changed-since']),
    ...(options.failFast === true ? ['--fail-fast'] : []),
    ...(options.case === undefined ? [] : ['--case']),
    ...(options.program === undefined ? [] : ['--program']),
    ...(options.keep === true ? ['--keep'] : []),
    ...(options.stats === true ? ['--stats'] : []),
    ...(options.updateExpectations === true ? ['--update-expectations'] : []),
  ];
  if (beside.length > 0) {
    throw new UsageError(
      `${beside.join(' and ')} cannot be used with --shard: it takes all cases. Use it in a run of its own.`,
    );
  }
  if ((options.reporter ?? []).length > 0) {
    throw new UsageError(
      '--reporter cannot be used with --shard: a part of a run has no verdict. Give it to trt-conformance report merge.',
    );
  }
}

type ShardedOptions = Pick<
  SuiteOptions,
  | 'shard'
  | 'time'
  | 'budget'
  | 'changedSince'
  | 'failFast'
  | 'case'
  | 'program'
  | 'keep'
  | 'stats'
  | 'updateExpectations'
  | 'reporter'
>;
