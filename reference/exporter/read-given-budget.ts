import { MAX_BUDGET } from '../rules/parse-budget.js';
import type { BudgetType, GivenBudget } from './export-request.js';

/** What a value that is given for a budget comes to. */
export type ReadBudget =
  | { readonly kind: 'none' }
  | { readonly kind: 'bytes'; readonly bytes: bigint }
  | { readonly kind: 'refused'; readonly error: 'TypeError' | 'ValueError' };

/** Types whose members are integers of Python's; a bool is one, and does not count. */
const INTEGERS: readonly BudgetType[] = ['int', 'int-subclass', 'int-enum'];

/** Digits that are read as a number; what is longer is out of range whatever they are. */
const MOST_DIGITS = 400;

/** Whether a value is an integer of Python's, and no bool. */
export function isInteger({ type }: GivenBudget): boolean {
  return INTEGERS.includes(type);
}

/** The bytes that an integer stands for; null out of range (WSB-EXPORT-12). */
export function bytesInRange(text: string): bigint | null {
  if (!/^-?\d+$/.test(text) || text.length > MOST_DIGITS) return null;
  const value = BigInt(text);
  return value >= 0n && value <= MAX_BUDGET ? value : null;
}

/** Reads a value that is given for a budget (WSB-EXPORT-10 to -13); null is none at all. */
export function readGivenBudget(given: GivenBudget | null): ReadBudget {
  if (given === null || given.type === 'none') return { kind: 'none' };
  if (!isInteger(given)) return { kind: 'refused', error: 'TypeError' };
  const bytes = bytesInRange(given.text);
  return bytes === null ? { kind: 'refused', error: 'ValueError' } : { kind: 'bytes', bytes };
}
