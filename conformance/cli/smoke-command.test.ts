import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { main } from './main.js';

const root = suiteRoot();
const faulty = join(root, 'dist/conformance/testing/faulty-subjects/main.js');

async function smoke(subject: string): Promise<{ readonly code: number; readonly out: string }> {
  let out = '';
  const code = await main(['smoke', '--subject', subject], {
    out: (text) => {
      out += text;
    },
    err: { write: () => true },
  });
  return { code, out };
}

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 120_000);

describe('smoke', () => {
  it.each([
    ['reference', 0, /The adapter works, and the delegate is right/],
    ['reference:no-clamp', 1, /The adapter works; the delegate is wrong[^]*WSB-APPLY-01/],
    [`exec:node ${faulty} none`, 0, /The adapter works, and the delegate is right/],
    [`exec:node ${faulty} leaks`, 1, /The adapter works; the delegate is wrong[^]*leaks.engines/],
    [`exec:node ${faulty} missing-capability`, 3, /The adapter is broken[^]*decision/],
    [`exec:node ${faulty} bad-exit binary`, 3, /The adapter is broken[^]*exited with 3/],
    ['exec:nobody-has-this-program', 3, /The adapter is broken/],
  ])('tells a broken adapter from a wrong delegate: %s', async (subject, code, text) => {
    const started = performance.now();
    const ended = await smoke(subject);
    expect(ended.out).toMatch(text);
    expect(ended.code).toBe(code);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
