import { ratioOf, type Figures } from './set-up.js';

/** How fast one set-up has to be beside another of the same run. */
export interface Target {
  readonly of: string;
  readonly beside: string;
  readonly least: number;
}

export const PEERS = {
  hypothesis: 'decisions: Hypothesis, ctypes',
  googleTest: 'decisions: GoogleTest loop',
  libFuzzer: 'decisions: libFuzzer',
  pureCpp: 'decisions: pure C++ limit',
} as const;

export const TARGETS: readonly Target[] = [
  { of: 'decisions, one thread', beside: 'decisions: naive fast-check loop', least: 30 },
  { of: 'decisions, one thread', beside: PEERS.hypothesis, least: 2_000 },
  { of: 'decisions, one thread', beside: PEERS.libFuzzer, least: 2.5 },
  { of: 'decisions, one thread', beside: PEERS.pureCpp, least: 0.4 },
  { of: 'programs, one thread', beside: 'programs: the runtime, ready bytes', least: 0.3 },
  { of: 'decisions, two threads', beside: 'decisions, one thread', least: 1.7 },
  { of: 'programs, two threads', beside: 'programs, one thread', least: 1.7 },
  { of: 'programs, upstream, two processes', beside: 'programs, upstream', least: 1.7 },
];

/** What came of a target; one whose set-ups were not both measured has no ratio. */
export interface Reached extends Target {
  readonly median: number;
  readonly most: number;
  readonly smallest: number;
}

export function reachedTargets(figures: readonly Figures[]): readonly Reached[] {
  const named = (name: string): Figures | undefined => figures.find((each) => each.name === name);
  return TARGETS.flatMap((target) => {
    const [one, other] = [named(target.of), named(target.beside)];
    if (one === undefined || other === undefined) return [];
    const { median, least, most } = ratioOf(one, other);
    return [{ ...target, median, smallest: least, most }];
  });
}
