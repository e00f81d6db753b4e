import { quote } from 'shlex';
import type { Header } from '../report/header.js';

/** The command that continues the run of a report that is under way, in its folder. */
export function resumeCommand({ subject, seed, filter, options }: Header, folder: string): string {
  const { cases, decisions, depth, exhaustive, time, backendId, policy } = options;
  return [
    'npx trt-conformance run',
    `--subject ${quote(subject.name)}`,
    ...(backendId === null ? [] : [`--backend-id ${quote(backendId)}`]),
    ...(policy === null ? [] : [`--policy ${policy}`]),
    `--cases ${cases} --decisions ${decisions} --seed ${seed}`,
    ...(depth === 'both' ? [] : [`--depth ${depth}`]),
    ...(exhaustive ? ['--exhaustive'] : []),
    ...(time === null ? [] : [`--time ${time / 1000}s`]),
    ...(filter === null ? [] : [`--filter ${quote(filter)}`]),
    `--report ${quote(folder)} --resume`,
  ].join(' ');
}
