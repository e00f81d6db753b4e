import { Session, type Profiler } from 'node:inspector';

/** Offsets of characters: from, and to just behind the last one. */
type Span = readonly [from: number, to: number];

/** What ran since the look before: of each function, by its place, what of it did not run. */
export type Look = ReadonlyMap<string, readonly Span[]>;

/** Of this thread: what was compiled before it began is counted by whole functions. */
let counting: Session | null = null;

function countingSession(): Session {
  if (counting !== null) return counting;
  counting = new Session();
  counting.connect();
  counting.post('Profiler.enable');
  counting.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return counting;
}

/**
 * Which blocks of the readers ran, as V8 counts them. A function counts by what of it has never
 * run: V8 names blocks by their counts, so that which ones it names says nothing. To be made
 * before any reader runs, and counted is until the thread ends.
 */
export class BlockCoverage {
  readonly #session = countingSession();
  readonly #counts: (url: string) => boolean;
  /** Of each function that ran, what of it did not run so far. */
  readonly #unrun = new Map<string, readonly Span[]>();

  /** @param counts whether a script, by its URL, is one of the readers */
  constructor(counts: (url: string) => boolean) {
    this.#counts = counts;
    this.look();
  }

  /** What ran since the last look. Takes milliseconds, so that many inputs share one. */
  look(): Look {
    const look = new Map<string, readonly Span[]>();
    for (const { scriptId, url, functions } of this.#taken()) {
      if (!this.#counts(url)) continue;
      for (const { ranges } of functions) {
        const [whole] = ranges;
        if (whole === undefined || whole.count === 0) continue;
        look.set(`${scriptId}:${whole.startOffset}`, unrunSpans(ranges));
      }
    }
    return look;
  }

  /** Whether a look shows a block that has not run before. */
  isNew(look: Look): boolean {
    for (const [place, unrun] of look) {
      const before = this.#unrun.get(place);
      if (before === undefined || lengthOf(common(before, unrun)) < lengthOf(before)) return true;
    }
    return false;
  }

  /** Takes what a look shows for known. */
  add(look: Look): void {
    for (const [place, unrun] of look) {
      const before = this.#unrun.get(place);
      this.#unrun.set(place, before === undefined ? unrun : common(before, unrun));
    }
  }

  /** Takes nothing for known any more. */
  forget(): void {
    this.#unrun.clear();
    this.look();
  }

  #taken(): readonly Profiler.ScriptCoverage[] {
    const taken: Profiler.ScriptCoverage[] = [];
    // Answered before it returns.
    this.#session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error !== null) throw error;
      taken.push(...result);
    });
    return taken;
  }
}

/** What did not run of a function: its ranges hold one another, the outermost first. */
function unrunSpans(ranges: readonly Profiler.CoverageRange[]): Span[] {
  const spans: Span[] = [];
  let end = -1;
  for (const { startOffset, endOffset, count } of ranges) {
    if (count > 0 || startOffset < end) continue;
    spans.push([startOffset, endOffset]);
    end = endOffset;
  }
  return spans;
}

/** What two lists of spans, each in order, have in common. */
function common(one: readonly Span[], other: readonly Span[]): readonly Span[] {
  const spans: Span[] = [];
  for (const [from, to] of one) {
    for (const [begin, end] of other) {
      if (begin < to && end > from) spans.push([Math.max(from, begin), Math.min(to, end)]);
    }
  }
  return spans;
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}
