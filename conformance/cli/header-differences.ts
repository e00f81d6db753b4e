import type { Header } from '../report/header.js';

/** What has to be alike for a run to continue another, in words and as text. */
const PARAMETERS: readonly (readonly [name: string, of: (header: Header) => string])[] = [
  ['version', ({ tool }) => tool.version],
  ['specification', ({ specification }) => specification],
  ['subject', ({ subject }) => subject.name],
  ['versions of the subject', ({ subject }) => JSON.stringify(subject.versions)],
  ['files of the subject', ({ subject }) => subject.sha256 ?? 'none'],
  ['seed', ({ seed }) => seed],
  ['filter', ({ filter }) => filter ?? 'none'],
  ['cases', ({ options }) => String(options.cases)],
  ['decisions', ({ options }) => String(options.decisions)],
  ['depth', ({ options }) => options.depth],
  ['exhaustive', ({ options }) => String(options.exhaustive)],
  ['backend id', ({ options }) => options.backendId ?? 'none'],
  ['policy', ({ options }) => options.policy ?? 'none'],
  ['plan, with what is expected to fail', ({ plan }) => plan],
];

/** How the parameters of two runs differ, each as a phrase; none when the second can continue the first. */
export function headerDifferences(there: Header, here: Header): readonly string[] {
  return PARAMETERS.flatMap(([name, of]) =>
    of(there) === of(here) ? [] : [`${name}: there ${of(there)}, here ${of(here)}`],
  );
}
