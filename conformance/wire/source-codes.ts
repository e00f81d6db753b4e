import type { BudgetSource } from '../../reference/outcome/outcome.js';
import { SOURCE_AUTOMATIC, SOURCE_COMPILE_SPEC, SOURCE_OPTION } from './decision-format.js';

const CODES: Readonly<Record<BudgetSource, number>> = {
  option: SOURCE_OPTION,
  'compile-spec': SOURCE_COMPILE_SPEC,
  automatic: SOURCE_AUTOMATIC,
};

/** The code of where a budget comes from, in a record of an outcome. */
export function sourceCode(source: BudgetSource): number {
  return CODES[source];
}

/** Whether a text names where a budget comes from. */
export function isBudgetSource(text: unknown): text is BudgetSource {
  return typeof text === 'string' && Object.hasOwn(CODES, text);
}
