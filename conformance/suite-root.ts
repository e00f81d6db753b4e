import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the suite, an absolute path: the nearest one above this file with a package.json.
 * It holds spec/, golden/, native/ and scripts/, whether this file runs as TypeScript or compiled
 * in dist/.
 */
export function suiteRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error(`No package.json above ${import.meta.dirname}; is the installation complete?`);
    folder = above;
  }
  return folder;
}
