import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** In the build folder once all of the native part was built there. */
export const BUILT_MARK = '.built';

/**
 * The folder whose `build` and `.deps` hold what is built and fetched: `native` of the suite, or,
 * for an installed package that may not be written, one in the user's cache.
 * `TRT_CONFORMANCE_NATIVE` names another one.
 *
 * scripts/build/native-home.mjs says the same before anything is built; a test compares them.
 *
 * @param root the folder of the suite
 * @returns an absolute path
 */
export function nativeHome(root: string, env: NodeJS.ProcessEnv = process.env): string {
  const inside = join(root, 'native');
  if (isCheckout(root)) return inside;
  const chosen = env['TRT_CONFORMANCE_NATIVE'] ?? '';
  if (chosen !== '') return resolve(chosen);
  if (existsSync(join(inside, 'build', BUILT_MARK)) || mayWrite(inside)) return inside;
  const place = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(cacheFolder(env), 'trt-delegate-conformance', place);
}

/** The folder that holds what was built of the native part, an absolute path. */
export function nativeBuild(root: string): string {
  return join(nativeHome(root), 'build');
}

/** Whether this is a checkout, or a copy of one, rather than a package as it is published. */
export function isCheckout(root: string): boolean {
  return existsSync(join(root, 'tsconfig.json'));
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  const chosen = env['XDG_CACHE_HOME'] ?? '';
  const home = env['HOME'] ?? '';
  // One that is not absolute does not count, as its specification says.
  return isAbsolute(chosen) ? chosen : join(home === '' ? homedir() : home, '.cache');
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
