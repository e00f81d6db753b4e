import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'native/.deps/',
      'native/build/',
      'conformance-report/',
      'coverage/',
      'reference/program/generated/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/max-params': ['error', { max: 6 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
    },
  },
  {
    // Tool configuration files have to export a default.
    files: ['vitest.config.ts', 'eslint.config.js'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    // The model is pure: no process, file, clock or randomness, and nothing of the harness.
    files: ['reference/**/*.ts'],
    ignores: ['reference/**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['node:*', '**/conformance/**', 'execa', 'fast-check'] },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'performance', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The model is deterministic; pass randomness in.' },
        { object: 'Date', property: 'now', message: 'The model knows no clock; pass time in.' },
      ],
    },
  },
  {
    // What a user reads is visible text (conformance/model/visible-text.ts), and goes through an
    // Output: nothing that a program, a subject or a path says reaches a terminal as it is.
    files: ['conformance/**/*.ts'],
    ignores: [
      'conformance/**/*.test.ts',
      'conformance/model/visible-text.ts',
      // They speak to a program, or measure the suite itself.
      'conformance/{bench,mutants,differential}/*.ts',
      'conformance/testing/**/*.ts',
      'conformance/hardware/recordings/main.ts',
    ],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression TSTypeReference > Identifier[name=/^Visible(Text|Lines)$/]',
          message: 'Make visible text with visible`…` and the other functions of visible-text.ts.',
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'stdout', message: 'Write visible text to an Output.' },
        { object: 'process', property: 'stderr', message: 'Write visible text to an Output.' },
      ],
    },
  },
  { files: ['**/*.mjs', '**/*.js'], languageOptions: { globals: globals.node } },
);
