/** The largest budget in bytes that a delegate accepts: the largest signed 64-bit integer. */
export const MAX_BUDGET = 2n ** 63n - 1n;

/** Why bytes are not a budget. */
export type BudgetFault = 'null' | 'empty' | 'not-a-digit' | 'too-large';

/**
 * A budget in bytes, or why there is none and at which byte that showed (0 for `null` and `empty`).
 */
export type ParsedBudget =
  | { readonly ok: true; readonly budget: bigint }
  | { readonly ok: false; readonly fault: BudgetFault; readonly at: number };

const ZERO = 0x30;
const NINE = 0x39;

/**
 * Reads a budget in bytes from exactly the bytes given; nothing behind them is looked at
 * (WSB-PARSE-09). Null stands for a null pointer.
 */
export function parseBudget(bytes: Uint8Array | null): ParsedBudget {
  if (bytes === null) return { ok: false, fault: 'null', at: 0 };
  // WSB-PARSE-05
  if (bytes.length === 0) return { ok: false, fault: 'empty', at: 0 };

  let budget = 0n;
  for (const [at, byte] of bytes.entries()) {
    // Signs (WSB-PARSE-03), blanks (04), NUL (08) and every other byte (07) are told apart by no
    // rule.
    if (byte < ZERO || byte > NINE) return { ok: false, fault: 'not-a-digit', at };
    // Leading zeros add nothing, however many there are (WSB-PARSE-02).
    budget = budget * 10n + BigInt(byte - ZERO);
    // WSB-PARSE-06: checked at each digit, so the value neither wraps nor grows without bound.
    if (budget > MAX_BUDGET) return { ok: false, fault: 'too-large', at };
  }
  // WSB-PARSE-01
  return { ok: true, budget };
}
