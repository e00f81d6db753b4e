import type { Command } from 'commander';
import { UsageError } from './output.js';

/** How many cases are drawn for an exporter unless said otherwise; few for one that is slow. */
export function drawnFor(exporter: string): number {
  return exporter.startsWith('upstream-full') ? 100 : 2000;
}

/** The subject of `run` that loads what an exporter writes: a crash of it is survived. */
export const LOADING_SUBJECT = 'native-process';

/** Options of `run` that say something of a run on a delegate, each as it is typed. */
const OF_DELEGATES: Readonly<Record<string, string>> = {
  config: '--config',
  backendId: '--backend-id',
  policy: '--policy',
  lacks: '--lacks',
  jobs: '--jobs',
  profile: '--profile',
  decisions: '--decisions',
  depth: '--depth',
  exhaustive: '--exhaustive',
  time: '--time',
  budget: '--budget',
  failFast: '--fail-fast',
  stats: '--stats',
  keep: '--keep',
  changedSince: '--changed-since',
  tensorrt: '--tensorrt',
  cudart: '--cudart',
  engines: '--engines',
  shard: '--shard',
  resume: '--resume',
  program: '--program',
  option: '--option',
  optionType: '--option-type',
  method: '--method',
  freeMemory: '--free-memory',
  json: '--json',
};

/**
 * Refuses, beside `--exporter`, options that have a meaning for delegates alone.
 *
 * @throws UsageError that names those that were given
 */
export function refuseOfDelegates(command: Command): void {
  const given = Object.entries(OF_DELEGATES).flatMap(([name, typed]) =>
    isGiven(command, name) ? [typed] : [],
  );
  if (given.length === 0) return;
  throw new UsageError(
    `${given.join(' and ')} cannot be used with --exporter: an exporter has ${given.length === 1 ? 'no such choice' : 'no such choices'}. Leave ${given.length === 1 ? 'it' : 'them'} out.`,
  );
}

/** Whether the user gave an option; a file of options is about delegates, and is not read. */
export function isGiven(command: Command, name: string): boolean {
  return command.getOptionValueSource(name) === 'cli';
}
