import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { AreaName } from './areas.js';

export type { ClauseId } from '../../reference/outcome/clause-id.js';

/** The levels of a clause, the strictest first. */
export const LEVELS = ['MUST', 'SHOULD', 'MAY'] as const;

/** A MUST decides whether a delegate conforms, a SHOULD is reported, a MAY allows. */
export type Level = (typeof LEVELS)[number];

/**
 * How a clause is judged: by comparing outcomes of loads, by looking at a program file, by what an
 * exporter answers, or by nothing that this version has (never a MUST).
 */
export type JudgedBy = 'outcome' | 'program' | 'exporter' | 'nothing';

/** One rule of the specification, as it stands in spec/clauses. */
export interface Clause {
  readonly id: ClauseId;
  readonly area: AreaName;
  readonly level: Level;
  /** The version of the specification that brought it, such as `0.1`. */
  readonly since: string;
  readonly title: string;
  /** The normative sentence, on one line. */
  readonly sentence: string;
  readonly judgedBy: JudgedBy;
  /** What to test, in words. */
  readonly cases: string;
  /** Where the rule comes from. */
  readonly source: string;
  /**
   * The file, as a path below the root of the suite, and the line of the clause's heading, from 1.
   */
  readonly file: string;
  readonly line: number;
  /**
   * SHA-256 of the sentence in hexadecimal: when it changes, the clause's cases need another look.
   */
  readonly textHash: string;
}
