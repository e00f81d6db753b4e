import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Patience } from './patience.js';

/** Keeps this process from running for so many milliseconds, as a stopped one does not. */
function stopped(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

describe('Patience', () => {
  it('says once that it was waited long enough', async () => {
    let late = 0;
    new Patience().wait(40, () => late++);
    await sleep(300);
    expect(late).toBe(1);
  });

  it('does not count time in which this process did not run', async () => {
    const patience = new Patience();
    let late = false;
    patience.wait(400, () => {
      late = true;
    });
    stopped(900);
    await sleep(60);
    expect(late).toBe(false);
    patience.stop();
  });

  it('begins anew with every wait, and ends with stop', async () => {
    const patience = new Patience();
    let late = 0;
    patience.wait(1000, () => late++);
    await sleep(20);
    patience.wait(10_000, () => late++);
    patience.stop();
    await sleep(50);
    expect(late).toBe(0);
  });
});
