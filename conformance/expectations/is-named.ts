import { isNamedBy } from '../model/filter.js';

/** Whether a query names a written case, or the golden program that was made of it. */
export function isNamed(query: string, id: string): boolean {
  return isNamedBy(query, id.replace(/^golden\//, ''));
}
