import type { Policy } from '../rules/automatic-budget.js';

/**
 * What an automatic budget depends on: who chooses it, and bytes of device memory that are free,
 * null when nobody knows.
 */
export interface AutomaticContext {
  readonly policy: Policy;
  readonly freeBytes: bigint | null;
}
