import type { SentCase } from '../../model/sent-case.js';
import type { SequenceSearch } from './sequence-search.js';

/**
 * The sequence less earlier cases that the last one does not need in order to fail: first those at
 * its beginning, then stretches of any length down to single cases; as far as the time goes.
 */
export async function shortenSequence(
  sequence: readonly SentCase[],
  { failing, tries }: Pick<SequenceSearch, 'failing' | 'tries'>,
): Promise<readonly SentCase[]> {
  const fails = async (cases: readonly SentCase[]): Promise<boolean> =>
    (await tries.make(() => failing(cases))).includes(cases.length - 1);
  let kept = sequence;
  for (let passes = 1; kept.length - passes > 1 && !tries.areOver();) {
    const middle = passes + Math.floor((kept.length - passes) / 2);
    const candidate = kept.slice(kept.length - middle);
    if (await fails(candidate)) kept = candidate;
    else passes = middle;
  }
  for (
    let size = Math.ceil((kept.length - 1) / 2);
    size >= 1 && !tries.areOver();
    size = Math.floor(size / 2)
  ) {
    for (let start = 0; start < kept.length - 1 && !tries.areOver();) {
      const end = Math.min(start + size, kept.length - 1);
      const candidate = [...kept.slice(0, start), ...kept.slice(end)];
      if (candidate.length > 1 && (await fails(candidate))) kept = candidate;
      else start = end;
    }
  }
  return kept;
}
