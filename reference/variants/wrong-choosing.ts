import { cString } from '../options/c-string.js';
import { findOption } from '../options/find-option.js';
import { BUDGET_KEY } from '../precedence/budget-key.js';
import { chooseBudget, judgeOption, judgeSpecs } from '../precedence/choose-budget.js';

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
export const malformedOptionFallsThrough: Chooser = (options, specs, parse) => {
  const option = judgeOption(options, parse);
  const isMalformed = option.kind === 'rejected' && option.clause === 'WSB-OPT-09';
  return isMalformed ? judgeSpecs(specs, parse, true) : chooseBudget(options, specs, parse);
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
