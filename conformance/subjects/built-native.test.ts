import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { builtNative } from './built-native.js';

const scratch = mkdtempSync(join(tmpdir(), 'built-'));

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** An installed package whose build writes down that it ran, then does as `code` says. */
function installed(name: string, code: string): string {
  const root = join(scratch, name);
  mkdirSync(join(root, 'scripts'), { recursive: true });
  mkdirSync(join(root, 'native/build'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module","version":"1.2.3"}');
  const script = `import { appendFileSync, writeFileSync } from 'node:fs';
appendFileSync('ran', process.argv.slice(2).join(' ') + '\\n');
${code}`;
  writeFileSync(join(root, 'scripts/build.mjs'), script);
  return root;
}

const notes = (version: string, root: string): string =>
  `writeFileSync('native/build/.built', ${JSON.stringify(`${version} ${root}\n`)});`;
const runs = (root: string): string =>
  existsSync(join(root, 'ran')) ? readFileSync(join(root, 'ran'), 'utf8') : '';

it('builds once, and never in a checkout', async () => {
  const name = 'a, b';
  const root = installed(name, notes('1.2.3', join(scratch, name)));
  await builtNative(root);
  await builtNative(root);
  expect(runs(root)).toBe('--native-only\n');

  const checkout = installed('checkout', '');
  writeFileSync(join(checkout, 'tsconfig.json'), '{}');
  await builtNative(checkout);
  expect(runs(checkout)).toBe('');
});

it('builds anew for another version, and for a package that was moved', async () => {
  const root = installed('older', notes('1.2.2', join(scratch, 'older')));
  await builtNative(root);
  await builtNative(root);
  expect(runs(root)).toBe('--native-only\n--native-only\n');
  const moved = installed('moved', notes('1.2.3', '/where/it/was'));
  await builtNative(moved);
  await builtNative(moved);
  expect(runs(moved)).toBe('--native-only\n--native-only\n');
});

it('says what works without it when it cannot be built', async () => {
  const root = installed('unbuildable', 'process.exitCode = 4;');
  await expect(builtNative(root)).rejects.toMatchObject({
    fault: 'missing',
    message: expect.stringMatching(
      /^The native part cannot be built.*explain, list.*--subject reference/,
    ) as string,
  });
});
