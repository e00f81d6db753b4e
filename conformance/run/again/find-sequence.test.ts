import { describe, expect, it } from 'vitest';
import type { SentCase } from '../../model/sent-case.js';
import { findSequence } from './find-sequence.js';
import { Tries } from './tries.js';

/** A delegate that keeps something: told each load of a process, it says whether the load fails. */
type Stateful = () => (load: number) => boolean;

/** Loads are numbers here; a case is one of them. */
function caseOf(load: number): SentCase {
  return { depth: 'decision', record: Uint8Array.of(load & 0xff, load >> 8) };
}

function loadOf({ record: [low = 0, high = 0] }: SentCase): number {
  return low + 256 * high;
}

const counter =
  (most: number): Stateful =>
  () => {
    let loads = 0;
    return () => ++loads === most;
  };

const behind =
  (...needed: readonly number[]): Stateful =>
  () => {
    const seen = new Set<number>();
    return (load) => {
      const fails = load === 777 && needed.every((each) => seen.has(each));
      seen.add(load);
      return fails;
    };
  };

const FAULTS: readonly (readonly [name: string, Stateful, cases: number])[] = [
  ['a static pointer: the load before is seen', behind(300), 2],
  ['an engine cached by name', behind(17), 2],
  ['an option map that is stale', behind(776), 2],
  ['a counter that fails at the 1000th', counter(1000), 1000],
  ['a counter that fails at the 5000th', counter(5000), 5000],
  ['a thread-local that is leaked', behind(5, 250), 3],
  ['three failed loads that are held', behind(1, 2, 3), 4],
  [
    'memory that is used again: the longest load so far',
    () => {
      let longest = 0;
      return (load) => {
        const fails = load === 777 && longest > 900;
        longest = Math.max(longest, load);
        return fails;
      };
    },
    2,
  ],
  [
    'a log level that the load before left',
    () => {
      let before = 0;
      return (load) => {
        const fails = load === 777 && before === 901;
        before = load;
        return fails;
      };
    },
    2,
  ],
  [
    'a cache by the address, which every 256th load has',
    () => {
      const cache = new Map<number, number>();
      let at = 0;
      return (load) => {
        const address = at++ % 256;
        const first = cache.get(address) ?? load;
        cache.set(address, first);
        return first !== load && load === 777;
      };
    },
    257,
  ],
];

/** What a run of so many loads in front of the one that fails looks like. */
const RUN = [...Array.from({ length: 6000 }, (_, at) => (at * 7) % 776), 901, 5, 250, 776, 300, 17, 901];

function failingOf(fault: Stateful) {
  return (cases: readonly SentCase[]): Promise<readonly number[]> => {
    const process = fault();
    return Promise.resolve(cases.flatMap((one, at) => (process(loadOf(one)) ? [at] : [])));
  };
}

describe('findSequence', () => {
  it.each(FAULTS)('brings back %s', async (_name, fault, most) => {
    const failing = failingOf(fault);
    const earlier = RUN.map(caseOf);
    const before = (count: number): readonly SentCase[] => earlier.slice(-count);
    const target = caseOf(777);
    const tries = new Tries(60_000);
    expect(await failing([target])).toEqual([]);
    const found = await findSequence(target, { failing, before, tries });
    expect(found).not.toBeNull();
    const sequence = found ?? [];
    expect(await failing(sequence)).toContain(sequence.length - 1);
    expect(sequence.length).toBeLessThanOrEqual(most);
  });

  it('says of what never comes back that it does not, within its time', async () => {
    const failing = (): Promise<readonly number[]> => Promise.resolve([]);
    const tries = new Tries(60_000);
    const before = (count: number): readonly SentCase[] => RUN.map(caseOf).slice(-count);
    expect(await findSequence(caseOf(777), { failing, before, tries })).toBeNull();
    expect(tries.made).toBeGreaterThan(3);
  });

  it('tries the case itself behind itself before all others', async () => {
    const failing = failingOf(() => {
      const seen = new Set<number>();
      return (load) => seen.size === seen.add(load).size;
    });
    const before = (): never => {
      throw new Error('No other case is needed.');
    };
    const tries = new Tries(60_000);
    const found = await findSequence(caseOf(777), { failing, before, tries });
    expect(found?.map(loadOf)).toEqual([777, 777]);
    expect(tries.made).toBeLessThanOrEqual(3);
  });

  it('takes no case for it that fails alone as well', async () => {
    const failing = (cases: readonly SentCase[]): Promise<readonly number[]> =>
      Promise.resolve(cases.flatMap((one, at) => (loadOf(one) === 300 ? [at] : [])));
    const before = (count: number): readonly SentCase[] => RUN.map(caseOf).slice(-count);
    const tries = new Tries(60_000);
    expect(await findSequence(caseOf(777), { failing, before, tries })).toBeNull();
  });
});
