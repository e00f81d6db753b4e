import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { nativeHome } from './native-home.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const native = path.join(root, 'native');
const home = nativeHome(path.resolve(root));
const nativeBuild = path.join(home, 'build');

/**
 * Where everything lies, as absolute paths. A build writes to `dist`, `nativeBuild` and
 * `dependencies`, and nowhere else; the last two are below {@link nativeHome}.
 */
export const packagePaths = Object.freeze({
  root,
  dist: path.join(root, 'dist'),
  native,
  nativeBuild,
  objects: path.join(nativeBuild, 'obj'),
  dependencies: path.join(home, '.deps'),
});

/**
 * A path as messages show it: relative to the package when it lies inside.
 *
 * @param {string} file absolute path
 * @returns {string}
 */
export function displayPath(file) {
  const relative = path.relative(root, file);
  return relative.startsWith('..') ? file : relative;
}
