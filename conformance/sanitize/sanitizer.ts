import { join } from 'node:path';

/** The exit code of a process that a sanitizer ends. */
export const REPORTED = 66;

/** A way to build and watch the native part. */
export interface Sanitizer {
  /** As it is asked for on the command line. */
  readonly name: 'address' | 'thread';
  /** What it looks for. */
  readonly finds: string;
  /** Of native/CMakePresets.json. */
  readonly preset: string;
  /**
   * What has to be set for a process whose reports are to lie in `folder`, a file each process. The
   * first report ends a process, so that none is taken for an answer. `suppressions` is a file of
   * what ThreadSanitizer is not to tell.
   */
  readonly env: (folder: string, suppressions?: string) => Readonly<Record<string, string>>;
  /** What native/testing/sanitizer_canary.cpp does wrong for it, one process each. */
  readonly canaries: readonly string[];
}

/** Every sanitizer, in the order in which they are run. */
export const SANITIZERS: readonly Sanitizer[] = [
  {
    name: 'address',
    finds: 'AddressSanitizer, UndefinedBehaviorSanitizer and LeakSanitizer',
    preset: 'asan',
    env: (folder) => ({
      ASAN_OPTIONS: options(folder, ['detect_leaks=1', 'detect_stack_use_after_return=1']),
      UBSAN_OPTIONS: options(folder, ['print_stacktrace=1']),
    }),
    canaries: ['heap-overflow', 'use-after-free', 'signed-overflow', 'leak'],
  },
  {
    name: 'thread',
    finds: 'ThreadSanitizer',
    preset: 'tsan',
    env: (folder, suppressions) => ({
      TSAN_OPTIONS: options(folder, [
        ...['halt_on_error=1', 'second_deadlock_stack=1'],
        ...(suppressions === undefined ? [] : [`suppressions="${suppressions}"`]),
      ]),
    }),
    canaries: ['race'],
  },
];

function options(folder: string, more: readonly string[]): string {
  return [`log_path="${join(folder, 'report')}"`, `exitcode=${REPORTED}`, ...more].join(':');
}
