import type { Outcome } from '../../reference/outcome/outcome.js';
import type { Case } from '../cases/case.js';
import type { ProgramCase } from '../cases/program-case.js';
import type { GeneratedCase } from '../generators/generated-case.js';
import type { VolumeKind } from '../volume/volume-job.js';

/** A case that is written down, and how it is judged. */
export interface FixedCase {
  readonly case: Case;
  /** The outcome expected of it where that is kept or recorded; null: what the reference says. */
  readonly expected: Outcome | null;
  /** True when its program file may be damaged, so that it is run in a process of its own where the subject has a way to. */
  readonly isolated?: boolean;
}

/**
 * A part of a run: a line of its table. `fixed`: cases that are written down. `programs`: programs that are
 * judged as an exporter left them, without a subject. `generated`: cases that are drawn, block by
 * block. `volume`: cases as flat bytes, `jobs` of them to be shared between threads.
 */
export type Section =
  | { readonly kind: 'fixed'; readonly name: string; readonly cases: readonly FixedCase[] }
  | { readonly kind: 'programs'; readonly name: string; readonly cases: readonly ProgramCase[] }
  | {
      readonly kind: 'generated';
      readonly name: string;
      readonly count: number;
      /** The cases of a round: round 0 is the run's own, every further one has other cases. */
      readonly blocks: (round?: number) => Iterable<readonly GeneratedCase[]>;
    }
  | {
      readonly kind: 'volume';
      readonly name: string;
      readonly count: number;
      readonly volume: VolumeKind;
      readonly firstBlock: number;
      readonly blocks: number;
    };

/** How many cases a section has; of a volume section, how many it has at most. */
export function sectionSize(section: Section): number {
  return 'cases' in section ? section.cases.length : section.count;
}
