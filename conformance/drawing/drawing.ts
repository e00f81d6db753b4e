import type { Finding } from '../../reference/index.js';
import type { VisibleText } from '../model/visible-text.js';

/** Where budgets can come from, in the order in which a delegate looks for them. */
export const SOURCES = ['option', 'compile-spec', 'automatic'] as const;

/** One of {@link SOURCES}. */
export type Source = (typeof SOURCES)[number];

/** A line of a drawing: what it tells of, and what. */
export interface DrawnLine {
  readonly label: string;
  readonly text: VisibleText;
}

/** Something to be said of a part of a program, with its level and its clause. */
export interface DrawnNote {
  readonly level: Finding['level'];
  readonly text: VisibleText;
}

/** A delegate, and the engine in it. */
export interface DrawnDelegate {
  readonly title: VisibleText;
  /** Its compile specs, its engine, its budget and what is applied. */
  readonly lines: readonly DrawnLine[];
  /** Where its budget comes from; null where it has none, or the load ends before it. */
  readonly source: Source | null;
  /** The values of its compile specs for the budget, quoted. */
  readonly specs: readonly VisibleText[];
  /** What is applied; null of an engine for which no budget is sought. */
  readonly applied: VisibleText | null;
  readonly notes: readonly DrawnNote[];
}

/** A method with its delegates. */
export interface DrawnMethod {
  readonly title: VisibleText;
  readonly delegates: readonly DrawnDelegate[];
  readonly notes: readonly DrawnNote[];
}

/** A program, or why there is none. */
export type Drawing =
  | { readonly kind: 'unreadable'; readonly fault: VisibleText }
  | {
      readonly kind: 'program';
      readonly methods: readonly DrawnMethod[];
      /** About the file as a whole, and the options given. */
      readonly notes: readonly DrawnNote[];
    };
