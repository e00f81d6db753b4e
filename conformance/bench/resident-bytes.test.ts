import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { childrenOf, residentBytes } from './resident-bytes.js';

const HOLD = 64 << 20;

describe.skipIf(process.platform !== 'linux')('residentBytes', () => {
  it('counts a process with what it started, and nothing for one that is gone', async () => {
    const child = spawn(
      process.execPath,
      ['-e', `globalThis.held = Buffer.alloc(${HOLD}, 1); console.log('held'); setInterval(() => {}, 1000);`],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    expect(childrenOf(process.pid)).toContain(pid);
    expect(residentBytes(pid)).toBeGreaterThan(HOLD);
    expect(residentBytes(process.pid)).toBeGreaterThan(residentBytes(pid));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(residentBytes(pid)).toBe(0);
  });
});
