import { dirname, join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { replaceFile } from '../files/replace-file.js';
import type { Schemas } from '../spec/schemas.js';
import type { PolicyOracles } from '../oracle/oracle.js';
import { expectedGolden } from './expected-golden.js';
import { MANIFEST, type Manifest } from './manifest.js';

/**
 * Writes golden/programs and golden/manifest.json from the cases; the same sources give the same
 * bytes.
 *
 * @returns the number of programs written and of those in the manifest
 */
export function writeGolden(
  root: string,
  schemas: Schemas,
  oracles: PolicyOracles,
): { readonly written: number; readonly listed: number } {
  const { manifest, written } = expectedGolden(root, schemas, oracles);
  for (const { entry, bytes } of written) {
    const file = join(root, 'golden', entry.file);
    makeFolder(dirname(file));
    replaceFile(file, bytes);
  }
  replaceFile(join(root, MANIFEST), manifestText(manifest));
  return { written: written.length, listed: manifest.programs.length };
}

/**
 * The manifest as it is written: one line for each load, so that a change of one is a change of one
 * line.
 */
export function manifestText({ version, specification, programs }: Manifest): string {
  const entries = programs.map(({ loads, ...head }) => {
    const lines = loads.map((load) => `      ${JSON.stringify(load)}`).join(',\n');
    return `    ${JSON.stringify(head).slice(0, -1)},"loads":[\n${lines}\n    ]}`;
  });
  const head = `  "version": ${version},\n  "specification": ${JSON.stringify(specification)},`;
  return `{\n${head}\n  "programs": [\n${entries.join(',\n')}\n  ]\n}\n`;
}
