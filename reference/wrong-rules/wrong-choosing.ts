import { BUDGET_KEY } from '../rules/budget-key.js';
import { cString, cText } from '../rules/c-string.js';
import { chooseBudget, judgeSpecs } from '../rules/choose-budget.js';
import type { DeliveredOption, DeliveredValue } from '../rules/delivered-option.js';
import type { CompileSpec } from '../rules/find-spec.js';
import { OPTION_VALUE_BYTES } from '../rules/limits.js';
import type { ClauseId } from '../outcome/clause-id.js';

type Chooser = typeof chooseBudget;

/** A value that no delegate takes for a budget. */
const UNUSABLE: DeliveredValue = { type: 'bool', value: false };

/** How the budget is chosen, by the name of the wrong implementation that does so. */
export const WRONG_CHOICES: Readonly<Record<string, Chooser>> = {
  'int-rejected': withValues((value) => (value.type === 'int' ? UNUSABLE : value)),
  'negative-int-is-zero': withValues((value) =>
    value.type === 'int' ? { type: 'int', value: Math.max(0, value.value) } : value,
  ),
  'bool-accepted': withValues((value) =>
    value.type === 'bool' ? { type: 'int', value: Number(value.value) } : value,
  ),
  'bool-ignored': unlessRejected('WSB-OPT-04', (_, specs, parse) => judgeSpecs(specs, parse, false)),
  'empty-option-is-zero': withValues((value) => (textOf(value) === '' ? { type: 'int', value: 0 } : value)),
  'empty-option-rejected': withValues((value) => (textOf(value) === '' ? UNUSABLE : value)),
  'empty-option-silent': (...args) => {
    const choice = chooseBudget(...args);
    return choice.kind === 'rejected' ? choice : { ...choice, ignoredOption: false };
  },
  'text-option-rejected': withValues((value) => ((textOf(value) ?? '') === '' ? value : UNUSABLE)),
  'scan-255': withValues((value) =>
    value.type === 'array' ? { ...value, bytes: value.bytes.subarray(0, OPTION_VALUE_BYTES - 1) } : value,
  ),
  'first-nul-ignored': withValues((value) => {
    // A text that goes on behind a NUL holds what is not a digit.
    const goesOn =
      value.type === 'array' && value.bytes.subarray(textOf(value)?.length).some((byte) => byte !== 0);
    return goesOn ? UNUSABLE : value;
  }),
  'option-key-prefix': (options, ...rest) =>
    chooseBudget(
      options.map((option) => (option.key.startsWith(BUDGET_KEY) ? { ...option, key: BUDGET_KEY } : option)),
      ...rest,
    ),
  'option-key-64-bytes': (options, ...rest) =>
    // Behind the key there is nothing but NULs.
    chooseBudget(
      options.filter(({ key }) => key.replace(/\0+$/, '') === cText(key)),
      ...rest,
    ),
  'first-two-options': (options, ...rest) => chooseBudget(options.slice(0, 2), ...rest),
  'last-option-wins': (options, ...rest) => chooseBudget([...options].reverse(), ...rest),
  'spec-over-option': (options, specs, parse) => {
    const spec = judgeSpecs(specs, parse, false);
    return spec.kind === 'automatic' ? chooseBudget(options, specs, parse) : spec;
  },
  'masked-spec-judged': (options, specs, parse) => {
    const spec = judgeSpecs(specs, parse, false);
    return spec.kind === 'rejected' ? spec : chooseBudget(options, specs, parse);
  },
  'masked-duplicates-judged': (options, specs, parse) => {
    const spec = judgeSpecs(specs, parse, false);
    return spec.kind === 'rejected' && spec.clause === 'WSB-PREC-06'
      ? spec
      : chooseBudget(options, specs, parse);
  },
  'first-spec-only': withSpecs((specs) => {
    const other = specs.findIndex((spec) => !isBudget(spec));
    return other < 0 ? specs : specs.slice(0, other);
  }),
  'spec-ignored': withSpecs(() => []),
  'first-duplicate-wins': withSpecs((specs) => specs.filter(isBudget).slice(0, 1)),
  'last-duplicate-wins': withSpecs((specs) => specs.filter(isBudget).slice(-1)),
  'equal-duplicates-accepted': withSpecs((specs) => {
    const [first, ...more] = specs.filter(isBudget);
    return first === undefined ? [] : [first, ...more.filter(({ value }) => !isEqual(value, first.value))];
  }),
  'three-equal-keys-accepted': withSpecs((specs) => {
    const own = specs.filter(isBudget);
    return own.length === 3 ? own.slice(0, 1) : own;
  }),
  'adjacent-duplicates-only': withSpecs((specs) => {
    const isAdjacent = specs.some(
      (spec, at) => at > 0 && [spec, specs[at - 1]].every((one) => one !== undefined && isBudget(one)),
    );
    return isAdjacent ? specs : specs.filter(isBudget).slice(0, 1);
  }),
  'malformed-spec-ignored': unlessRejected('WSB-PREC-07', (options, _, parse) =>
    chooseBudget(options, [], parse),
  ),
  'spec-key-prefix': withSpecs((specs) =>
    specs.map((spec) => (cText(spec.key).startsWith(BUDGET_KEY) ? { ...spec, key: BUDGET_KEY } : spec)),
  ),
  'spec-key-case': withSpecs((specs) =>
    specs.map((spec) => ({ ...spec, key: cText(spec.key).toLowerCase() })),
  ),
  'malformed-option-falls-through': unlessRejected('WSB-OPT-09', (_, specs, parse) =>
    judgeSpecs(specs, parse, true),
  ),
  'malformed-option-ignored': unlessRejected('WSB-OPT-09', (_, specs, parse) =>
    judgeSpecs(specs, parse, false),
  ),
};

/** Options have other values than those that were given. */
function withValues(change: (value: DeliveredValue) => DeliveredValue): Chooser {
  const changed = (option: DeliveredOption): DeliveredOption => ({ ...option, value: change(option.value) });
  return (options, ...rest) => chooseBudget(options.map(changed), ...rest);
}

/** Other compile specs are looked at than those that are there. */
function withSpecs(change: (specs: readonly CompileSpec[]) => readonly CompileSpec[]): Chooser {
  return (options, specs, parse) => chooseBudget(options, change(specs), parse);
}

/** Something else comes of what a clause has rejected. */
function unlessRejected(clause: ClauseId, instead: Chooser): Chooser {
  return (...args) => {
    const choice = chooseBudget(...args);
    return choice.kind === 'rejected' && choice.clause === clause ? instead(...args) : choice;
  };
}

/** The text of an option; undefined when it is none. */
function textOf(value: DeliveredValue): string | undefined {
  return value.type === 'array'
    ? String.fromCharCode(...cString(value.bytes, OPTION_VALUE_BYTES))
    : undefined;
}

function isBudget({ key }: CompileSpec): boolean {
  return cText(key) === BUDGET_KEY;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
