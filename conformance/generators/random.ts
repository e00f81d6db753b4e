/**
 * A small, fast, seeded generator of 32-bit numbers (xoshiro128**). The same seed gives the same
 * numbers on every machine. fast-check owns the seeds; one of them gives one block of cases,
 * whatever ran before it.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  constructor(seed: number) {
    this.seed(seed);
  }

  /** Starts again from a 32-bit seed, spread over the state with splitmix32. */
  seed(seed: number): void {
    let state = seed | 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return z ^ (z >>> 15);
    };
    this.a = next();
    this.b = next();
    this.c = next();
    this.d = next() | 1;
  }

  /** 32 random bits, as a signed number. */
  bits(): number {
    const x = Math.imul(this.b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9);
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /** A number in [0, limit), for limits up to 65,536. */
  below(limit: number): number {
    // The `| 0` tells the compiler that the limit is not a fraction.
    return Math.imul(this.bits() >>> 16, limit | 0) >>> 16;
  }

  /** An integer from 0 to 2^32 - 1. */
  next(): number {
    return this.bits() >>> 0;
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
