import { describe, expect, it } from 'vitest';
import * as reference from './index.js';

describe('the reference', () => {
  it('names its errors and calls as ExecuTorch and the wire do', () => {
    expect(reference.ERROR_CODES.InvalidProgram).toBe(0x23);
    expect(reference.FAULT_CALLS).toHaveLength(13);
    expect(reference.VIOLATIONS).toHaveLength(11);
  });

  it('offers what a suite needs', () => {
    expect(Object.keys(reference)).toEqual(
      expect.arrayContaining([
        'runReference',
        'explainProgram',
        'readProgram',
        'writeProgram',
        'encodeBlob',
        'encodePlan',
        'WRONG_RULES',
      ]),
    );
  });
});
