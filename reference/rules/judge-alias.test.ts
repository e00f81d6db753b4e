import { describe, expect, it } from 'vitest';
import { ALIAS_RULES, judgeAlias, type LinkedAlias } from './judge-alias.js';

const alias = (output: string, input: string, outputType = 0, inputType = 0): LinkedAlias => ({
  output,
  input,
  outputType,
  inputType,
});

describe('judgeAlias', () => {
  it.each([
    ['alone', alias('y', 'x'), [], null],
    ['beside another', alias('y', 'x'), [alias('z', 'w')], null],
    ['where names cross', alias('y', 'x'), [alias('x', 'y')], null],
    ['of other types (WSB-BLOB-21)', alias('y', 'x', 0, 2), [], 'WSB-BLOB-21'],
    ['of an output that has one (WSB-BLOB-22)', alias('y', 'x'), [alias('y', 'w')], 'WSB-BLOB-22'],
    ['that stands there twice (WSB-BLOB-22)', alias('y', 'x'), [alias('y', 'x')], 'WSB-BLOB-22'],
    ['of an input that has one (WSB-BLOB-23)', alias('y', 'x'), [alias('z', 'x')], 'WSB-BLOB-23'],
  ] as const)('an alias %s', (_, given, earlier, clause) => {
    expect(judgeAlias(given, earlier, ALIAS_RULES)).toBe(clause);
  });
});
