import { AUTOMATIC_RULES } from '../rules/automatic-budget.js';
import { STANDARD_RULES, type Rules } from '../rules/rules.js';
import * as applying from './wrong-applying.js';
import * as automatic from './wrong-automatic.js';
import * as choosing from './wrong-choosing.js';
import * as initialising from './wrong-initialising.js';
import * as parsing from './wrong-parsing.js';

/** By the name of a wrong implementation what it puts in the place of rules of the specification. */
const REPLACED: Readonly<Record<string, Partial<Rules>>> = {
  'accept-plus': { parseBudget: parsing.acceptPlus },
  'accept-minus-zero': { parseBudget: parsing.acceptMinusZero },
  'trailing-blank': { parseBudget: parsing.acceptTrailingBlank },
  'trailing-junk': { parseBudget: parsing.stopAtJunk },
  'int32-range': { parseBudget: parsing.int32Range },
  'empty-is-zero': { parseBudget: parsing.emptyIsZero },
  'overflow-saturates': { parseBudget: parsing.saturate },
  'overflow-wraps': { parseBudget: parsing.wrap },
  'trailing-nul': { parseBudget: parsing.stopAtNul },
  'negative-int-is-zero': { chooseBudget: choosing.negativeIsZero },
  'bool-ignored': { chooseBudget: choosing.boolIgnored },
  'empty-option-rejected': { chooseBudget: choosing.emptyOptionRejected },
  'option-key-prefix': { chooseBudget: choosing.optionKeyPrefix },
  'last-option-wins': { chooseBudget: choosing.lastOptionWins },
  'empty-option-is-zero': { chooseBudget: choosing.emptyOptionIsZero },
  'malformed-option-falls-through': { chooseBudget: choosing.malformedOptionFallsThrough },
  'malformed-option-ignored': { chooseBudget: choosing.malformedOptionIgnored },
  'spec-ignored': { chooseBudget: choosing.specIgnored },
  'malformed-spec-ignored': { chooseBudget: choosing.malformedSpecIgnored },
  'spec-over-option': { chooseBudget: choosing.specOverOption },
  'masked-spec-judged': { chooseBudget: choosing.noMasking },
  'last-duplicate-wins': { chooseBudget: choosing.lastDuplicateWins },
  'first-duplicate-wins': { chooseBudget: choosing.firstDuplicateWins },
  'bad-device-is-zero': { readDeviceId: initialising.badDeviceIsZero },
  'device-id-digits': { readDeviceId: initialising.leadingDigits },
  'key-is-no-name': { readAliasName: initialising.keyIsNoName },
  'empty-kind-is-default': { readAliasKind: initialising.emptyKindIsDefault },
  'device-left': { restoresDevice: false },
  'budget-after-context': { budgetStep: 'after-context' },
  'no-clamp': { applyBudget: applying.noClamp },
  'fallback-for-explicit': { applyBudget: applying.fallbackForExplicit },
  'automatic-clamped': { applyBudget: applying.clampAutomatic },
  'no-fallback': { applyBudget: applying.noFallback },
  'resident-is-set': { applyBudget: applying.setOnResident },
  'resident-is-streamed': { applyBudget: applying.residentIsStreamed },
  'zero-is-absent': { applyBudget: applying.zeroIsAutomatic },
  'refuse-silently': { applyBudget: applying.refuseSilently },
  'fitting-resident-no-margin': {
    automaticBudget: { ...AUTOMATIC_RULES, fitting: automatic.residentWithoutMargin },
  },
  'fitting-no-margin': { fittingBudget: automatic.withoutMargin },
  'fitting-no-scratch': { fittingBudget: automatic.withoutScratch },
  'fitting-gives-up': { automaticBudget: { ...AUTOMATIC_RULES, fitting: automatic.firstOnly } },
  'fitting-explicit': { applyBudget: applying.lowerExplicit },
  'fitting-keeps': { yields: false },
};

/**
 * The rules of wrong implementations, by their names in conformance/catalogue/catalogue.json, which says what each does wrong. Each
 * breaks one rule of the specification and keeps the others.
 */
export const WRONG_RULES: Readonly<Record<string, Rules>> = Object.fromEntries(
  Object.entries(REPLACED).map(([name, replaced]) => [name, { ...STANDARD_RULES, ...replaced }]),
);
