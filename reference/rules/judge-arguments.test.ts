import { describe, expect, it } from 'vitest';
import { ARGUMENT_RULES, judgeArguments } from './judge-arguments.js';

/** ExecuTorch's numbers. */
const [CHAR, INT, LONG, HALF, FLOAT] = [1, 3, 4, 5, 6];
/** TensorRT's numbers. */
const [FLOAT32, FLOAT16, INT8, INT32, INT64, INT4] = [0, 1, 2, 3, 8, 9];

describe('judgeArguments', () => {
  it.each([
    ['one for each tensor', [HALF, FLOAT], [FLOAT16, FLOAT32], null],
    ['none for none', [], [], null],
    ['every integer', [CHAR, INT, LONG], [INT8, INT32, INT64], null],
    ['one that is no tensor', [null, HALF], [FLOAT32, FLOAT16], null],
    ['one too few (WSB-LIFE-15)', [HALF], [FLOAT16, FLOAT16], 'WSB-LIFE-15'],
    ['one too many (WSB-LIFE-15)', [HALF, HALF], [FLOAT16], 'WSB-LIFE-15'],
    ['one for nothing (WSB-LIFE-15)', [null], [], 'WSB-LIFE-15'],
    ['a smaller type (WSB-LIFE-16)', [HALF], [FLOAT32], 'WSB-LIFE-16'],
    ['another type of the same size (WSB-LIFE-16)', [HALF, INT], [FLOAT16, FLOAT32], 'WSB-LIFE-16'],
    ['a type that nobody has (WSB-LIFE-16)', [CHAR], [INT4], 'WSB-LIFE-16'],
  ] as const)('arguments: %s', (_, given, needed, clause) => {
    expect(judgeArguments(given, needed, ARGUMENT_RULES)).toBe(clause);
  });
});
