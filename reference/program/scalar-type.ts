/**
 * Bytes of an element of each of ExecuTorch's scalar types, by number; the types of 4 and 2 bits
 * are stored in whole bytes, and the 8-bit floating point types have no size that the runtime uses.
 */
const ELEMENT_BYTES = [
  1, 1, 2, 4, 8, 2, 4, 8, 4, 8, 16, 1, 1, 1, 4, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 4, 8,
];

/** Bytes of an element of a scalar type; null for a number that is no type. */
export function elementBytes(scalarType: number): number | null {
  return ELEMENT_BYTES[scalarType] ?? null;
}
