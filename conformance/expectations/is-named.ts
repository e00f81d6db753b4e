import { filterOf } from '../model/filter.js';

/** Whether a query names a written case, or the golden program that was made of it. */
export function isNamed(query: string, id: string): boolean {
  return filterOf(query).matches(id.replace(/^golden\//, ''));
}
