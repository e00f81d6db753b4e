import type { Finding } from '../../model/finding.js';
import { MOST_OF_ONE } from '../again/recheck.js';
import type { Seen } from '../again/told-again.js';
import type { DrawnFailure, WrittenFailure } from '../sections/failures.js';
import { LIKELIEST, settledWritten, type TracedFinding } from '../../attribution/traced-finding.js';
import type { LookOf } from '../state/look.js';

/** Shards that do not tell what findings are made from, as none does that a run left. */
export class ShardMisfit extends Error {
  override readonly name = 'ShardMisfit';
}

/** Failures as shards tell them. They count, as a run does, how many of one name were run again. */
export class ToldFailures {
  readonly #checked = new Map<string, number>();

  /** A written case. */
  written({ traced, seen }: LookOf<'written'>): WrittenFailure {
    const first = settledWritten(traced, LIKELIEST).fingerprint;
    return { first, traced, ...this.#again(first, seen, traced.finding) };
  }

  /** A generated case. */
  drawn({ first, seen, came, smallest }: LookOf<'drawn'>): DrawnFailure {
    const asItCame = (): TracedFinding => {
      if (came !== undefined) return came;
      throw new ShardMisfit('They do not tell of a failure on which case it was seen.');
    };
    return {
      first,
      ...this.#again(first, seen, came?.finding),
      came: asItCame,
      smallest: () => Promise.resolve(smallest ?? asItCame()),
    };
  }

  #again(
    first: string,
    seen: Seen | null | undefined,
    finding: Finding | undefined,
  ): Pick<WrittenFailure, 'isWorth' | 'seen'> {
    return {
      isWorth: () => seen != null && (this.#checked.get(first) ?? 0) < MOST_OF_ONE,
      seen: () => {
        // Of a crash it was known by then.
        if (finding?.incident?.cases !== 1) this.#checked.set(first, 1 + (this.#checked.get(first) ?? 0));
        return Promise.resolve(seen ?? null);
      },
    };
  }
}
