import { STANDARD_RULES, type Rules } from '../rules/rules.js';
import { WRONG_APPLICATIONS } from './wrong-applying.js';
import { WRONG_AUTOMATIC, WRONG_FITTING, WRONG_FREE } from './wrong-automatic.js';
import { WRONG_CHANGES } from './wrong-changing.js';
import { WRONG_CHOICES } from './wrong-choosing.js';
import { emptyKindIsDefault, keyIsNoName, WRONG_DEVICE_IDS } from './wrong-initialising.js';
import { WRONG_PARSERS } from './wrong-parsing.js';
import { WRONG_PLACES } from './wrong-placing.js';
import {
  firstEngineOnly,
  isPrefix,
  lostAtEngine33,
  oneTotal,
  staleOptions,
  thirdAsFirst,
} from './wrong-sharing.js';

/**
 * The rules of wrong implementations, by their names in conformance/catalogue/catalogue.json, which
 * says what each does wrong. Each breaks one rule of the specification and keeps the others.
 */
export const WRONG_RULES: Readonly<Record<string, Rules>> = Object.fromEntries([
  ...inPlaceOf('parseBudget', WRONG_PARSERS),
  ...inPlaceOf('chooseBudget', WRONG_CHOICES),
  ...inPlaceOf('applyBudget', WRONG_APPLICATIONS),
  ...inPlaceOf('automaticBudget', WRONG_AUTOMATIC),
  ...inPlaceOf('fittingBudget', WRONG_FITTING),
  ...inPlaceOf('freeMemory', WRONG_FREE),
  ...inPlaceOf('readDeviceId', WRONG_DEVICE_IDS),
  ...inPlaceOf('readAliasName', { 'key-is-no-name': keyIsNoName }),
  ...inPlaceOf('readAliasKind', { 'empty-kind-is-default': emptyKindIsDefault }),
  ...inPlaceOf('optionsOf', {
    'option-for-first-engine': firstEngineOnly,
    'option-lost-at-engine-33': lostAtEngine33,
    'stale-option': staleOptions,
    'third-load-as-first': thirdAsFirst,
  }),
  ...inPlaceOf('shareBudget', { 'budget-is-total': oneTotal }),
  ...inPlaceOf('isBindingName', { 'binding-name-prefix': isPrefix }),
  ...inPlaceOf('comparesAliasTypes', { 'alias-types-unchecked': false }),
  ...inPlaceOf('aliasesOutputsOnce', { 'output-aliased-twice': false }),
  ...inPlaceOf('aliasesInputsOnce', { 'input-aliased-twice': false }),
  ...inPlaceOf('namesTensorsOnce', { 'tensor-named-twice': false }),
  ...inPlaceOf('namesAllTensors', { 'tensor-not-named': false }),
  ...inPlaceOf('namesTensorsAsTheyAre', { 'tensor-named-otherwise': false }),
  ...inPlaceOf('namesAllAliases', { 'alias-not-named': false }),
  ...inPlaceOf('refusesSurplusArguments', { 'surplus-arguments-taken': false }),
  ...inPlaceOf('comparesElementTypes', { 'element-types-unchecked': false }),
  ...inPlaceOf('judgesResident', { 'resident-not-judged': false }),
  ...inPlaceOf('destroysFailed', { 'leak-on-failure': false }),
  ...inPlaceOf('destroysEvent', { 'leak-event': false }),
  ...inPlaceOf('destroysInReverse', { 'runtime-before-engine': false }),
  ...inPlaceOf('placeOf', WRONG_PLACES),
  ...inPlaceOf('restoresDevice', { 'device-left': false }),
  ...inPlaceOf('budgetStep', { 'budget-after-context': 'after-context' }),
  ...inPlaceOf('yields', { 'fitting-keeps': false }),
  ...inPlaceOf('setOption', WRONG_CHANGES),
]);

function inPlaceOf<Rule extends keyof Rules>(
  rule: Rule,
  wrong: Readonly<Record<string, Rules[Rule]>>,
): (readonly [name: string, rules: Rules])[] {
  return Object.entries(wrong).map(([name, own]) => [name, { ...STANDARD_RULES, [rule]: own }]);
}
