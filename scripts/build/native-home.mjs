import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Names the folder where an installed package builds its native part; a path of the user's. */
export const NATIVE_HOME = 'TRT_CONFORMANCE_NATIVE';

/** In `build` once all of the native part was built there; it says of which package. */
export const BUILT_MARK = '.built';

/**
 * The folder whose `build` and `.deps` hold what is built and fetched. A checkout has both in its
 * own `native`. So has an installed package when it may be written, or was built there by someone
 * who may; else they are in a cache of the user's, apart for each place of an installation.
 *
 * conformance/native-home.ts says the same; a test compares them.
 *
 * @param {string} root the folder of the package, absolute
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string} absolute
 */
export function nativeHome(root, env = process.env) {
  const inside = path.join(root, 'native');
  if (isCheckout(root)) return inside;
  const chosen = env[NATIVE_HOME];
  if (chosen) return path.resolve(chosen);
  if (existsSync(path.join(inside, 'build', BUILT_MARK)) || mayWrite(inside)) return inside;
  const place = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return path.join(cacheFolder(env), 'trt-delegate-conformance', place);
}

/**
 * Whether the package is a checkout, or a copy of one, rather than a package as it is published.
 *
 * @param {string} root
 */
export function isCheckout(root) {
  return existsSync(path.join(root, 'tsconfig.json'));
}

/** @param {NodeJS.ProcessEnv} env */
function cacheFolder(env) {
  const chosen = env['XDG_CACHE_HOME'];
  // One that is not absolute does not count, as its specification says.
  return chosen && path.isAbsolute(chosen) ? chosen : path.join(env['HOME'] || homedir(), '.cache');
}

/** @param {string} folder */
function mayWrite(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
