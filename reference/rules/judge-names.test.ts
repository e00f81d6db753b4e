import { describe, expect, it } from 'vitest';
import { judgeNames, NAME_RULES, type NamedTensor } from './judge-names.js';

const tensors = (inputs: string, outputs: string): NamedTensor[] => [
  ...Array.from(inputs, (name): NamedTensor => ({ name, mode: 'input' })),
  ...Array.from(outputs, (name): NamedTensor => ({ name, mode: 'output' })),
];

describe('judgeNames', () => {
  it.each([
    ['as the engine has them', tensors('xw', 'y'), null],
    ['in another order', tensors('wx', 'y'), null],
    ['one twice (WSB-BLOB-24)', tensors('xwx', 'y'), 'WSB-BLOB-24'],
    ['one as input and as output (WSB-BLOB-24)', tensors('xw', 'xy'), 'WSB-BLOB-24'],
    ['without an input (WSB-BLOB-25)', tensors('x', 'y'), 'WSB-BLOB-25'],
    ['without an output (WSB-BLOB-25)', tensors('xw', ''), 'WSB-BLOB-25'],
    ['an input as output (WSB-BLOB-26)', tensors('x', 'yw'), 'WSB-BLOB-26'],
    ['an output as input (WSB-BLOB-26)', tensors('xwy', ''), 'WSB-BLOB-26'],
    ['one more (WSB-BLOB-26)', tensors('xw', 'yz'), 'WSB-BLOB-26'],
  ] as const)('tensors %s', (_, named, clause) => {
    expect(judgeNames(named, tensors('xw', 'y'), NAME_RULES)).toBe(clause);
  });

  it('takes the first of two tensors of a name', () => {
    expect(judgeNames(tensors('x', ''), tensors('x', 'x'), NAME_RULES)).toBeNull();
  });
});
