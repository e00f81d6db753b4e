import { engineNeed, streamedBytes, sumOf, type EngineLoad } from './engine-need.js';

/** Budgets for each engine, and how good they are. */
export interface BestBudgets {
  /** In the order of the engines. One that is resident has its streamable size. */
  readonly budgets: readonly bigint[];
  /** Bytes streamed when the program runs once. */
  readonly streamed: bigint;
  /** Device memory that all need together. */
  readonly need: bigint;
  /** Whether no other budgets stream less; false where too many engines would have to be tried. */
  readonly proven: boolean;
}

/** Engines of which every combination is tried, and combinations that are looked at. */
const MOST_TRIED = 64;
const MOST_LOOKS = 300_000;

/**
 * The budgets with which the fewest bytes are streamed in so much device memory; null when the
 * engines do not fit with any.
 *
 * A byte of budget spares as much on one engine as on another that runs as often. But an engine
 * that is resident as a whole needs no scratch, so that engines are made resident as wholes, and
 * what is left goes to one that streams: which to make resident is a knapsack.
 */
export function bestBudgets(engines: readonly EngineLoad[], room: bigint): BestBudgets | null {
  const items = engines.map(itemOf);
  // These take no more memory resident than streaming.
  const forced = items.filter(({ cost }) => cost <= 0n);
  const others = items.filter(({ cost }) => cost > 0n).sort(byWorth);
  const left =
    room - sumOf(items, ({ engine }) => engineNeed(engine, 0n)) - sumOf(forced, ({ cost }) => cost);
  if (left < 0n) return null;
  const { resident, proven } = chooseResident(others, left);
  const whole = new Set([...forced, ...resident]);
  const partial = others.filter((item) => !whole.has(item)).reduce<Item | null>(moreRuns, null);
  const rest = left - sumOf(resident, ({ cost }) => cost);
  const budgets = items.map((item) => {
    if (whole.has(item)) return item.engine.streamable;
    return item === partial ? lesser(rest, item.engine.streamable - 1n) : 0n;
  });
  const of = (count: (engine: EngineLoad, budget: bigint) => bigint): bigint =>
    engines.reduce((sum, engine, at) => sum + count(engine, budgets[at] ?? 0n), 0n);
  return {
    budgets,
    streamed: of((engine, budget) => engine.runs * streamedBytes(engine, budget)),
    need: of(engineNeed),
    proven,
  };
}

/** An engine with what it costs to keep it resident, and what that spares; bytes. */
interface Item {
  readonly engine: EngineLoad;
  /** Memory that it needs more than when it streams everything. */
  readonly cost: bigint;
  /** Bytes that it then does not stream when the program runs once. */
  readonly worth: bigint;
}

function itemOf(engine: EngineLoad): Item {
  const { streamable, runs } = engine;
  const cost = streamable <= 0n ? 0n : engineNeed(engine, streamable) - engineNeed(engine, 0n);
  return { engine, cost, worth: streamable * runs };
}

/** Most worth for its cost first. */
function byWorth(a: Item, b: Item): number {
  const [left, right] = [a.worth * b.cost, b.worth * a.cost];
  return left === right ? 0 : left > right ? -1 : 1;
}

function moreRuns(best: Item | null, item: Item): Item {
  return best === null || item.engine.runs > best.engine.runs ? item : best;
}

interface Choice {
  readonly resident: readonly Item[];
  readonly proven: boolean;
}

/** Which engines to keep resident, of items in the order of {@link byWorth}. */
function chooseResident(items: readonly Item[], room: bigint): Choice {
  const search = new Search(items, room);
  if (items.length > MOST_TRIED) return { resident: search.greedy(), proven: false };
  return search.all();
}

/** Where a search stands. */
interface State {
  /** Memory that is left. */
  readonly left: bigint;
  /** What is spared by the items that were taken. */
  readonly worth: bigint;
  /** The items that were not, those that run most often first. */
  readonly streaming: readonly Item[];
}

/** Tries all choices but those of which it is plain that they are no better than one found. */
class Search {
  readonly #items: readonly Item[];
  readonly #room: bigint;
  #best: readonly Item[] = [];
  #bestWorth = -1n;
  #looks = 0;

  constructor(items: readonly Item[], room: bigint) {
    this.#items = items;
    this.#room = room;
  }

  /** Takes each that still fits. */
  greedy(): readonly Item[] {
    let left = this.#room;
    return this.#items.filter(({ cost }) => {
      if (cost > left) return false;
      left -= cost;
      return true;
    });
  }

  all(): Choice {
    this.#try([], 0, { left: this.#room, worth: 0n, streaming: [] });
    return { resident: this.#best, proven: this.#looks < MOST_LOOKS };
  }

  #try(taken: readonly Item[], at: number, state: State): void {
    const { left, worth, streaming } = state;
    if (this.#looks >= MOST_LOOKS || worth + this.#bound(at, state) <= this.#bestWorth) return;
    this.#looks++;
    const item = this.#items[at];
    if (item === undefined) {
      const all = worth + this.#rest(taken, left);
      if (all <= this.#bestWorth) return;
      this.#bestWorth = all;
      this.#best = taken;
      return;
    }
    if (item.cost <= left) {
      this.#try([...taken, item], at + 1, { left: left - item.cost, worth: worth + item.worth, streaming });
    }
    // Without this one, those that are like it are not taken either.
    const other = this.#items.findIndex((one, n) => n > at && !isLike(one, item));
    const end = other < 0 ? this.#items.length : other;
    this.#try(taken, end, { left, worth, streaming: byRuns([...streaming, ...this.#items.slice(at, end)]) });
  }

  /** What one engine that streams spares with the memory that is left. */
  #rest(taken: readonly Item[], left: bigint): bigint {
    return this.#items.reduce((best, item) => {
      if (taken.includes(item)) return best;
      const { engine } = item;
      const spared = engine.runs * lesser(left, engine.streamable - 1n);
      return spared > best ? spared : best;
    }, 0n);
  }

  /**
   * What the items from `at` on, and those before it that stream, spare at most: as if a part of
   * each could be kept resident at the price of the whole.
   */
  #bound(at: number, { left, streaming }: State): bigint {
    let room = left;
    let worth = 0n;
    let next = 0;
    const take = (cost: bigint, most: bigint): void => {
      const part = lesser(cost, room);
      // Rounded up.
      if (cost > 0n) worth += (most * part + cost - 1n) / cost;
      room -= part;
    };
    for (const item of this.#items.slice(at)) {
      // A byte of an engine that streams spares as many bytes as that runs.
      for (
        let own = streaming[next];
        own !== undefined && item.worth <= own.engine.runs * item.cost;
        own = streaming[++next]
      )
        take(own.engine.streamable, own.worth);
      take(item.cost, item.worth);
      if (room <= 0n) return worth;
    }
    for (const own of streaming.slice(next)) take(own.engine.streamable, own.worth);
    return worth;
  }
}

function byRuns(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => Number(b.engine.runs - a.engine.runs));
}

function isLike(a: Item, b: Item): boolean {
  return a.cost === b.cost && a.worth === b.worth && a.engine.runs === b.engine.runs;
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
