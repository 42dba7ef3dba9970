import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  {
    ignores: [
      '**/*.cjs',
      'dist/',
      '.host/',
      '.vscode-test/',
      'extension/samples/',
      'engine/kernels/assembly/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers are what this program prints.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off', // Record<never, never> is meant: no messages
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }], // JSX of custom elements
      // Objects come from factory functions: their methods are closures and need no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Index loops over typed arrays are the subject here.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  {
    files: ['engine/**'],
    rules: { 'no-restricted-globals': ['error', 'console', 'process', 'self', 'fetch'] },
  },
  { files: ['test/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.mjs'],
    // typescript-eslint does not see a cast in a comment, tsc does.
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  // Their libraries, and so the types of those, are there only once the bench has run.
  { files: ['test/bench/peers/**'], rules: { '@typescript-eslint/no-unsafe-call': 'off' } },
  // The config files of the root belong to no TypeScript project of their own.
  { files: ['*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
