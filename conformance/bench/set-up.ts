import { quartilesOf, type Quartiles } from '../hardware/cost/ratios.js';

/** One way of running cases, and how fast it is. */
export interface SetUp {
  readonly name: string;
  /** What one case is. */
  readonly depth: 'decision' | 'program';
  /**
   * Runs cases that differ in each round; returns how many a second.
   *
   * @throws Error when one of them differs from the reference.
   */
  readonly measure: (round: number) => Promise<number>;
}

/** Cases a second of a set-up, a figure for each round. */
export interface Figures {
  readonly name: string;
  readonly depth: 'decision' | 'program';
  readonly rounds: readonly number[];
}

/**
 * Measures every set-up in every round, one after another: what else the machine does meets all of
 * them alike. The first round warms up and counts for nothing: it compiles code and starts workers.
 */
export async function measured(setUps: readonly SetUp[], rounds: number): Promise<readonly Figures[]> {
  const taken = setUps.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [n, { measure }] of setUps.entries()) {
      const figure = await measure(round);
      if (round > 0) taken[n]?.push(figure);
    }
  }
  return setUps.map(({ name, depth }, n) => ({ name, depth, rounds: taken[n] ?? [] }));
}

/** Cases a second of work that runs so many. */
export async function rate(cases: number, work: () => Promise<void> | void): Promise<number> {
  const started = performance.now();
  await work();
  return (cases * 1000) / (performance.now() - started);
}

/** The first divided by the second, each round with itself. */
export function ratioOf(one: Figures, other: Figures): Quartiles {
  return quartilesOf(one.rounds.map((figure, round) => figure / (other.rounds[round] ?? Number.NaN)));
}
