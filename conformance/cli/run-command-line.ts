import { shellWord } from './shell-word.js';
import type { Header } from '../run/header.js';

/** The command that continues the run of a report that is under way, in its folder. */
export function resumeCommand({ subject, seed, filter, options }: Header, folder: string): string {
  const { cases, decisions, depth, exhaustive, time, backendId, policy } = options;
  return [
    'npx trt-conformance run',
    `--subject ${shellWord(subject.name)}`,
    ...(backendId === null ? [] : [`--backend-id ${shellWord(backendId)}`]),
    ...(policy === null ? [] : [`--policy ${policy}`]),
    `--cases ${cases} --decisions ${decisions} --seed ${seed}`,
    ...(depth === 'both' ? [] : [`--depth ${depth}`]),
    ...(exhaustive ? ['--exhaustive'] : []),
    ...(time === null ? [] : [`--time ${time / 1000}s`]),
    ...(filter === null ? [] : [`--filter ${shellWord(filter)}`]),
    `--report ${shellWord(folder)} --resume`,
  ].join(' ');
}
