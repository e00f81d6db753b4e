import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Slow ones, which npm run test:gates runs alone. */
const GATES = '{spec,reference,conformance,golden,native,scripts}/**/*.gate.test.ts';
/** They need the environment that native/python/make_environment.py makes on request. */
const PYTHON = 'native/python/*.test.ts';
const hasPython = existsSync(new URL('native/.deps/python', import.meta.url));
/** Those of a few minutes: npm run conformance:full runs them too. */
const FULL = ['conformance/mutants/kill-matrix.gate.test.ts'];
/** Those that take many minutes: npm run test:gates:long runs them too. */
const LONG = [
  'conformance/run/stateful.gate.test.ts',
  'conformance/mutants/rare-rules.gate.test.ts',
  'conformance/mutants/wrong-rules.gate.test.ts',
  'conformance/sanitize/sanitize.gate.test.ts',
  'conformance/testing/steps/stepped-run.gate.test.ts',
  'native/consumer/build-folders.gate.test.ts',
  'native/kit/planted-errors.gate.test.ts',
  'scripts/coverage-delegate.gate.test.ts',
  'scripts/documentation/documented-commands.gate.test.ts',
  'scripts/documentation/pipelines.gate.test.ts',
];
/**
 * They change what their process holds (its environment, its folder, the one native library that it
 * may open), so each has a process of its own. The other files share the processes of the workers,
 * and with them the modules that are loaded: half of the time.
 */
const OWN_PROCESS = [
  'conformance/cli/program-command.test.ts',
  'conformance/cli/smoke-command.test.ts',
  'conformance/hardware/open-tensorrt.test.ts',
  'conformance/process/subject-environment.test.ts',
  'conformance/subjects/no-decision-depth.test.ts',
  'native/addon/addon.test.ts',
  'native/examples/examples.test.ts',
  'native/process/wsb-reaper.test.ts',
  'scripts/build/build-native.test.ts',
  'scripts/build/wheels.test.ts',
];

const gates = process.env['TEST_GATES'] !== undefined;
const include = gates ? [GATES] : ['{spec,reference,conformance,golden,native,scripts}/**/*.test.ts'];
const exclude = [
  ...(gates ? [] : [GATES]),
  ...(process.env['TEST_GATES'] === 'long' ? [] : LONG),
  ...(['full', 'long'].includes(process.env['TEST_GATES'] ?? '') ? [] : FULL),
  ...(hasPython ? [] : [PYTHON]),
  '**/node_modules/**',
  'dist/**',
  'native/.deps/**',
  'native/build/**',
];
// A limit is there to end what hangs, so it is far above what a slow machine takes.
const testTimeout = gates ? 600_000 : 60_000;

export default defineConfig({
  test: {
    // The native subject is one per process: ExecuTorch keeps one backend registry.
    pool: 'forks',
    maxWorkers: '100%',
    projects: gates
      ? [{ extends: true, test: { name: 'gates', include, exclude, testTimeout, hookTimeout: testTimeout } }]
      : [
          {
            extends: true,
            test: {
              name: 'shared',
              isolate: false,
              include,
              exclude: [...exclude, ...OWN_PROCESS],
              testTimeout,
            },
          },
          { extends: true, test: { name: 'own', include: OWN_PROCESS, exclude, testTimeout } },
        ],
    coverage: {
      provider: 'v8',
      include: ['reference/**/*.ts'],
      exclude: ['reference/program/generated/**', '**/*.test.ts'],
    },
  },
});
