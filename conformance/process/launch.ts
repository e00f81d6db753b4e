import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** How to start a subject. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /**
   * Path of native/process's wsb-guard, which ends the subject when the runner is killed outright; not used where it is not
   * built.
   */
  readonly guard: string | null;
  /** Variables that are set for it, beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The path of the guard below the folder of the suite; null when it is not built. */
export function guardBelow(root: string): string | null {
  const guard = join(root, 'native/build/wsb-guard');
  return existsSync(guard) ? guard : null;
}
