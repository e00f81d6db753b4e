import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.js';

describe('inOrder', () => {
  it('gives results in the order of the items, and has no more than so many at work', async () => {
    let [atWork, most] = [0, 0];
    const start = async (item: number): Promise<number> => {
      most = Math.max(most, ++atWork);
      // The first is the slowest.
      await sleep(20 - 2 * item);
      atWork--;
      return item * item;
    };
    const given: (readonly [number, number, number])[] = [];
    for await (const one of inOrder([0, 1, 2, 3, 4, 5], 3, start)) given.push(one);
    expect(given).toEqual([0, 1, 2, 3, 4, 5].map((item) => [item, item, item * item]));
    expect(most).toBe(3);
  });

  it('throws what the work on an item throws, when its turn comes', async () => {
    const given: number[] = [];
    const read = async (): Promise<void> => {
      const start = (item: number): Promise<number> =>
        item === 2 ? Promise.reject(new Error('no 2')) : Promise.resolve(item);
      for await (const [item] of inOrder([0, 1, 2, 3], 4, start)) given.push(item);
    };
    await expect(read()).rejects.toThrow('no 2');
    expect(given).toEqual([0, 1]);
  });
});
