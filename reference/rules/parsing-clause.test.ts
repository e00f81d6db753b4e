import { describe, expect, it } from 'vitest';
import { malformedClause } from './parsing-clause.js';

describe('malformedClause', () => {
  it('takes a null pointer for no bytes', () => {
    const nothing = new Uint8Array(0);
    expect(malformedClause(nothing, { ok: false, fault: 'null', at: 0 })).toBe('WSB-PARSE-05');
    expect(malformedClause(nothing, { ok: false, fault: 'empty', at: 0 })).toBe('WSB-PARSE-05');
  });
});
