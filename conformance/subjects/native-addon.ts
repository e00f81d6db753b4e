import type { DecisionCase, DecisionOutcome } from '../../reference/rules/decide.js';
import type { Policy } from '../../reference/index.js';

/** What native/addon exports. Everything in it is one per process. */
export interface NativeAddon {
  /** Loads the libraries given by absolute paths. A second call with other paths throws. */
  open(config: {
    readonly delegate: string;
    readonly tensorrt: string;
    readonly cudart: string;
    readonly simulator: string;
    /** Who chooses automatic budgets from now on, for every thread. */
    readonly policy?: Policy;
  }): void;
  /** Makes the plan with that SHA-256 (32 bytes) answer as the scripted or modelled plan given. */
  recordPlan(sha256: Uint8Array, plan: Uint8Array): void;
  /**
   * Request records to outcome records. Throws an error with the code ERR_WIRE for a malformed
   * batch.
   */
  run(requests: Uint8Array): Uint8Array;
  /** Whether the delegate that was opened has decision depth: it exports wsb_delegate_decide(). */
  decides(): boolean;
  /**
   * Decision records to decision outcomes (spec/decision-format.md), written to `outcomes`; twice
   * the size of the records is always enough. Returns how many bytes were written. Throws an error
   * with the code ERR_WIRE for a malformed block.
   */
  decide(records: Uint8Array, outcomes: Uint8Array): number;
  /**
   * One decision, as objects. It is how a first version would call the delegate, and what the bench
   * compares {@link decide} with. Throws an error with the code ERR_INVALID_ARG for a case that no
   * decision record can hold.
   */
  decideCase(decisionCase: DecisionCase): DecisionOutcome;
  versions(): { readonly executorch: string; readonly simulator: number };
}
