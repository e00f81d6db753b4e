import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { BUILT_MARK as TOLD_MARK, nativeHome as toldHome } from '../../conformance/native-home.js';
import { BUILT_MARK, NATIVE_HOME, nativeHome } from './native-home.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'home-'));
/** Root may write everywhere, whatever the mode says, but in no file. */
const WRITABLE = process.getuid?.() === 0 ? 'file' : 'mode';

afterAll(() => {
  chmodSync(join(scratch, 'sealed/native'), 0o755);
  rmSync(scratch, { recursive: true });
});

/** A package of its own; sealed: nothing can be written to its `native`. */
function made(name: string, files: readonly string[], sealed = false): string {
  const root = join(scratch, name);
  mkdirSync(join(root, 'native/build'), { recursive: true });
  for (const file of files) writeFileSync(join(root, file), '');
  if (sealed) chmodSync(join(root, 'native'), 0o555);
  return root;
}

const checkout = made('checkout', ['tsconfig.json']);
const open = made('open', []);
const sealed = made('sealed', [], true);
const built = made('built', [`native/build/${BUILT_MARK}`], true);
const gone = join(scratch, 'gone');

const cache = join(scratch, 'cache');
const SITUATIONS: readonly (readonly [string, string, Record<string, string>, string | RegExp])[] = [
  ['a checkout', checkout, { [NATIVE_HOME]: '/elsewhere' }, join(checkout, 'native')],
  ['a package that may be written', open, { XDG_CACHE_HOME: cache }, join(open, 'native')],
  ['the folder that the user names', open, { [NATIVE_HOME]: 'some/where' }, resolve('some/where')],
  ['no folder that an empty variable names', open, { [NATIVE_HOME]: '' }, join(open, 'native')],
  ['a package that was built by another user', built, { XDG_CACHE_HOME: cache }, join(built, 'native')],
  [
    'the cache',
    gone,
    { XDG_CACHE_HOME: cache, HOME: '/home' },
    /\/cache\/trt-delegate-conformance\/[0-9a-f]{16}$/,
  ],
  ['the cache in the home', gone, { HOME: '/home/a b' }, /^\/home\/a b\/\.cache\/trt-delegate-conformance\//],
  ['no cache that is not absolute', gone, { XDG_CACHE_HOME: 'x', HOME: '/home' }, /^\/home\/\.cache\//],
];

describe('the place of the native part', () => {
  it.each(SITUATIONS)('is that of %s', (_what, root, env, wanted) => {
    const found = nativeHome(root, env);
    expect(found).toMatch(wanted);
    if (typeof wanted === 'string') expect(found).toBe(wanted);
    expect(toldHome(root, env)).toBe(found);
  });

  it('is the cache where the package cannot be written', () => {
    const root = WRITABLE === 'file' ? gone : sealed;
    const env = { XDG_CACHE_HOME: cache };
    expect(nativeHome(root, env).startsWith(cache)).toBe(true);
    expect(toldHome(root, env)).toBe(nativeHome(root, env));
  });

  it('is another one for each place of an installation', () => {
    const env = { XDG_CACHE_HOME: cache };
    expect(nativeHome(`${gone}/a`, env)).not.toBe(nativeHome(`${gone}/b`, env));
  });

  it('is noted in the same file by both', () => {
    expect(TOLD_MARK).toBe(BUILT_MARK);
  });
});
