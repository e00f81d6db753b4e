import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';

const root = suiteRoot();
const own = mkdtempSync(join(tmpdir(), 'ended-'));

afterAll(() => {
  rmSync(own, { recursive: true });
});

/** The files below the folder for temporary files of the command. */
const left = (): string[] => readdirSync(own, { recursive: true, encoding: 'utf8' });

describe('fuzz that a signal ends', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s leaves no file',
    async (signal) => {
      const args = ['fuzz', '--target', 'blob', '--time', '10m', '--findings', join(own, 'findings')];
      const running = execa(process.execPath, [join(root, 'scripts/trt-conformance.mjs'), ...args], {
        cwd: root,
        env: { TMPDIR: own },
        reject: false,
      });
      // Inputs are written there, and whoever writes them is at work.
      while (!left().some((path) => /new\/|seeds\//.test(path)) && running.exitCode === null)
        await sleep(100);
      running.kill(signal);
      expect((await running).signal).toBe(signal);
      expect(left()).toEqual([]);
      expect(existsSync(join(own, 'findings'))).toBe(false);
    },
    120_000,
  );
});
