import type { ClauseId } from '../outcome/clause-id.js';
import type { ChoiceTrace } from './choice-trace.js';
import type { chooseBudget } from './choose-budget.js';
import type { DeliveredOption } from './delivered-option.js';
import type { parseBudget } from './parse-budget.js';

/** What a delegate does when it is asked to change a budget. */
export interface SetOptionRules {
  /** Whether there is anything behind `set_option` and `get_option`; else both answer Ok. */
  readonly isThere: boolean;
  readonly judge: typeof judgeSetOption;
  /** What one engine is given of the budget asked for; bytes (WSB-SET-08). */
  readonly clamp: (budget: bigint, streamable: bigint) => bigint;
  /** Whether a live engine is changed, by its place among them (WSB-SET-08). */
  readonly reaches: (engine: number) => boolean;
  /** Whether an engine that streams nothing is left alone (WSB-SET-09). */
  readonly sparesResident: boolean;
  /** Whether the context is destroyed before the budget is set (WSB-SET-10). */
  readonly dropsContext: boolean;
  /** Whether an engine that has the budget already is left alone (WSB-SET-11). */
  readonly skipsEqual: boolean;
  /** Whether an engine that failed by a clause gets its budget and its context back. */
  readonly restoresAfter: (clause: ClauseId) => boolean;
  /** Whether the engines before it do, too (WSB-SET-14). */
  readonly restoresEarlier: boolean;
  /** Whether an engine without a context refuses to execute (WSB-SET-15). */
  readonly needsContext: boolean;
  /** Whether the budget set hides the compile specs (WSB-SET-16). */
  readonly masksSpecs: boolean;
  /** Whether it goes before a load-time option (WSB-SET-17). */
  readonly beatsOption: boolean;
  /** Whether an empty value takes the budget back (WSB-SET-18). */
  readonly removes: boolean;
  /** Whether a refusal leaves the budget of later loads as it was (WSB-SET-05). */
  readonly keepsWhenRefused: boolean;
  /** The text that `get_option` gives of a budget in bytes (WSB-SET-19); null: NotFound. */
  readonly text: (budget: bigint | null) => string | null;
  /** Whether a refusal is logged (WSB-SET-06). */
  readonly logs: boolean;
}

/** What the options of one `set_option` ask for. */
export type SetVerdict =
  | { readonly kind: 'nothing' | 'removal' }
  | { readonly kind: 'budget'; readonly budget: bigint }
  | { readonly kind: 'rejected'; readonly clause: ClauseId };

/** The clauses by which `set_option` refuses what a load refuses as an option. */
const REFUSALS: Readonly<Record<string, ClauseId>> = {
  'WSB-OPT-03': 'WSB-SET-03',
  'WSB-OPT-04': 'WSB-SET-04',
  'WSB-OPT-09': 'WSB-SET-02',
};

/**
 * Judges the options of one `set_option` as those of a load (WSB-SET-02 to WSB-SET-04); those under
 * other keys ask for nothing (WSB-SET-07), and an empty value takes the budget back (WSB-SET-18).
 * What decides is noted in `trace`.
 */
export function judgeSetOption(
  options: readonly DeliveredOption[],
  choose: typeof chooseBudget,
  parse: typeof parseBudget,
  trace?: ChoiceTrace,
): SetVerdict {
  const choice = choose(options, [], parse, trace);
  if (trace !== undefined) trace.choice = choice;
  switch (choice.kind) {
    case 'explicit':
      return { kind: 'budget', budget: choice.budget };
    case 'rejected':
      return { kind: 'rejected', clause: REFUSALS[choice.clause] ?? 'WSB-SET-02' };
    case 'automatic':
      return { kind: choice.ignoredOption ? 'removal' : 'nothing' };
  }
}

/** The rules of the specification. */
export const SET_OPTION_RULES: SetOptionRules = {
  isThere: true,
  judge: judgeSetOption,
  clamp: (budget, streamable) => (budget < streamable ? budget : streamable),
  reaches: () => true,
  sparesResident: true,
  dropsContext: true,
  skipsEqual: true,
  restoresAfter: () => true,
  restoresEarlier: true,
  needsContext: true,
  masksSpecs: true,
  beatsOption: false,
  removes: true,
  keepsWhenRefused: true,
  text: (budget) => (budget === null ? null : String(budget)),
  logs: true,
};
