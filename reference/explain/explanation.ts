import type { GivenSource } from '../rules/budget-choice.js';
import type { Policy } from '../rules/automatic-budget.js';
import type { ExtendedHeader } from '../program/extended-header.js';
import type { ProgramFault } from '../program/program-fault.js';
import type { BlobMagic } from '../blob/layout.js';
import type { Finding } from './finding.js';

/**
 * What can be told of a program and of the budgets in it, without a device. All sizes are bytes.
 */
export type Explanation =
  | { readonly kind: 'unreadable'; readonly fault: ProgramFault }
  | {
      readonly kind: 'program';
      /** Who chooses automatic budgets. */
      readonly policy: Policy;
      /** Null in a file without segments. */
      readonly header: ExtendedHeader | null;
      readonly methods: readonly MethodExplanation[];
      /** About the file as a whole and about the options given. */
      readonly findings: readonly Finding[];
    };

/** A method of a program. */
export interface MethodExplanation {
  readonly name: string;
  readonly delegates: readonly DelegateExplanation[];
  readonly findings: readonly Finding[];
}

/** A delegate of a method. */
export interface DelegateExplanation {
  /** The id of its backend; null when it has none. */
  readonly backend: string | null;
  readonly placement: 'inline' | 'segment' | null;
  /** Size of its data; null when the data cannot be read. */
  readonly dataBytes: number | null;
  readonly compileSpecs: readonly CompileSpecFacts[];
  /**
   * What its data is; null for the delegates of other backends and when the data is not an engine
   * blob.
   */
  readonly blob: BlobFacts | null;
  /** The budget of its engine; null for the delegates of other backends. */
  readonly budget: BudgetExplanation | null;
  readonly findings: readonly Finding[];
}

/** A compile spec of a delegate. */
export interface CompileSpecFacts {
  readonly key: string;
  readonly value: Uint8Array;
  /** Whether it is about the budget. The others have no effect on it. */
  readonly isBudget: boolean;
}

/** What is known of an engine blob. */
export interface BlobFacts {
  readonly magic: BlobMagic;
  readonly deviceId: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly aliases: number;
  readonly engineBytes: number;
  readonly engine: EngineFacts;
}

/**
 * What is known of an engine. `scripted` and `modelled` engines say themselves how they answer, a
 * `recorded` one is a TensorRT plan whose answers are known; of an `unknown` one TensorRT alone
 * knows.
 */
export interface EngineFacts {
  readonly kind: 'scripted' | 'modelled' | 'recorded' | 'unknown';
  /** Null when unknown. */
  readonly streamable: bigint | null;
}

/**
 * Where a budget comes from and what becomes of it.
 * - `explicit`: `requested` comes from the option or the compile spec.
 * - `automatic`: TensorRT or the delegate chooses, as the policy says.
 * - `rejected`: what was given is not a budget, and init ends with InvalidProgram.
 * - `untouched`: the load ends before this delegate (WSB-MULTI-05).
 */
export type BudgetExplanation =
  | {
      readonly kind: 'explicit';
      readonly source: GivenSource;
      readonly requested: bigint;
      readonly effect: BudgetEffect;
    }
  | { readonly kind: 'automatic'; readonly effect: BudgetEffect }
  | { readonly kind: 'untouched' }
  | {
      readonly kind: 'rejected';
      readonly source: GivenSource;
      readonly reason: string;
    };

/**
 * What would be applied.
 * - `applied`: this many bytes, on a device with enough memory.
 * - `refused`: TensorRT refuses it, and init ends with InvalidProgram.
 * - `none`: the engine streams nothing, so no budget is set.
 * - `depends`: on the engine, which is not known here, or on the device; `rule` says how.
 */
export type BudgetEffect =
  | { readonly kind: 'applied'; readonly budget: bigint }
  | { readonly kind: 'refused' }
  | { readonly kind: 'none' }
  | { readonly kind: 'depends'; readonly rule: string };
