import type { Header } from '../run/header.js';
import { durationText } from './arguments.js';
import { queriesText } from '../model/filter.js';
import { countText } from '../model/count-text.js';
import type { PlanPart } from '../run/plan/plan-digest.js';

/** What has to be alike for a run to continue another, as the command line says it. */
const SETTINGS: Parameters = [
  ['subject', ({ subject }) => subject.name],
  ['seed', ({ seed }) => seed],
  ['filter', ({ filter }) => (filter === null ? 'none' : queriesText(filter))],
  ['cases', ({ options }) => countText(options.cases)],
  ['decisions', ({ options }) => countText(options.decisions)],
  ['depth', ({ options }) => options.depth],
  ['exhaustive', ({ options }) => String(options.exhaustive)],
  ['changed since', ({ options }) => options.changedSince?.report ?? 'none'],
  ['fail-fast', ({ options }) => String(options.failFast === true)],
  ['budget', ({ options }) => durationOrNone(options.budget)],
  ['timeout', ({ options }) => durationOrNone(options.timeout)],
  ['backend id', ({ options }) => options.backendId ?? 'none'],
  ['lacks', ({ options }) => options.lacks?.join(', ') ?? 'none'],
  ['policy', ({ options }) => options.policy ?? 'none'],
  ['variables', ({ options }) => options.env?.join(' ') ?? 'none'],
  ['shard', ({ shard }) => (shard === undefined ? 'none' : `${shard.number}/${shard.of}`)],
  ['profile', ({ profile }) => profile],
  ['requirements', ({ options }) => options.require.join(', ') || 'none'],
  [
    'TensorRT',
    ({ options: { tensorrt } }) => (tensorrt === undefined ? 'none' : (tensorrt.folder ?? 'as installed')),
  ],
  ['CUDA runtime', ({ options: { tensorrt } }) => tensorrt?.cudart ?? 'none'],
];

function durationOrNone(milliseconds: number | undefined): string {
  return milliseconds === undefined ? 'none' : durationText(milliseconds);
}

/** What has to be alike and is as it is on the machine. */
const SUITE: Parameters = [
  ['version of the suite', ({ tool }) => tool.version],
  ['specification', ({ specification }) => specification],
];
const SUBJECT: Parameters = [
  ['versions of the subject', ({ subject }) => JSON.stringify(subject.versions)],
  ['files of the subject (SHA-256)', ({ subject }) => subject.sha256 ?? 'none'],
];

type Parameters = readonly (readonly [name: string, of: (header: Header) => string])[];

/** How two runs differ so that the second cannot continue the first; each difference a phrase. */
export interface HeaderDifferences {
  /** What was given on the command line. */
  readonly settings: readonly string[];
  /** What became another one between the two: the suite, its cases or lists, the subject. */
  readonly surroundings: readonly string[];
}

/**
 * What the run of a report that is there differs in from the one that is asked for; empty where the
 * second can continue the first.
 */
export function headerDifferences(there: Header, asked: Header): HeaderDifferences {
  const differing = (parameters: Parameters): string[] =>
    parameters.flatMap(([name, of]) =>
      of(there) === of(asked) ? [] : [`${name}: was ${of(there)}, is now ${of(asked)}`],
    );
  const settings = differing(SETTINGS);
  // Another subject has other files, and another filter or number of cases makes another plan: of
  // those there is nothing more to say.
  const subject = there.subject.name === asked.subject.name ? differing(SUBJECT) : [];
  const plan = settings.length === 0 && there.plan !== asked.plan ? partDifferences(there, asked) : [];
  return { settings, surroundings: [...differing(SUITE), ...subject, ...plan] };
}

function partDifferences({ parts: before = [] }: Header, { parts: now = [] }: Header): readonly string[] {
  const names = [...new Set([...before, ...now].map(({ name }) => name))];
  const told = names.flatMap((name) => {
    const [was, is] = [before, now].map((parts) => parts.find((part) => part.name === name));
    if (was?.digest === is?.digest && was?.count === is?.count) return [];
    const same = was?.count === is?.count ? ', but others' : '';
    return [`${name}: was ${partText(was)}, is now ${partText(is)}${same}`];
  });
  return told.length > 0 ? told : ['cases or expected failures: changed, but the report does not say which'];
}

function partText(part: PlanPart | undefined): string {
  return part === undefined ? 'none' : countText(part.count);
}
