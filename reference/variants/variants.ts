import { AUTOMATIC_RULES } from '../rules/automatic-budget.js';
import { rulesUnder, STANDARD_RULES, type Rules } from '../rules/rules.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { Variant } from './variant.js';
import * as applying from './wrong-applying.js';
import * as automatic from './wrong-automatic.js';
import * as choosing from './wrong-choosing.js';
import * as initialising from './wrong-initialising.js';
import * as parsing from './wrong-parsing.js';
import * as sharing from './wrong-sharing.js';

/** Delegates that are wrong on purpose, by name. Each breaks one rule of the specification and keeps the others. */
export const VARIANTS: Readonly<Record<string, Variant>> = {
  'accept-plus': wrong('WSB-PARSE-03', 'A leading plus sign is skipped.', {
    parseBudget: parsing.acceptPlus,
  }),
  'accept-minus-zero': wrong(
    'WSB-PARSE-03',
    'A minus sign before nothing but zeros is skipped, as a signed number parser does.',
    { parseBudget: parsing.acceptMinusZero },
  ),
  'trailing-blank': wrong('WSB-PARSE-04', 'A blank behind the digits is dropped.', {
    parseBudget: parsing.acceptTrailingBlank,
  }),
  'trailing-junk': wrong(
    'WSB-PARSE-07',
    'The digits end at the first byte that is none; the rest is dropped.',
    {
      parseBudget: parsing.stopAtJunk,
    },
  ),
  'int32-range': wrong('WSB-PARSE-01', 'Values from 2^31 on are refused.', {
    parseBudget: parsing.int32Range,
  }),
  'empty-is-zero': wrong('WSB-PARSE-05', 'An empty text is 0.', { parseBudget: parsing.emptyIsZero }),
  'overflow-saturates': wrong('WSB-PARSE-06', 'A value above 2^63-1 is taken for 2^63-1.', {
    parseBudget: parsing.saturate,
  }),
  'overflow-wraps': wrong('WSB-PARSE-06', 'A value above 2^63-1 wraps around.', {
    parseBudget: parsing.wrap,
  }),
  'trailing-nul': wrong('WSB-PARSE-08', 'The digits end at a NUL, as a C string does.', {
    parseBudget: parsing.stopAtNul,
  }),
  'negative-int-is-zero': wrong('WSB-OPT-03', 'A negative integer option is taken for 0.', {
    chooseBudget: choosing.negativeIsZero,
  }),
  'bool-ignored': wrong('WSB-OPT-04', 'An option of type bool is taken for none.', {
    chooseBudget: choosing.boolIgnored,
  }),
  'empty-option-rejected': wrong('WSB-OPT-05', 'An empty option is refused as malformed.', {
    chooseBudget: choosing.emptyOptionRejected,
  }),
  'option-key-prefix': wrong('WSB-OPT-11', "An option counts whose key begins with the budget's key.", {
    chooseBudget: choosing.optionKeyPrefix,
  }),
  'last-option-wins': wrong('WSB-OPT-12', 'Of several options with the key the last one counts.', {
    chooseBudget: choosing.lastOptionWins,
  }),
  'empty-option-is-zero': wrong('WSB-OPT-05', 'An empty option is the budget 0.', {
    chooseBudget: choosing.emptyOptionIsZero,
  }),
  'malformed-option-falls-through': wrong('WSB-PREC-09', 'A malformed option is ignored like an empty one.', {
    chooseBudget: choosing.malformedOptionFallsThrough,
  }),
  'malformed-option-ignored': wrong('WSB-PREC-09', 'A malformed option is taken for none, without a word.', {
    chooseBudget: choosing.malformedOptionIgnored,
  }),
  'spec-ignored': wrong('WSB-PREC-04', 'Compile specs are never looked at.', {
    chooseBudget: choosing.specIgnored,
  }),
  'malformed-spec-ignored': wrong('WSB-PREC-07', 'A malformed compile spec is taken for none.', {
    chooseBudget: choosing.malformedSpecIgnored,
  }),
  'spec-over-option': wrong('WSB-PREC-01', 'A compile spec comes before the option.', {
    chooseBudget: choosing.specOverOption,
  }),
  'masked-spec-judged': wrong('WSB-PREC-02', 'A bad compile spec is rejected beside a valid option.', {
    chooseBudget: choosing.noMasking,
  }),
  'last-duplicate-wins': wrong('WSB-PREC-06', 'Of several compile specs the last one counts.', {
    chooseBudget: choosing.lastDuplicateWins,
  }),
  'first-duplicate-wins': wrong('WSB-PREC-06', 'Of several compile specs the first one counts.', {
    chooseBudget: choosing.firstDuplicateWins,
  }),
  'bad-device-is-zero': wrong('WSB-BLOB-06', 'A device id that is no integer in range is taken for 0.', {
    readDeviceId: initialising.badDeviceIsZero,
  }),
  'device-id-digits': wrong(
    'WSB-BLOB-06',
    'The digits that a device id begins with count, modulo 2^32; what follows them is dropped.',
    { readDeviceId: initialising.leadingDigits },
  ),
  'key-is-no-name': wrong(
    'WSB-BLOB-10',
    'A blob with an alias of a tensor that is called like a key is refused.',
    {
      readAliasName: initialising.keyIsNoName,
    },
  ),
  'empty-kind-is-default': wrong(
    'WSB-BLOB-15',
    'An alias with an empty kind is taken for one without a kind.',
    {
      readAliasKind: initialising.emptyKindIsDefault,
    },
  ),
  'device-left': wrong('WSB-LIFE-13', 'A load and an unload leave the device of the engine current.', {
    restoresDevice: false,
  }),
  'budget-after-context': wrong(
    'WSB-APPLY-11',
    'The budget is set when the execution context is there already.',
    {
      budgetStep: 'after-context',
    },
  ),
  'no-clamp': wrong('WSB-APPLY-01', 'An explicit budget is passed on without clamping.', {
    applyBudget: applying.noClamp,
  }),
  'fallback-for-explicit': wrong('WSB-APPLY-03', 'A refused explicit budget is followed by a set of 0.', {
    applyBudget: applying.fallbackForExplicit,
  }),
  'automatic-clamped': wrong(
    'WSB-APPLY-04',
    'The automatic budget is clamped to what the engine can stream.',
    {
      applyBudget: applying.clampAutomatic,
    },
  ),
  'no-fallback': wrong('WSB-APPLY-05', 'A refused automatic budget ends the load at once.', {
    applyBudget: applying.noFallback,
  }),
  'resident-is-set': wrong('WSB-APPLY-07', 'An engine that streams nothing is given a budget all the same.', {
    applyBudget: applying.setOnResident,
  }),
  'resident-is-streamed': wrong(
    'WSB-APPLY-09',
    'An engine that streams nothing is treated as one that does.',
    { applyBudget: applying.residentIsStreamed },
  ),
  'zero-is-absent': wrong('WSB-APPLY-13', 'In place of a budget of 0 an automatic one is set.', {
    applyBudget: applying.zeroIsAutomatic,
  }),
  'refuse-silently': wrong('WSB-FAIL-09', 'A budget that TensorRT refuses is not named in the log.', {
    applyBudget: applying.refuseSilently,
  }),
  'fitting-resident-no-margin': wrongFitting(
    'WSB-AUTO-02',
    'All weights stay resident where they fit with no margin.',
    { automaticBudget: { ...AUTOMATIC_RULES, fitting: automatic.residentWithoutMargin } },
  ),
  'fitting-no-margin': wrongFitting(
    'WSB-AUTO-03',
    'A fitting budget leaves no margin beside what a context is known to need.',
    { fittingBudget: automatic.withoutMargin },
  ),
  'fitting-no-scratch': wrongFitting('WSB-AUTO-03', 'A fitting budget leaves no room for the scratch.', {
    fittingBudget: automatic.withoutScratch,
  }),
  'fitting-gives-up': wrongFitting(
    'WSB-AUTO-04',
    'No smaller budget is tried when no context can be made with an automatic one.',
    { automaticBudget: { ...AUTOMATIC_RULES, fitting: automatic.firstOnly } },
  ),
  'fitting-explicit': wrongFitting('WSB-AUTO-05', 'An explicit budget is lowered to what fits.', {
    applyBudget: applying.lowerExplicit,
  }),
  'uint32-wraps': wrong('WSB-PARSE-06', 'A value is taken modulo 2^32.', {
    parseBudget: parsing.uint32Wraps,
  }),
  strtoll: wrong(
    'WSB-PARSE-04',
    "Values are read by C's strtoll: blanks and a sign before digits are skipped.",
    {
      parseBudget: parsing.strtoll,
    },
  ),
  'option-for-first-engine': wrong('WSB-MULTI-01', 'The option reaches the first engine of a load alone.', {
    optionsOf: sharing.firstEngineOnly,
  }),
  'stale-option': wrong('WSB-METHOD-07', 'A load without options has those of an earlier load.', {
    optionsOf: sharing.staleOptions,
  }),
  'budget-is-total': wrong('WSB-MULTI-03', 'An explicit budget is shared by the engines of a load.', {
    shareBudget: sharing.oneTotal,
  }),
  'runtime-before-engine': wrong('WSB-LIFE-06', 'The runtime is destroyed before its engine.', {
    destroysInReverse: false,
  }),
  'binding-name-prefix': wrong('WSB-BLOB-14', 'An alias may name a binding by the beginning of its name.', {
    isBindingName: initialising.isPrefix,
  }),
  'device-id-8-bits': wrong('WSB-BLOB-06', 'Of the device id the lowest eight bits count.', {
    readDeviceId: initialising.lowestByte,
  }),
  'fitting-keeps': wrongFitting('WSB-AUTO-07', 'No engine makes room for one that follows.', {
    yields: false,
  }),
};

function wrong(clause: ClauseId, description: string, rule: Partial<Rules>): Variant {
  return { clause, description, rules: { ...STANDARD_RULES, ...rule } };
}

/** One that chooses automatic budgets itself. */
function wrongFitting(clause: ClauseId, description: string, rule: Partial<Rules>): Variant {
  return wrong(clause, description, { ...rulesUnder('fitting'), ...rule });
}
