import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name and version of this package, from the package.json in `root`. */
export function packageOf(root: string): { readonly name: string; readonly version: string } {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return { name, version };
}
