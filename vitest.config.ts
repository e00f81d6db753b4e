import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Slow ones, which npm run test:gates runs alone. */
const GATES = '{spec,reference,conformance,golden,native,scripts}/**/*.gate.test.ts';
/** They need the environment that native/python/make_environment.py makes on request. */
const PYTHON = 'native/python/*.test.ts';
const hasPython = existsSync(new URL('native/.deps/python', import.meta.url));
/** Those that take many minutes: npm run test:gates:long runs them too. */
const LONG = ['conformance/run/stateful.gate.test.ts', 'conformance/mutants/wrong-rules.gate.test.ts'];
const gates = process.env['TEST_GATES'] !== undefined;

export default defineConfig({
  test: {
    include: gates ? [GATES] : ['{spec,reference,conformance,golden,native,scripts}/**/*.test.ts'],
    exclude: [
      ...(gates ? [] : [GATES]),
      ...(process.env['TEST_GATES'] === 'long' ? [] : LONG),
      ...(hasPython ? [] : [PYTHON]),
      '**/node_modules/**',
      'dist/**',
      'native/.deps/**',
      'native/build/**',
    ],
    // The native subject is one per process: ExecuTorch keeps one backend registry.
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['reference/**/*.ts'],
      exclude: ['reference/program/generated/**', '**/*.test.ts'],
    },
  },
});
