import type { parseBudget } from './parse-budget.js';
import { cString } from './c-string.js';
import type { DeliveredOption } from './delivered-option.js';
import { findOption } from './find-option.js';
import { OPTION_VALUE_BYTES } from './limits.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { BudgetSource } from '../outcome/outcome.js';
import { BUDGET_KEY } from './budget-key.js';
import { findSpec, type CompileSpec } from './find-spec.js';

/**
 * What a delegate decides before it asks the engine anything. `ignoredOption` is true when the option was there but empty: that
 * is logged at Error level (WSB-OPT-06). A rejection ends init with InvalidProgram.
 */
export type BudgetChoice =
  | {
      readonly kind: 'explicit';
      readonly source: Exclude<BudgetSource, 'automatic'>;
      readonly budget: bigint;
      readonly ignoredOption: boolean;
    }
  | { readonly kind: 'automatic'; readonly ignoredOption: boolean }
  | {
      readonly kind: 'rejected';
      readonly source: Exclude<BudgetSource, 'automatic'>;
      readonly clause: ClauseId;
      readonly reason: string;
    };

/** The outcome of looking at the load-time option alone. */
type OptionVerdict = BudgetChoice | { readonly kind: 'absent'; readonly ignoredOption: boolean };

/**
 * Chooses between the load-time option, the compile spec and TensorRT's automatic budget.
 *
 * The option comes first (WSB-PREC-01); only when it is absent or empty are the compile specs looked at (WSB-PREC-04), so
 * that a valid option masks a malformed or duplicated spec (WSB-PREC-02, WSB-PREC-03) and a malformed option is rejected beside a
 * valid one (WSB-PREC-09). Neither leaves the choice to TensorRT (WSB-PREC-05).
 */
export function chooseBudget(
  options: readonly DeliveredOption[],
  specs: readonly CompileSpec[],
  parse: typeof parseBudget,
): BudgetChoice {
  const option = judgeOption(options, parse);
  return option.kind === 'absent' ? judgeSpecs(specs, parse, option.ignoredOption) : option;
}

/** The verdict on the load-time option (WSB-OPT). */
export function judgeOption(options: readonly DeliveredOption[], parse: typeof parseBudget): OptionVerdict {
  const value = findOption(options, BUDGET_KEY);
  // WSB-OPT-11: options under other keys are as good as none.
  if (value === null) return { kind: 'absent', ignoredOption: false };
  switch (value.type) {
    case 'bool':
      return rejectOption('WSB-OPT-04', 'the load-time option is a bool, not a byte count');
    case 'int':
      return value.value < 0
        ? rejectOption('WSB-OPT-03', 'the load-time option is negative')
        : { kind: 'explicit', source: 'option', budget: BigInt(value.value), ignoredOption: false }; // WSB-OPT-02
    case 'array': {
      // WSB-OPT-07 and WSB-OPT-08: at most 256 bytes, and none behind the first NUL.
      const text = cString(value.bytes, OPTION_VALUE_BYTES);
      if (text.length === 0) return { kind: 'absent', ignoredOption: true }; // WSB-OPT-05
      const parsed = parse(text);
      return parsed.ok
        ? { kind: 'explicit', source: 'option', budget: parsed.budget, ignoredOption: false } // WSB-OPT-01
        : rejectOption(
            'WSB-OPT-09',
            `the load-time option is malformed (${parsed.fault} at byte ${parsed.at})`,
          );
    }
  }
}

/** The verdict on the compile specs, the option being absent or empty. */
export function judgeSpecs(
  specs: readonly CompileSpec[],
  parse: typeof parseBudget,
  ignoredOption: boolean,
): BudgetChoice {
  const found = findSpec(specs, BUDGET_KEY);
  switch (found.kind) {
    case 'none':
      return { kind: 'automatic', ignoredOption };
    case 'several':
      // WSB-PREC-06: whatever the values are, so before any of them is parsed.
      return rejectSpec('WSB-PREC-06', `${found.count} compile specs carry ${BUDGET_KEY}`);
    case 'one': {
      const parsed = parse(found.value);
      return parsed.ok
        ? { kind: 'explicit', source: 'compile-spec', budget: parsed.budget, ignoredOption }
        : rejectSpec('WSB-PREC-07', `the compile spec is malformed (${parsed.fault} at byte ${parsed.at})`);
    }
  }
}

function rejectOption(clause: ClauseId, reason: string): OptionVerdict {
  return { kind: 'rejected', source: 'option', clause, reason };
}

function rejectSpec(clause: ClauseId, reason: string): BudgetChoice {
  return { kind: 'rejected', source: 'compile-spec', clause, reason };
}
