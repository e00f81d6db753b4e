/**
 * A pseudo-random generator of 32 bits (sfc32), seeded by one integer through splitmix32. The same seed gives
 * the same numbers on every machine.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `seed` is any integer; its lower 32 bits count. */
  constructor(seed: number) {
    let state = seed | 0;
    const split = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let mixed = state ^ (state >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = Math.imul(mixed, 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    };
    this.#a = split();
    this.#b = split();
    this.#c = split();
    for (let round = 0; round < 12; round++) this.next();
  }

  /** An integer from 0 to 2^32 - 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** An integer from 0 to `limit` - 1; `limit` is at most 2^16. */
  below(limit: number): number {
    return ((this.next() >>> 16) * limit) >>> 16;
  }

  /** True in `percent` of 100 calls. */
  chance(percent: number): boolean {
    return this.below(10_000) < percent * 100;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}
