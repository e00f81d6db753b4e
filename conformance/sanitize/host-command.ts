import { join } from 'node:path';
import type { Setting } from './part.js';

/** The command line of the instrumented host with a delegate, ours where no other is named. */
export function hostCommand(
  { build, delegate }: Pick<Setting, 'build' | 'delegate'>,
  library = delegate,
): readonly [program: string, ...args: readonly string[]] {
  return [join(build, 'wsb-host'), '--delegate', library];
}
