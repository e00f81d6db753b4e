import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { PARTS } from './parts.js';
import type { Part } from './part.js';
import { SANITIZERS, type Sanitizer } from './sanitizer.js';

/** What a run of the sanitizers is asked for. */
export interface SanitizeOptions {
  readonly sanitizers: readonly Sanitizer[];
  readonly parts: readonly Part[];
  readonly cases: number;
  readonly decisions: number;
  readonly jobs: number;
  /** A build of the catalogue in place of our delegate. */
  readonly mutant: string | null;
  readonly filter: readonly string[];
}

const USAGE = `usage: npm run sanitize -- [options]
  --sanitizer NAME   ${SANITIZERS.map(({ name }) => name).join(' or ')}; may be repeated (default: both)
  --part NAME        ${PARTS.map(({ name }) => name).join(', ')};
                     may be repeated (default: all)
  --cases N          generated programs of each subject (default: 100000)
  --decisions N      generated decisions of each subject (default: 1000000)
  --jobs N           processes at a time (default: ${availableParallelism()}, one a processor)
  --filter QUERY     cases, as trt-conformance run takes it; may be repeated
  --mutant NAME      in place of our delegate the build of that name of the catalogue, which has to be found
  --help`;

/** The options; a text to be shown where there are none, with the exit code of the command. */
export function readSanitizeOptions(
  args: readonly string[],
): SanitizeOptions | { readonly text: string; readonly exitCode: number } {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS });
    if (values.help === true) return { text: USAGE, exitCode: 0 };
    const { sanitizer, part, mutant = null, filter = [] } = values;
    return {
      sanitizers: chosen(SANITIZERS, 'sanitizer', sanitizer),
      parts: chosen(PARTS, 'part', part),
      cases: numberOf('cases', values.cases),
      decisions: numberOf('decisions', values.decisions),
      jobs: Math.max(1, numberOf('jobs', values.jobs)),
      mutant,
      filter,
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { text: `${error.message}\n${USAGE}`, exitCode: 2 };
  }
}

const FLAGS = {
  sanitizer: { type: 'string', multiple: true },
  part: { type: 'string', multiple: true },
  cases: { type: 'string', default: '100000' },
  decisions: { type: 'string', default: '1000000' },
  jobs: { type: 'string', default: String(availableParallelism()) },
  filter: { type: 'string', multiple: true },
  mutant: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Those of the names, in the order of all; all without names. Throws for a name of none. */
function chosen<One extends { readonly name: string }>(
  all: readonly One[],
  flag: string,
  names: readonly string[] = all.map(({ name }) => name),
): readonly One[] {
  for (const name of names) {
    if (all.some((one) => one.name === name)) continue;
    throw new Error(`--${flag} is "${name}"; there are: ${all.map((one) => one.name).join(', ')}.`);
  }
  return all.filter(({ name }) => names.includes(name));
}

function numberOf(flag: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${flag} is "${text}", which is no number.`);
}
