import { InvalidArgumentError } from 'commander';
import type { Share } from '../run/shards/deal-steps.js';
import { visibleLine } from '../model/visible-text.js';
import { UsageError } from './output.js';

/** Shards that a run can be dealt out to. */
const MOST_SHARDS = 1000;

/** What the user asked for: a part by its numbers, or the one that the variables of the CI name. */
export type AskedShard = Share | 'auto';

/** Names how many completions an indexed Job has, which Kubernetes does not tell. */
export const TOTAL_VARIABLE = 'TRT_CONFORMANCE_SHARDS';

/** Variables by which a CI tells a job its place among equal ones, and where it begins to count. */
const VARIABLES = [
  { ci: 'GitLab', place: 'CI_NODE_INDEX', total: 'CI_NODE_TOTAL', first: 1 },
  { ci: 'CircleCI', place: 'CIRCLE_NODE_INDEX', total: 'CIRCLE_NODE_TOTAL', first: 0 },
  { ci: 'Buildkite', place: 'BUILDKITE_PARALLEL_JOB', total: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
  { ci: 'Kubernetes', place: 'JOB_COMPLETION_INDEX', total: TOTAL_VARIABLE, first: 0 },
] as const;

/** A shard from the command line: `2/3`, or `auto`. */
export function parseShard(text: string): AskedShard {
  if (text === 'auto') return 'auto';
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text);
  const share = { number: Number(match?.[1]), of: Number(match?.[2]) };
  if (match !== null && isShare(share)) return share;
  throw new InvalidArgumentError(
    `Give the number of the shard and how many there are, such as 2/3 (from 1/1 to ${MOST_SHARDS}/${MOST_SHARDS}), or auto.`,
  );
}

/**
 * The part that a run is to take.
 *
 * @throws UsageError for `auto` where no CI tells it, or what it tells cannot be.
 */
export function shareOf(asked: AskedShard, environment: NodeJS.ProcessEnv): Share {
  if (asked !== 'auto') return asked;
  const told = VARIABLES.filter(({ place }) => isSet(environment[place]));
  const [variables, other] = told;
  if (variables === undefined) throw new UsageError(NOTHING_TOLD);
  if (other !== undefined) {
    throw new UsageError(
      `--shard auto finds the variables of two CIs, ${variables.place} and ${other.place}. Give the numbers: --shard 2/3.`,
    );
  }
  const { place, total, first } = variables;
  const numbers = [environment[place], environment[total]].map((text) => text ?? '');
  const [at, of] = numbers.map((text) => (/^\d{1,4}$/.test(text) ? Number(text) : NaN));
  const share = { number: (at ?? NaN) + 1 - first, of: of ?? NaN };
  if (isShare(share)) return share;
  const shown = [place, total].map((name, at) => `${name}=${visibleLine(JSON.stringify(numbers[at]))}`);
  throw new UsageError(
    `--shard auto: ${shown.join(' and ')} are no shard${hint(variables)}. Set them, or give the numbers: --shard 2/3.`,
  );
}

function hint({ ci, first, total }: (typeof VARIABLES)[number]): string {
  const counts = `${ci} counts from ${first}`;
  return total === TOTAL_VARIABLE
    ? ` (${counts}; ${total} has to be set to .spec.completions)`
    : ` (${counts})`;
}

const NOTHING_TOLD = `--shard auto needs the variables of a CI, and there are none: ${VARIABLES.map(
  ({ ci, place, total }) => `${ci} has ${place} and ${total}`,
).join(', ')}. Elsewhere give the numbers, as from a matrix: --shard 2/3.`;

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

function isShare({ number, of }: Share): boolean {
  return number >= 1 && number <= of && of <= MOST_SHARDS;
}
