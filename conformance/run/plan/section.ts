import type { FixedCase } from '../../model/fixed-case.js';
import type { ProgramCase } from '../../model/scenario/program-case.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import type { DeviceCheckResult } from '../../model/device-check.js';
import type { BulkKind } from '../../bulk/bulk-job.js';

/**
 * A part of a run: a line of its table. `fixed`: cases that are written down. `programs`: programs
 * that are judged as an exporter left them, without a subject. `generated`: cases that are drawn,
 * block by block. `bulk`: cases as flat bytes, in jobs that are shared between threads or
 * processes. `checks`: device checks, which are made when no case runs.
 */
export type Section =
  | { readonly kind: 'fixed'; readonly name: string; readonly cases: readonly FixedCase[] }
  | { readonly kind: 'programs'; readonly name: string; readonly cases: readonly ProgramCase[] }
  | {
      readonly kind: 'generated';
      readonly name: string;
      readonly count: number;
      readonly blocks: (which?: WhichBlocks) => Iterable<readonly GeneratedCase[]>;
    }
  | {
      readonly kind: 'bulk';
      readonly name: string;
      readonly count: number;
      readonly bulkKind: BulkKind;
      readonly firstBlock: number;
      readonly blocks: number;
    }
  | {
      readonly kind: 'checks';
      readonly name: string;
      readonly make: () => Promise<readonly DeviceCheckResult[]>;
    };

/** Which blocks of a section of generated cases are made. */
export interface WhichBlocks {
  /** Round 0, which is meant without one, is the run's own; every further one has other cases. */
  readonly round?: number;
  /** Whether the block of that number is; in place of one that is not an empty one is given. */
  readonly isMade?: (number: number) => boolean;
}

/** A section of a kind. */
export type SectionOf<Kind extends Section['kind']> = Section & { readonly kind: Kind };

/** A part of a run, as its progress is told. */
export interface RunPart {
  readonly name: string;
  /** How many cases it has. */
  readonly size: number;
  /** `written`: written cases; `drawn`: cases that are made as it runs; `checks`: device checks. */
  readonly of: 'written' | 'drawn' | 'checks';
}

/** A section as its progress is told. */
export function partOf(section: Section): RunPart {
  const of = section.kind === 'checks' ? 'checks' : 'cases' in section ? 'written' : 'drawn';
  return { name: section.name, size: sectionSize(section), of };
}

/** How many cases a section has; of a bulk section, at most; 0 for checks, which are not cases. */
export function sectionSize(section: Section): number {
  if (section.kind === 'checks') return 0;
  return 'cases' in section ? section.cases.length : section.count;
}
