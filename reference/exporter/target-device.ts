import { cText } from '../rules/c-string.js';
import type { CompileSpec } from '../rules/find-spec.js';

/** The key of the compile spec that names the device of an engine. */
export const TARGET_KEY = 'target_device';

/** Whether a compile spec names the device of an engine, as a loader compares keys. */
export function isTarget({ key }: Pick<CompileSpec, 'key'>): boolean {
  return cText(key) === TARGET_KEY;
}
