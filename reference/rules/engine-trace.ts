import type { ClauseId } from '../outcome/clause-id.js';
import type { Trace, TracePlace } from './trace.js';
import type { Application } from './apply-budget.js';
import type { ChoiceTrace } from './choice-trace.js';

/** Notes why one engine is asked what it is asked, each time before it is. */
export class EngineTrace {
  /** How its budget was chosen; null until then. */
  choice: ChoiceTrace | null = null;
  readonly #trace: Trace;
  readonly #engine: number;
  readonly #calls: () => number;
  #isSkipped = false;

  /**
   * @param engine - its place in the outcome
   * @param calls - how many calls were made so far
   */
  constructor(trace: Trace, engine: number, calls: () => number) {
    this.#trace = trace;
    this.#engine = engine;
    this.#calls = calls;
  }

  /** The plan is handed over because the load kept these clauses; the latest is the last. */
  deserializeCall(kept: readonly ClauseId[]): void {
    this.#note('call', [...kept].reverse());
  }

  /** The next call is one about the budget. */
  budgetCall(because: ClauseId): void {
    this.#note('call', [because], this.choice);
  }

  /** The next call makes an execution context. */
  contextCall(because: ClauseId): void {
    this.#note('call', [because], this.#isSkipped ? this.choice : null);
  }

  /** The next call executes the engine. */
  enqueueCall(): void {
    this.#note('no-budget-call', ['WSB-LIFE-09']);
    this.#note('call', ['WSB-LIFE-10']);
  }

  /** The budget was changed: no clause of the load says any more where it comes from. */
  changed(because: ClauseId): void {
    this.choice = null;
    this.#trace.noteNewSource(this.#engine, because);
  }

  /** No call is made here, for that reason, before something else is asked of the engine. */
  noCall(because: ClauseId): void {
    this.#note('call', [because]);
  }

  /** Where its budget comes from is the same as before, for that reason. */
  sourceStays(because: ClauseId): void {
    this.#trace.noteNewSource(this.#engine, because);
  }

  /** The load ends with this engine, and no call follows. */
  end(because: ClauseId): void {
    this.#note('end', [because]);
  }

  /** The load goes on, although no call follows. */
  goesOn(): void {
    this.#note('going-on', ['WSB-LIFE-05'], this.#isSkipped ? this.choice : null);
  }

  /** The budget is rejected, so that no call follows. */
  rejected(streamable: bigint): void {
    const anyway = streamable <= 0n ? (['WSB-APPLY-10'] as const) : [];
    this.#note('end', [...anyway, 'WSB-APPLY-12'], this.choice);
    this.#noteSource('WSB-APPLY-12');
  }

  /** The budget came to this, so that no further call about it follows. */
  applied(application: Application, streamable: bigint): void {
    const isAutomatic = this.choice?.source === 'automatic';
    switch (application.kind) {
      case 'applied':
        this.#note('no-budget-call', [isAutomatic ? 'WSB-APPLY-15' : 'WSB-APPLY-02']);
        break;
      case 'skipped': {
        const own: ClauseId = isAutomatic ? 'WSB-APPLY-09' : 'WSB-APPLY-07';
        this.#note('no-budget-call', streamable < 0n ? ['WSB-APPLY-16', own] : [own]);
        this.#isSkipped = true;
        break;
      }
      case 'refused':
        this.end(application.clause);
    }
    this.#noteSource(application.kind === 'refused' ? application.clause : 'WSB-APPLY-02');
  }

  #note(
    kind: Extract<TracePlace, { call: number }>['kind'],
    clauses: readonly ClauseId[],
    choice: ChoiceTrace | null = null,
  ): void {
    this.#trace.note({ kind, engine: this.#engine, call: this.#calls() }, clauses, choice);
  }

  #noteSource(because: ClauseId): void {
    this.#trace.note({ kind: 'source', engine: this.#engine }, [because], this.choice);
  }
}
