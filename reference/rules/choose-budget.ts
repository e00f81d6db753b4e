import type { BudgetChoice } from './budget-choice.js';
import type { parseBudget } from './parse-budget.js';
import { cString, cText } from './c-string.js';
import type { DeliveredOption } from './delivered-option.js';
import { findOption, hasKey } from './find-option.js';
import { OPTION_VALUE_BYTES } from './limits.js';
import type { ClauseId } from '../outcome/clause-id.js';
import { BUDGET_KEY } from './budget-key.js';
import type { ChoiceTrace } from './choice-trace.js';
import { findSpec, type CompileSpec } from './find-spec.js';
import { parsingClauses } from './parsing-clause.js';

/** The outcome of looking at the load-time option alone. */
type OptionVerdict = BudgetChoice | { readonly kind: 'absent'; readonly ignoredOption: boolean };

/**
 * Chooses between the load-time option, the compile spec and TensorRT's automatic budget.
 *
 * The option comes first (WSB-PREC-01); only when it is absent or empty are the compile specs
 * looked at (WSB-PREC-04), so that a valid option masks a malformed or duplicated spec
 * (WSB-PREC-02, WSB-PREC-03) and a malformed option is rejected beside a valid one (WSB-PREC-09).
 * Neither leaves the choice to TensorRT (WSB-PREC-05). What decides is noted in `trace`.
 */
export function chooseBudget(
  options: readonly DeliveredOption[],
  specs: readonly CompileSpec[],
  parse: typeof parseBudget,
  trace?: ChoiceTrace,
): BudgetChoice {
  const option = judgeOption(options, parse, trace);
  if (option.kind === 'absent') return judgeSpecs(specs, parse, option.ignoredOption, trace);
  const masking = trace === undefined ? null : maskingClause(option, specs, parse);
  if (masking !== null) trace?.spec.push(masking);
  return option;
}

/**
 * The clause by which an option that is there hides the compile specs; null where there are none to
 * hide.
 */
export function maskingClause(
  option: BudgetChoice,
  specs: readonly CompileSpec[],
  parse: typeof parseBudget,
): ClauseId | null {
  const masked = judgeSpecs(specs, parse, false);
  if (masked.kind === 'automatic') return null;
  if (option.kind === 'rejected') return 'WSB-PREC-09';
  if (masked.kind === 'explicit') return 'WSB-PREC-01';
  return masked.clause === 'WSB-PREC-06' ? 'WSB-PREC-03' : 'WSB-PREC-02';
}

/** The verdict on the load-time option (WSB-OPT). */
export function judgeOption(
  options: readonly DeliveredOption[],
  parse: typeof parseBudget,
  trace?: ChoiceTrace,
): OptionVerdict {
  const value = findOption(options, BUDGET_KEY);
  if (value === null) {
    // Options under other keys are as good as none.
    if (options.length > 0) trace?.option.push('WSB-OPT-11');
    return { kind: 'absent', ignoredOption: false };
  }
  if (trace !== undefined && options.filter((option) => hasKey(option, BUDGET_KEY)).length > 1)
    trace.value.push('WSB-OPT-12');
  switch (value.type) {
    case 'bool':
      return rejectOption('WSB-OPT-04', 'the load-time option is a bool, not a byte count', trace);
    case 'int':
      if (value.value < 0) return rejectOption('WSB-OPT-03', 'the load-time option is negative', trace);
      trace?.option.push('WSB-OPT-02');
      return { kind: 'explicit', source: 'option', budget: BigInt(value.value), ignoredOption: false };
    case 'array': {
      // At most 256 bytes, and none behind the first NUL.
      const text = cString(value.bytes, OPTION_VALUE_BYTES);
      if (text.length === 0) {
        trace?.option.push(...lengthClauses(value.bytes, text), 'WSB-OPT-05');
        return { kind: 'absent', ignoredOption: true };
      }
      const parsed = parse(text);
      trace?.value.push(...lengthClauses(value.bytes, text), ...parsingClauses(text, parsed));
      if (!parsed.ok) {
        const reason = `the load-time option is malformed (${parsed.fault} at byte ${parsed.at})`;
        return rejectOption('WSB-OPT-09', reason, trace);
      }
      trace?.option.push('WSB-OPT-01');
      return { kind: 'explicit', source: 'option', budget: parsed.budget, ignoredOption: false };
    }
  }
}

/** The clauses that say where the text of an option ends, where that is not plain to see. */
function lengthClauses(bytes: Uint8Array, text: Uint8Array): readonly ClauseId[] {
  if (bytes.subarray(text.length).some((byte) => byte !== 0)) return ['WSB-OPT-08'];
  if (text.length === OPTION_VALUE_BYTES) return ['WSB-OPT-07'];
  return text.length === OPTION_VALUE_BYTES - 1 ? ['WSB-OPT-13'] : [];
}

/** The verdict on the compile specs, the option being absent or empty. */
export function judgeSpecs(
  specs: readonly CompileSpec[],
  parse: typeof parseBudget,
  ignoredOption: boolean,
  trace?: ChoiceTrace,
): BudgetChoice {
  const found = findSpec(specs, BUDGET_KEY);
  if (trace !== undefined && specs.some(({ key }) => cText(key) !== BUDGET_KEY))
    trace.spec.push('WSB-PREC-08');
  switch (found.kind) {
    case 'none':
      trace?.spec.push('WSB-PREC-05');
      return { kind: 'automatic', ignoredOption };
    case 'several':
      // Whatever the values are, so before any of them is parsed.
      return rejectSpec('WSB-PREC-06', `${found.count} compile specs carry ${BUDGET_KEY}`, trace);
    case 'one': {
      const parsed = parse(found.value);
      trace?.value.push(...parsingClauses(found.value, parsed));
      if (!parsed.ok) {
        const reason = `the compile spec is malformed (${parsed.fault} at byte ${parsed.at})`;
        return rejectSpec('WSB-PREC-07', reason, trace);
      }
      trace?.spec.push('WSB-PREC-04');
      return { kind: 'explicit', source: 'compile-spec', budget: parsed.budget, ignoredOption };
    }
  }
}

function rejectOption(clause: ClauseId, reason: string, trace?: ChoiceTrace): OptionVerdict {
  trace?.option.push(clause);
  return { kind: 'rejected', source: 'option', clause, reason };
}

function rejectSpec(clause: ClauseId, reason: string, trace?: ChoiceTrace): BudgetChoice {
  trace?.spec.push(clause, 'WSB-PREC-04');
  return { kind: 'rejected', source: 'compile-spec', clause, reason };
}
