import { describe, expect, it } from 'vitest';
import { Child, type ChildEnd } from './child.js';
import { STDERR_BYTES } from '../protocol/process-limits.js';

/** Runs a script of Node as a child to its end. */
async function ended(script: string): Promise<{ child: Child; end: ChildEnd }> {
  return new Promise((resolve) => {
    const child = new Child(
      { program: process.execPath, args: ['-e', script], reaper: null },
      {
        output: () => undefined,
        silent: () => undefined,
        ended: (end) => {
          resolve({ child, end });
        },
      },
    );
  });
}

describe('Child', () => {
  it('keeps the last 64 KiB of standard error, and all of it when there is less', async () => {
    const much = await ended(
      'require("fs").writeSync(2, "x".repeat(200000)); require("fs").writeSync(2, "the end");',
    );
    expect(Buffer.byteLength(much.child.stderr())).toBe(STDERR_BYTES);
    expect(much.child.stderr().endsWith('xthe end')).toBe(true);
    const little = await ended('require("fs").writeSync(2, "y".repeat(60000)); process.exit(4)');
    expect(little.child.stderr()).toBe('y'.repeat(60_000));
    expect(little.end).toMatchObject({ exitCode: 4, signal: null });
  });
});
