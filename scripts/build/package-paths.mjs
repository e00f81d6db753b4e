import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const native = path.join(root, 'native');
const nativeBuild = path.join(native, 'build');

/**
 * Where everything lies, as absolute paths. All of it is inside the package: a build writes to
 * `dist`, `nativeBuild` and `dependencies`, and nowhere else.
 */
export const packagePaths = Object.freeze({
  root,
  dist: path.join(root, 'dist'),
  native,
  nativeBuild,
  objects: path.join(nativeBuild, 'obj'),
  dependencies: path.join(native, '.deps'),
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
