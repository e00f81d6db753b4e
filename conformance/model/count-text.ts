/** A count with a comma before each three digits. */
export function countText(count: number | bigint): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
