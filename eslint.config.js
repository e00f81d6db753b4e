import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** What writes a file, or opens one to be written. */
const WRITING = [
  ...['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync', 'createWriteStream', 'cp', 'cpSync'],
  ...['copyFile', 'copyFileSync', 'open', 'openSync', 'symlink', 'symlinkSync', 'link', 'linkSync'],
  ...['truncate', 'truncateSync', 'default'],
];

/**
 * No file is written but as the message says.
 *
 * @param {string} message
 * @returns {import('eslint').Linter.RulesRecord}
 */
const writesBy = (message) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: ['node:fs', 'fs', 'node:fs/promises', 'fs/promises'].map((name) => ({
        name,
        importNames: WRITING,
        message,
      })),
    },
  ],
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'native/.deps/',
      'native/build/',
      'conformance-report/',
      'coverage/',
      '.stryker/',
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
    files: ['vitest.config.ts', 'vitest.mutation.config.ts', 'eslint.config.js'],
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
      'conformance/{bench,mutants,differential,sanitize}/*.ts',
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
  {
    // Files are written by conformance/files: whole, under names that nobody can guess, and never
    // through a link that somebody else made.
    files: ['conformance/**/*.ts'],
    ignores: ['conformance/**/*.test.ts', 'conformance/testing/**/*.ts', 'conformance/files/*.ts'],
    rules: writesBy('Write with conformance/files, such as replaceFile.'),
  },
  {
    files: ['scripts/**/*.mjs'],
    ignores: [
      'scripts/build/write-file-atomically.mjs',
      // Into a folder that they made, by its name, as the owner of a lock or of a name that nobody
      // knows.
      'scripts/build/build-lock.mjs',
      'scripts/tensorrt/{fetch-tensorrt,xz,cut-pieces,split-tensorrt}.mjs',
    ],
    rules: writesBy('Write with writeFileAtomically.'),
  },
  { files: ['**/*.mjs', '**/*.js'], languageOptions: { globals: globals.node } },
  {
    // The script of a page: a browser runs it.
    files: ['conformance/report/page/assets/*.js'],
    languageOptions: { globals: globals.browser, sourceType: 'script' },
  },
);
