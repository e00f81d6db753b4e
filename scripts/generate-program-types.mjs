// Writes reference/program/generated from spec/program.fbs, with the flatc of the fetched
// ExecuTorch wheel. The result is committed: reading a program needs no native part.

import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import { withFlatc } from './build/flatc.mjs';
import { packagePaths } from './build/package-paths.mjs';

const schema = path.join(packagePaths.root, 'spec/program.fbs');
const output = path.join(packagePaths.root, 'reference/program/generated');
const temporary = `${output}.new`;

await withFlatc(async ({ flatc }) => {
  await rm(temporary, { recursive: true, force: true });
  await execa(flatc, ['--ts', '-o', temporary, schema], { stdio: 'inherit' });
  await rm(output, { recursive: true, force: true });
  await rename(temporary, output);
  const files = (await readdir(output, { recursive: true })).filter((name) => name.endsWith('.ts'));
  process.stdout.write(`wrote ${files.length} files to reference/program/generated\n`);
});
