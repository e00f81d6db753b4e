import { describe, expect, it } from 'vitest';
import { elements } from './elements.js';

describe('elements', () => {
  it('gives what is there, in order', () => {
    expect([...elements(3, (n) => (n === 1 ? null : n))]).toEqual([0, 2]);
    expect([...elements(-1, (n) => n)]).toEqual([]);
  });

  it('reads no element that nobody asks for', () => {
    const read: number[] = [];
    const lazy = elements(9, (n) => read.push(n));
    lazy.next();
    expect(read).toEqual([0]);
  });
});
