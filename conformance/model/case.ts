import type { Policy } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Expectation } from './expectation.js';
import type { RequestSpec } from './request-spec.js';

/**
 * What a case is for.
 * - `control`: the rule is kept and the program loads; it must pass beside every violation.
 * - `violation`: the rule is what makes the delegate refuse or differ.
 * - `boundary`: a value just inside or just outside the rule's limit.
 * - `generated`: drawn by a generator.
 */
export type CaseKind = 'control' | 'violation' | 'boundary' | 'generated';

/** One test of a subject, as data. */
export interface Case {
  /**
   * Built from what the case holds, such as `WSB-PARSE-03/violation/spec="+5"`; never from a
   * counter.
   */
  readonly id: string;
  /** The clauses that a failure of this case breaks; the first is the one it was written for. */
  readonly clauses: readonly ClauseId[];
  readonly kind: CaseKind;
  /** A few words for a reader of the report. */
  readonly title: string;
  /** The program and what is done with it. */
  readonly request: RequestSpec;
  /**
   * Who has to choose automatic budgets for what is expected to come true; left out, a delegate may
   * do as it likes, and the author writes down what happens when TensorRT chooses.
   */
  readonly policy?: Policy;
  /** True: hostile input that gets a process of its own. */
  readonly isolated?: boolean;
  /**
   * What its author expects, written down independently of the reference; null for a generated
   * case.
   */
  readonly expectation: Expectation | null;
}

/**
 * Whether a case's program file may be damaged: its bytes are given as they are, not written by the
 * suite from a description.
 */
export function isDamaged({ request }: Case): boolean {
  return request.program.kind === 'bytes';
}
