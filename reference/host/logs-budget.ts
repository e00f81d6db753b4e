import { BUDGET_KEY } from '../rules/budget-key.js';
import { bytesFromName, nameFromBytes } from '../text/name-bytes.js';

/** Bytes of a record that ExecuTorch logs; what is longer is cut. */
const RECORD_BYTES = 255;

/**
 * Whether a record that ExecuTorch logs at Error level names the budget: a damaged program can name
 * anything so.
 */
export function logsBudget(message: string): boolean {
  return nameFromBytes(bytesFromName(message).subarray(0, RECORD_BYTES)).includes(BUDGET_KEY);
}
