import type { parseBudget } from '../rules/parse-budget.js';
import { cString } from '../rules/c-string.js';
import type { DeliveredOption } from '../rules/delivered-option.js';
import { findOption } from '../rules/find-option.js';
import type { ClauseId } from '../outcome/clause-id.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { chooseBudget, judgeOption, judgeSpecs } from '../rules/choose-budget.js';

type Chooser = typeof chooseBudget;

/** A compile spec comes before the option. */
export const specOverOption: Chooser = (options, specs, parse) => {
  const spec = judgeSpecs(specs, parse, false);
  return spec.kind === 'automatic' ? chooseBudget(options, specs, parse) : spec;
};

/** Of several compile specs the last one counts. */
export const lastDuplicateWins: Chooser = (options, specs, parse) => {
  const last = specs.findLastIndex(({ key }) => key === BUDGET_KEY);
  return chooseBudget(
    options,
    specs.filter(({ key }, n) => key !== BUDGET_KEY || n === last),
    parse,
  );
};

/** Of several compile specs the first one counts. */
export const firstDuplicateWins: Chooser = (options, specs, parse) => {
  const first = specs.findIndex(({ key }) => key === BUDGET_KEY);
  return chooseBudget(
    options,
    specs.filter(({ key }, n) => key !== BUDGET_KEY || n === first),
    parse,
  );
};

/** An empty option is the budget 0. */
export const emptyOptionIsZero: Chooser = (options, specs, parse) => {
  const value = findOption(options, BUDGET_KEY);
  return value?.type === 'array' && cString(value.bytes, 1).length === 0
    ? { kind: 'explicit', source: 'option', budget: 0n, ignoredOption: false }
    : chooseBudget(options, specs, parse);
};

/** A malformed option is ignored like an empty one. */
export const malformedOptionFallsThrough: Chooser = (options, specs, parse) =>
  isRejected(options, parse, 'WSB-OPT-09')
    ? judgeSpecs(specs, parse, true)
    : chooseBudget(options, specs, parse);

/** A malformed option is ignored without a word. */
export const malformedOptionIgnored: Chooser = (options, specs, parse) =>
  isRejected(options, parse, 'WSB-OPT-09')
    ? judgeSpecs(specs, parse, false)
    : chooseBudget(options, specs, parse);

/** An option of type bool is ignored without a word. */
export const boolIgnored: Chooser = (options, specs, parse) =>
  isRejected(options, parse, 'WSB-OPT-04')
    ? judgeSpecs(specs, parse, false)
    : chooseBudget(options, specs, parse);

/** An empty option is refused as malformed. */
export const emptyOptionRejected: Chooser = (options, specs, parse) => {
  const option = judgeOption(options, parse);
  return option.kind === 'absent' && option.ignoredOption
    ? { kind: 'rejected', source: 'option', clause: 'WSB-OPT-09', reason: 'the load-time option is empty' }
    : chooseBudget(options, specs, parse);
};

/** An option counts whose key begins with the budget's key. */
export const optionKeyPrefix: Chooser = (options, specs, parse) =>
  chooseBudget(
    options.map((option) => (option.key.startsWith(BUDGET_KEY) ? { ...option, key: BUDGET_KEY } : option)),
    specs,
    parse,
  );

/** Of several options with the key the last one counts. */
export const lastOptionWins: Chooser = (options, specs, parse) =>
  chooseBudget([...options].reverse(), specs, parse);

/** Compile specs are never looked at. */
export const specIgnored: Chooser = (options, _, parse) => chooseBudget(options, [], parse);

/** A malformed compile spec is taken for none. */
export const malformedSpecIgnored: Chooser = (options, specs, parse) => {
  const choice = chooseBudget(options, specs, parse);
  return choice.kind === 'rejected' && choice.clause === 'WSB-PREC-07'
    ? chooseBudget(options, [], parse)
    : choice;
};

/** A negative integer option is taken for 0. */
export const negativeIsZero: Chooser = (options, specs, parse) => {
  const value = findOption(options, BUDGET_KEY);
  return value?.type === 'int' && value.value < 0
    ? { kind: 'explicit', source: 'option', budget: 0n, ignoredOption: false }
    : chooseBudget(options, specs, parse);
};

/** A valid option does not mask a bad compile spec. */
export const noMasking: Chooser = (options, specs, parse) => {
  const spec = judgeSpecs(specs, parse, false);
  return spec.kind === 'rejected' ? spec : chooseBudget(options, specs, parse);
};

/** Whether the option is refused, and by this clause. */
function isRejected(
  options: readonly DeliveredOption[],
  parse: typeof parseBudget,
  clause: ClauseId,
): boolean {
  const option = judgeOption(options, parse);
  return option.kind === 'rejected' && option.clause === clause;
}
