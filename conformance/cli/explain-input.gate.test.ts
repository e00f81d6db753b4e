import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';

const root = suiteRoot();
const SCRIPT = join(root, 'scripts/trt-conformance.mjs');
const PROGRAM = join(root, 'golden/exporter/two_engines_budget_8192.pte');
const temporary = mkdtempSync(join(tmpdir(), 'input-'));

afterAll(() => {
  rmSync(temporary, { recursive: true });
});

describe('explain -', () => {
  it('takes a GiB through a pipe with little memory', async () => {
    const large = join(temporary, 'large');
    writeFileSync(large, readFileSync(PROGRAM));
    execFileSync('truncate', ['-s', '1G', large]);
    const command = `cat "$0" | /usr/bin/env node --max-old-space-size=64 "$1" explain - | head -n 1`;
    const { stdout, exitCode } = await execa('sh', ['-c', command, large, SCRIPT], {
      env: { TMPDIR: temporary },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^standard input: 1,073,741,824 bytes/);
    expect(readdirSync(temporary)).toEqual(['large']);
  });
});
