import type { ChoiceTrace } from './choice-trace.js';
import type { ClauseId } from '../outcome/clause-id.js';

/**
 * A part of an outcome that clauses decide. Steps, engines and calls are told by their places in
 * the outcome, from 0.
 * - `program`: whether the file is one that ExecuTorch loads.
 * - `call`: which call is made there, with its value.
 * - `no-budget-call`, `no-call`, `no-engine`: that none stands there.
 * - `end`: that the load ends with this engine, without another call; `going-on`: that it does not.
 * - `source`: where the budget came from; `applied`: the last one that TensorRT accepted.
 * - `step`: how the step ended; `log`: whether it wrote an Error-level record about the budget.
 * - `leaks`, `violations`: that nothing stayed alive, that no call was made which no delegate
 *   makes.
 */
export type TracePlace =
  | { readonly kind: 'program' | 'leaks' | 'violations' }
  | {
      readonly kind: 'call' | 'no-budget-call' | 'no-call' | 'end' | 'going-on';
      readonly engine: number;
      readonly call: number;
    }
  | { readonly kind: 'source' | 'applied'; readonly engine: number }
  | { readonly kind: 'no-engine' | 'step' | 'log'; readonly step: number };

/** Which clauses decide a part of an outcome. */
export interface TraceEntry {
  readonly place: TracePlace;
  /**
   * The most special first; none where no single rule decides, but that nothing stands against it.
   */
  readonly clauses: readonly ClauseId[];
  /** How the budget was chosen, where that decides, too. */
  readonly choice: ChoiceTrace | null;
}

/** What decided an outcome, in the order in which it came about; what was logged comes last. */
export class Trace {
  readonly entries: TraceEntry[] = [];
  /** Clauses that the load under way was judged by and has kept so far, the latest last. */
  kept: ClauseId[] = [];

  /** The source of the budget of an engine is another one from now on, for that reason. */
  noteNewSource(engine: number, because: ClauseId): void {
    const kept = this.entries.filter(({ place }) => place.kind !== 'source' || place.engine !== engine);
    this.entries.splice(0, this.entries.length, ...kept);
    this.note({ kind: 'source', engine }, [because]);
  }

  note(place: TracePlace, clauses: readonly ClauseId[], choice: ChoiceTrace | null = null): void {
    this.entries.push({ place, clauses, choice });
  }
}
