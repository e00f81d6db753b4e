import { expectedFinding } from '../../attribution/judge.js';
import { isQuiet, verdictOf } from '../../attribution/mismatch-verdict.js';
import type { BulkIncident, BulkMismatch } from '../../bulk/bulk-job.js';
import type { FlatPlace } from '../../bulk/earlier-flat-cases.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import type { KnownFailures } from '../../expectations/known-failures.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import type { Case } from '../../model/case.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { CaseResult } from '../../model/run-result.js';
import type { Verdict } from '../../model/verdict.js';
import { expectedName, MOST_MINIMIZED } from '../sections/fault-notes.js';
import type { DrawnFailure } from '../sections/failures.js';
import { generatedVerdict } from '../sections/generated-verdict.js';
import type { LiveFailures } from '../sections/live-failures.js';
import type { FailedFlatCase, Notes } from '../sections/notes.js';
import type { LookedFlatCase, LookOf } from '../state/look.js';
import type { SeenByShard } from '../state/step.js';
import { SureFindings } from './sure-findings.js';

/**
 * Notes of a shard: it makes no findings, since what a failure comes to depends on failures that
 * other shards see. It looks at every failure that a run of all cases can want to know more about,
 * and writes down what it saw. A run of all cases has seen all that this shard has seen, and more,
 * when it comes to a case; so it wants to know of no other.
 */
export class ShardNotes implements Notes {
  readonly #failures: LiveFailures;
  readonly #known: KnownFailures;
  readonly #sure = new SureFindings();
  /** Names of generated cases of which one was looked at. */
  readonly #firsts = new Set<string>();
  /** Names of what is expected and was looked at. */
  readonly #expected = new Set<string>();
  #looks: SeenByShard['looks'][number][] = [];
  #alike = new Map<string, number>();
  #alikeExpected = new Map<string, number>();

  constructor(failures: LiveFailures, known: KnownFailures) {
    this.#failures = failures;
    this.#known = known;
  }

  /** What was noted since the last call; null where that is nothing. */
  readonly takeSeen = (): Omit<SeenByShard, 'of'> | null => {
    const seen = {
      looks: this.#looks,
      alike: Object.fromEntries(this.#alike),
      expected: Object.fromEntries(this.#alikeExpected),
    };
    if (seen.looks.length + this.#alike.size + this.#alikeExpected.size === 0) return null;
    this.#looks = [];
    this.#alike = new Map();
    this.#alikeExpected = new Map();
    return seen;
  };

  /** Takes over what an earlier run of the same shard noted. */
  restore({ looks }: SeenByShard): void {
    for (const look of looks) {
      if (look.kind === 'drawn') this.#firsts.add(look.first);
      else if (look.kind === 'entry') this.#expected.add(look.finding.fingerprint);
      else if (look.seen !== undefined) this.#sure.add(look.traced);
    }
  }

  async fixed(one: Case, mismatch: Mismatch): Promise<Pick<CaseResult, 'verdict' | 'finding'>> {
    const verdict = verdictOf(mismatch);
    if (isQuiet(verdict)) return { verdict, finding: null };
    const entry = this.#known.expecting(one, mismatch);
    if (entry !== null) {
      const finding = expectedFinding(one, entry.clause, mismatch);
      this.#lookAtEntry(entry, { finding, isDrawn: false, flat: null });
      return { verdict: finding.verdict, finding: null };
    }
    const failure = this.#failures.written(one, mismatch);
    const { traced } = failure;
    const isAsked = failure.isWorth() || this.#sure.mayShow(traced);
    const seen = isAsked ? { seen: await failure.seen() } : {};
    if (isAsked) this.#sure.add(traced);
    this.#looks.push({ kind: 'written', traced, ...seen });
    return { verdict, finding: null };
  }

  generatedVerdict(mismatch: Mismatch): Verdict {
    return generatedVerdict(this.#known, mismatch);
  }

  async generated(block: readonly GeneratedCase[], mismatch: Mismatch): Promise<Verdict> {
    const verdict = verdictOf(mismatch);
    const generated = block[mismatch.at];
    if (generated === undefined || isQuiet(verdict)) return verdict;
    const entry = this.#known.expecting(null, mismatch);
    if (entry === null) {
      const look = await this.#drawn(this.#failures.generated(generated, mismatch), null);
      if ('seen' in look) this.#looks.push(look);
      else this.#alike.set(look.first, 1 + (this.#alike.get(look.first) ?? 0));
      return verdict;
    }
    if (this.#expected.has(expectedName(entry.clause))) {
      const place = String(this.#known.placeOf(entry));
      this.#alikeExpected.set(place, 1 + (this.#alikeExpected.get(place) ?? 0));
      return 'expected-fail';
    }
    const finding = await this.#failures.expected(entry, generated, mismatch);
    this.#lookAtEntry(entry, { finding, isDrawn: true, flat: null });
    return 'expected-fail';
  }

  async flatFailed(failed: FailedFlatCase): Promise<void> {
    const failure = await this.#failures.flat(failed);
    if (failure !== null) this.#looks.push(await this.#drawn(failure, placeOf(failed, 'failed')));
  }

  /** Whoever puts the shards together counts them. */
  flatCounted(): void {
    return;
  }

  async flatExpected(entry: ExpectedFailure, _cases: number, first: BulkMismatch): Promise<void> {
    if (this.#expected.has(expectedName(entry.clause))) return;
    const finding = await this.#failures.flatExpected(entry, first.record);
    if (finding === null) return;
    this.#lookAtEntry(entry, { finding, isDrawn: true, flat: placeOf(first, 'expected') });
  }

  async flatIncident(kind: FlatPlace['kind'], found: BulkIncident): Promise<void> {
    const failure = this.#failures.flatIncident(kind, found);
    if (failure !== null) this.#looks.push(await this.#drawn(failure, placeOf(found, 'incident')));
  }

  #lookAtEntry(entry: ExpectedFailure, look: Omit<LookOf<'entry'>, 'kind' | 'entry'>): void {
    this.#expected.add(expectedName(entry.clause));
    this.#looks.push({ kind: 'entry', entry: this.#known.placeOf(entry), ...look });
  }

  /** Looks at a generated case, unless enough that look alike were looked at. */
  async #drawn(failure: DrawnFailure, flat: LookedFlatCase | null): Promise<LookOf<'drawn'>> {
    const { first } = failure;
    const isNew = !this.#firsts.has(first);
    if (!isNew && !failure.isWorth()) return { kind: 'drawn', flat, first };
    const seen = await failure.seen();
    const isAlone = (seen?.recurrence.kind ?? 'alone') === 'alone';
    if (!isNew) return { kind: 'drawn', flat, first, seen, ...(isAlone ? {} : { came: failure.came() }) };
    const isMany = this.#firsts.size >= MOST_MINIMIZED;
    this.#firsts.add(first);
    const smallest = isAlone && !isMany ? { smallest: await failure.smallest() } : {};
    return { kind: 'drawn', flat, first, seen, came: failure.came(), ...smallest };
  }
}

function placeOf({ block, record }: BulkMismatch, why: LookedFlatCase['why']): LookedFlatCase {
  return { block, record, why };
}
