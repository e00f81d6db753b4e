import type { Memory } from '../../wire/memory.js';

/** "0000", in 32 bits. */
const FOUR_ZEROS = 0x30303030;

/**
 * Parses a budget without allocating, for the flat model: the same rules as the reference's
 * `parseBudget` (WSB-PARSE-01 to 09), checked against it. The value of the last successful parse is
 * in {@link FlatBudget.high} and {@link FlatBudget.low}.
 */
export class FlatBudget {
  /** Upper 32 bits of the budget in bytes. */
  high = 0;
  /** Lower 32 bits of the budget in bytes, unsigned. */
  low = 0;

  /** Parses the bytes `[from, to)`; false when they are malformed. */
  parse({ bytes, view }: Memory, from: number, to: number): boolean {
    if (from === to) return false;
    let at = from;
    while (at + 4 <= to && view.getInt32(at) === FOUR_ZEROS) at += 4;
    while (at < to && bytes[at] === 0x30) at++;
    const digits = to - at;
    if (digits > 19) return false;
    // At most 10 leading and 9 trailing digits, each group exact in a number.
    const split = Math.max(at, to - 9);
    let upper = 0;
    let lower = 0;
    for (; at < split; at++) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return false;
      upper = upper * 10 + digit;
    }
    for (; at < to; at++) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return false;
      lower = (lower * 10 + digit) | 0;
    }
    return this.assign(upper, lower);
  }

  /** Takes `upper` × 10^9 + `lower`; false when that is above 2^63 - 1. */
  private assign(upper: number, lower: number): boolean {
    if (upper === 0) {
      this.high = 0;
      this.low = lower;
      return true;
    }
    const upperHigh = Math.floor(upper / 65_536);
    const upperLow = upper - upperHigh * 65_536;
    // upper × 10^9 = (upperHigh × 10^9) × 2^16 + upperLow × 10^9; each product is below 2^53.
    const shifted = upperHigh * 1_000_000_000;
    const shiftedHigh = Math.floor(shifted / 65_536);
    const sum = (shifted - shiftedHigh * 65_536) * 65_536 + upperLow * 1_000_000_000 + lower;
    const carry = Math.floor(sum / 4_294_967_296);
    this.high = shiftedHigh + carry;
    this.low = sum - carry * 4_294_967_296;
    return this.high <= 0x7fffffff;
  }
}
