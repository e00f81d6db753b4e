import { readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const script = path.join(import.meta.dirname, 'check.mjs');

const check = (...args: string[]) => execa(process.execPath, [script, ...args], { reject: false });

describe('npm run check', () => {
  it('ends with a usage error for an option that it does not know', async () => {
    const { exitCode, stderr } = await check('--fast');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('usage: npm run check');
  });

  it('shows its options', async () => {
    const { exitCode, stdout } = await check('--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--since REF');
  });

  it('has each step of the lint script', () => {
    const text = readFileSync(script, 'utf8');
    const root = path.dirname(import.meta.dirname);
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const commands = (scripts['lint'] ?? '').split(' && ').map((step) => step.split(' '));
    for (const [command = '', ...args] of commands) {
      expect(text).toContain(command === 'npm' ? `'${String(args.at(-1))}'` : `['${command}'`);
    }
  });
});
