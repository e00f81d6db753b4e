import type { ClauseId } from '../outcome/clause-id.js';
import { scalarTypeOf } from './element-type.js';

/** What has to hold of the arguments of a delegate; a wrong implementation leaves one out. */
export interface ArgumentRules {
  /** Each argument is that of a tensor (WSB-LIFE-15). Too few are never taken. */
  readonly refusesSurplusArguments: boolean;
  /** Elements of another type can need more bytes than are there (WSB-LIFE-16). */
  readonly comparesElementTypes: boolean;
}

/** The rules of the specification. */
export const ARGUMENT_RULES: ArgumentRules = { refusesSurplusArguments: true, comparesElementTypes: true };

/**
 * The clause that the arguments of a delegate break; null when none.
 *
 * @param given - ExecuTorch's scalar type of each argument; null for one that is no tensor, of
 *   which other rules speak
 * @param needed - TensorRT's type of each tensor of the engine, inputs first
 */
export function judgeArguments(
  given: readonly (number | null)[],
  needed: readonly number[],
  { refusesSurplusArguments, comparesElementTypes }: ArgumentRules,
): ClauseId | null {
  const isSurplus = refusesSurplusArguments && given.length > needed.length;
  if (given.length < needed.length || isSurplus) return 'WSB-LIFE-15';
  const isOther = (type: number, n: number): boolean => {
    const scalarType = given[n] ?? null;
    return scalarType !== null && scalarType !== scalarTypeOf(type);
  };
  return comparesElementTypes && needed.some(isOther) ? 'WSB-LIFE-16' : null;
}
