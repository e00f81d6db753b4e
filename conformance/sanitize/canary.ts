import { join } from 'node:path';
import type { Part } from './part.js';
import { REPORTED } from './sanitizer.js';
import { reportsOf, watch } from './start.js';

/**
 * What a sanitizer has to find before its silence says anything: a program that errs on purpose, in
 * one way a process. Where it is not found (a container that forbids ptrace, under which
 * LeakSanitizer cannot work) the part fails and says so.
 */
export const CANARY: Part = {
  name: 'canary',
  targets: ['sanitizer-canary'],
  run: async ({ sanitizer, build, scratch, root }) => {
    const failures: string[] = [];
    for (const error of sanitizer.canaries) {
      const program = [join(build, 'sanitizer-canary'), error] as const;
      const watched = await watch(sanitizer, join(scratch, 'canary', error), program, root);
      const [first] = reportsOf(watched);
      const text = `${watched.all}${first?.text ?? ''}`;
      if (isRefused(text)) failures.push(REFUSED);
      else if (watched.exitCode !== REPORTED || first === undefined) {
        failures.push(
          `The planted error ${error} was not reported (exit code ${watched.exitCode ?? 'none'}), so that no silence of ${sanitizer.finds} says anything.\n${text}`,
        );
      }
    }
    return { ran: `${sanitizer.canaries.length} planted errors`, reports: [], failures };
  },
};

const REFUSED =
  'LeakSanitizer cannot work here: it stops the threads of a process with ptrace, which is forbidden. Allow it (docker run --cap-add SYS_PTRACE), and do not run under a debugger or strace.';

/** Whether LeakSanitizer said that it cannot stop the threads of its process. */
function isRefused(text: string): boolean {
  return /LeakSanitizer has encountered a fatal error|does not work under ptrace/.test(text);
}
