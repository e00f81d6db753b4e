import type { DeliveredOption, DeliveredValue } from './delivered-option.js';

/**
 * The value under a key: that of the first option with the key (WSB-OPT-12); null when there is
 * none.
 */
export function findOption(options: readonly DeliveredOption[], key: string): DeliveredValue | null {
  return options.find((option) => option.key === key)?.value ?? null;
}
