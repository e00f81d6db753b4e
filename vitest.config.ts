import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{spec,reference,conformance,golden,native,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'native/.deps/**', 'native/build/**'],
    // The native subject is one per process: ExecuTorch keeps one backend registry.
    pool: 'forks',
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['reference/**/*.ts'],
      exclude: ['reference/program/generated/**', '**/*.test.ts'],
    },
  },
});
