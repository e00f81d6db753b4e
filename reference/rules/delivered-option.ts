/**
 * The value of an option as a delegate finds it. `array` is the `char[256]`: `bytes` holds up to
 * 256 of its bytes, the rest of the array is NUL; it has no terminator when all 256 are given.
 */
export type DeliveredValue =
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'array'; readonly bytes: Uint8Array };

/** An option as a delegate finds it. */
export interface DeliveredOption {
  readonly key: string;
  readonly value: DeliveredValue;
}
