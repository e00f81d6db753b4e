import { describe, expect, it } from 'vitest';
import { runReference } from '../../reference/index.js';
import { LARGE_PROGRAMS, largeRequest } from './large-programs.js';

describe('the reference', () => {
  it.each(LARGE_PROGRAMS)('does what is stated of $title', (one) => {
    const source = one.program();
    const file = { path: '/', size: source.size, read: source.read.bind(source) };
    expect(one.expectation.check(runReference(largeRequest(one, file)))).toBeNull();
  });
});
