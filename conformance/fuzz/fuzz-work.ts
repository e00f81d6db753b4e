import type { SubjectOptions } from '../subjects/open-subject.js';

/** What one thread fuzzes, and for how long. */
export type FuzzWork = ReaderWork | ProgramWork;

interface Work {
  /** The folder of the suite. */
  readonly root: string;
  readonly seed: number;
  readonly milliseconds: number;
}

/** A reader in TypeScript, and its twin in C++ where that was built. */
export interface ReaderWork extends Work {
  readonly kind: 'reader';
  readonly target: string;
  /** Whether the twin takes part. */
  readonly native: boolean;
  /** The user's corpus, and a folder of other inputs to begin with. */
  readonly folders: readonly string[];
}

/** Programs, on a subject and on the reference. */
export interface ProgramWork extends Work {
  readonly kind: 'program';
  readonly subject: string;
  readonly options: Pick<SubjectOptions, 'backendId' | 'lacks' | 'env'>;
  readonly version: string;
  /** Programs to begin with beside those of the suite. */
  readonly folders: readonly string[];
}
