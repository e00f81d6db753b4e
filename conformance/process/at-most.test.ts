import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { atMost } from './at-most.js';

describe('atMost', () => {
  it('runs no more than so many at a time, all of them, in order', async () => {
    let [running, most] = [0, 0];
    const begun: number[] = [];
    const task = atMost(2, async (n: number) => {
      begun.push(n);
      most = Math.max(most, ++running);
      await sleep(n % 3);
      running--;
      return 10 * n;
    });
    const numbers = Array.from({ length: 9 }, (_, n) => n);
    expect(await Promise.all(numbers.map(task))).toEqual(numbers.map((n) => 10 * n));
    expect(begun).toEqual(numbers);
    expect(most).toBe(2);
  });

  it('goes on behind one that fails', async () => {
    const task = atMost(1, (n: number) => (n === 0 ? Promise.reject(new Error('no')) : Promise.resolve(n)));
    const ends = await Promise.allSettled([0, 1, 0, 2].map(task));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
