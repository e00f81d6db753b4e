import { cText } from './c-string.js';
import type { DeliveredOption, DeliveredValue } from './delivered-option.js';

/**
 * The value under a key: that of the first option with the key (WSB-OPT-12); null when there is
 * none.
 */
export function findOption(options: readonly DeliveredOption[], key: string): DeliveredValue | null {
  return options.find((option) => hasKey(option, key))?.value ?? null;
}

/**
 * Whether an option has a key: its `char[64]` is a C string, so that what stands behind a NUL is no
 * part of the key (WSB-OPT-11).
 */
export function hasKey(option: Pick<DeliveredOption, 'key'>, key: string): boolean {
  return cText(option.key) === key;
}
