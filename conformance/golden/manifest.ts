import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Policy } from '../../reference/index.js';
import type { CaseKind } from '../model/case.js';
import type { LoadJson } from '../wire/json/json-request.js';
import type { OutcomeJson } from '../wire/json/json-outcome.js';

/** Where the manifest stands, below the root of the suite. */
export const MANIFEST = 'golden/manifest.json';

/** Where the flags stand, below the root of the suite. */
export const FLAGS = 'golden/flags.json';

/** golden/manifest.json (spec/schemas/golden-manifest.schema.json). */
export interface Manifest {
  readonly version: 1;
  /** Version of the specification, such as `0.1`. */
  readonly specification: string;
  readonly programs: readonly GoldenProgram[];
}

/** A program that is kept, and the loads that are tried with it. */
export interface GoldenProgram {
  /** Path below golden/. */
  readonly file: string;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly origin: 'exporter' | 'written' | 'regression';
  readonly tier: 'simulated' | 'recorded' | 'isolated';
  readonly clauses: readonly ClauseId[];
  /** Names of golden/flags.json. */
  readonly flags: readonly string[];
  readonly loads: readonly GoldenLoad[];
}

/** One way of loading a kept program, and the outcome expected. */
export interface GoldenLoad {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly kind: CaseKind;
  /** Who has to choose automatic budgets for the outcome, as in a case. */
  readonly policy?: Policy;
  /** The request, less its program. */
  readonly request: LoadJson;
  readonly expected: OutcomeJson;
}

/** golden/flags.json (spec/schemas/golden-flags.schema.json): classes of bugs by name. */
export type Flags = Readonly<Record<string, Flag>>;

/** A class of bugs that golden programs guard against. */
export interface Flag {
  readonly bugClass: string;
  /** What a user of a delegate with such a bug would see. */
  readonly effect: string;
  readonly clauses: readonly ClauseId[];
  readonly links: readonly string[];
}
