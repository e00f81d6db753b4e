import type { SentCase } from '../../model/sent-case.js';
import { shortenSequence } from './shorten-sequence.js';
import type { SequenceSearch } from './sequence-search.js';

/** How many earlier cases are tried, one number after the other. */
const SUFFIXES = [4, 64, 1024, 8192, 65_536];

/** How often the case itself is tried in a row before anything else. */
const AT_FIRST = 4;

/** How often the case itself is tried in a row where earlier cases are many. */
const REPEATS = [64, 2048, 16_384];

/** Earlier cases from which on it is looked whether the case itself, often enough, does as well. */
const MANY = 8;

/** Other cases of a sequence of which it is found out whether they fail alone. */
const MOST_OTHERS = 4;

/**
 * The shortest sequence found at whose end a case fails that passes alone: `target`, or another one
 * on the way to it, which fails for the same reason and earlier. Null when nothing brings one back
 * within the time.
 */
export async function findSequence(
  target: SentCase,
  search: SequenceSearch,
): Promise<readonly SentCase[] | null> {
  const found = await anySequence(target, search);
  if (found === null) return null;
  const repeated = found.length > MANY ? await repeatedOften(found, search) : null;
  const candidates = [repeated ?? (await shortenSequence(found, search)), found];
  // A sequence that brings it back by chance alone is none.
  for (const candidate of candidates) if (await isReliable(candidate, search)) return candidate;
  return null;
}

async function anySequence(target: SentCase, search: SequenceSearch): Promise<readonly SentCase[] | null> {
  const { before, tries } = search;
  const alike = await firstFailing(times(target, AT_FIRST), search);
  if (alike !== null) return alike;
  let tried = 0;
  let repeats = 0;
  for (const most of SUFFIXES) {
    if (tries.areOver()) return null;
    const suffix = before(most);
    if (suffix.length > tried) {
      const found = await firstFailing([...suffix, target], search);
      if (found !== null) return found;
      tried = suffix.length;
    }
    const count = REPEATS[repeats];
    if (most < 1024 || count === undefined || tries.areOver()) continue;
    repeats++;
    const found = await firstFailing(times(target, count), search);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The sequence up to its end, if its last case fails; else up to the first case that fails and
 * passes alone; null when there is none.
 */
async function firstFailing(
  cases: readonly SentCase[],
  { failing, tries }: SequenceSearch,
): Promise<readonly SentCase[] | null> {
  const places = await tries.make(() => failing(cases));
  const last = cases.at(-1);
  // Where the same case is repeated, the first failure of it is as good.
  const own = places.find((place) => cases[place] === last);
  if (own !== undefined && own > 0) return cases.slice(0, own + 1);
  for (const place of places.filter((place) => place > 0).slice(0, MOST_OTHERS)) {
    const other = cases[place];
    if (other === undefined || tries.areOver()) return null;
    const alone = await tries.make(() => failing([other]));
    if (alone.length === 0) return cases.slice(0, place + 1);
  }
  return null;
}

/** The last case of a sequence, as often as it has cases or fewer, where that is enough. */
async function repeatedOften(
  found: readonly SentCase[],
  search: SequenceSearch,
): Promise<readonly SentCase[] | null> {
  const last = found.at(-1);
  if (last === undefined || search.tries.areOver()) return null;
  return firstFailing(times(last, found.length), search);
}

async function isReliable(cases: readonly SentCase[], { failing, tries }: SequenceSearch): Promise<boolean> {
  const places = await tries.make(() => failing(cases));
  return places.includes(cases.length - 1);
}

function times(one: SentCase, count: number): readonly SentCase[] {
  return Array.from({ length: count }, () => one);
}
